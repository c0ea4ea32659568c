package wire

// Calibrate asks how fast runs of these settings would be, to estimate before
// one how long it will take. The worker trains a network of its own for it, with
// as many workers as the run would have, for about two seconds, and answers with
// Calibrated. The network at hand, the run and the lens are left as they are.
//
// CancelCalibration ends it early, and so does every command that begins
// something else: Load, Init, Train, Resume, Restore, another Calibrate.
type (
	Calibrate         struct{ Settings Settings }
	CancelCalibration struct{}
)

// Calibrated is what Calibrate has measured. Each Calibrate that is not refused
// is answered once.
type Calibrated struct {
	Settings Settings
	Workers  int     // replicas at work
	Images   int     // trained on while the clock ran; 0 if it was ended early
	NoRoom   bool    // nothing was measured: there is no memory for a second network
	StartMS  float64 // until the first batch can begin
	TrainMS  float64 // for an image in training
	EvalMS   float64 // for an image in an evaluation
}

func (m *Calibrate) fields(c *coder)         { m.Settings.fields(c) }
func (m *CancelCalibration) fields(c *coder) {}

func (m *Calibrated) fields(c *coder) {
	m.Settings.fields(c)
	c.int(&m.Workers)
	c.int(&m.Images)
	c.bool(&m.NoRoom)
	c.float64(&m.StartMS)
	c.float64(&m.TrainMS)
	c.float64(&m.EvalMS)
}
