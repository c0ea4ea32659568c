package wire

// Limits of what a run may be asked for.
const (
	MaxEpochs  = 1000
	MaxBatch   = 4096
	MaxFilters = 256
	MaxUnits   = 4096
	MaxKernel  = 11
	MaxPool    = 8
	MaxShift   = 8

	// MaxBytes is the memory that a run may take, as Plan.Bytes tells it: tabs
	// are ended not far above.
	MaxBytes = 2_000_000_000
)
