package lab

import (
	"errors"
	"strings"
	"testing"

	"convlens/nn"
	"convlens/nn/wire"
)

// The page's machine has a single processor, unless a test says otherwise; its
// replicas are goroutines.
func (p *page) Cores() int { return max(1, p.cores) }

func (p *page) Recruit(size int, setup func(rank int) *wire.Setup) (Crew, error) {
	p.recruited = append(p.recruited, size)
	if p.noWorkers {
		return nil, errors.New("the browser refuses")
	}
	c, err := Goroutines(size, setup)
	if err != nil || p.dying == 0 {
		return c, err
	}
	p.dying--
	return &mortal{Crew: c, left: 3}, nil
}

// mortal is a crew of which one goes missing after a few exchanges.
type mortal struct {
	Crew
	left int
}

func (m *mortal) Collect(from, tag int, x []float32) error {
	if err := m.Crew.Collect(from, tag, x); err != nil {
		return err
	}
	if m.left--; m.left < 0 {
		return errors.New("a worker is gone")
	}
	return nil
}

// TestWorkers trains with several replicas, with none to be had, and with one
// that goes missing again and again, to the same end.
func TestWorkers(t *testing.T) {
	var want string
	for _, tt := range []struct {
		name      string
		workers   int
		page      page
		recruited string
		complaint string
		size      int // of the crew at the end
	}{
		{"one", 1, page{cores: 4}, "", "", 1},
		{"two", 2, page{}, "2", "", 2},
		{"as many as the machine has", 0, page{cores: 3}, "3", "", 3},
		{"more than are of use", 50, page{}, "8", "", 8},
		{"none to be had", 2, page{noWorkers: true}, "2", "a single one does the work", 1},
		{"one goes missing", 2, page{dying: 1}, "2 2", "", 2},
		{"each time", 2, page{dying: 99}, "2 2 2 2", "a single worker goes on", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newPage(t)
			p.cores, p.noWorkers, p.dying = tt.page.cores, tt.page.noWorkers, tt.page.dying
			s := settings()
			s.Workers = tt.workers
			p.play(&wire.Init{Settings: s}, &wire.Load{Source: p.offer("boards", small(1))}, &wire.Train{Settings: s})
			e := last[*wire.Progress](p)
			if e.State != wire.Done || e.Step != steps || e.Workers != tt.size {
				t.Errorf("ended in state %d after %d steps with %d workers, expected %d", e.State, e.Step, e.Workers, tt.size)
			}
			if want == "" {
				want = e.Fingerprint
			}
			if e.Fingerprint != want {
				t.Errorf("fingerprint %.12s, expected %.12s", e.Fingerprint, want)
			}
			var sizes []string
			for _, n := range p.recruited {
				sizes = append(sizes, string(rune('0'+n)))
			}
			if got := strings.Join(sizes, " "); got != tt.recruited {
				t.Errorf("recruited %q, expected %q", got, tt.recruited)
			}
			if got := strings.Join(p.failures(), "; "); !strings.Contains(got, tt.complaint) || tt.complaint == "" && got != "" {
				t.Errorf("complained of %q, expected %q", got, tt.complaint)
			}
		})
	}
}

// TestRestoredCrew gives a restored run the replicas it had.
func TestRestoredCrew(t *testing.T) {
	c := *checkpointAt(t, atStep(4))
	c.Settings.Workers = 3
	p := newPage(t)
	p.play(p.ready(&wire.Restore{Checkpoint: c}, &wire.Resume{})...)
	p.calm()
	e := last[*wire.Progress](p)
	if e.State != wire.Done || e.Workers != 3 || e.Fingerprint != undisturbed(t, twoEpochs()).Fingerprint {
		t.Errorf("ended with %+v", e)
	}
}

// TestReplicaRefuses wants an error for a Setup that makes no sense.
func TestReplicaRefuses(t *testing.T) {
	good := wire.Setup{Settings: settings(), InputShape: []int{1, 28, 28}, Classes: 10, Rank: 1, Size: 2}
	for name, change := range map[string]func(*wire.Setup){
		"rank":     func(s *wire.Setup) { s.Rank = 2 },
		"size":     func(s *wire.Setup) { s.Size = 9 },
		"shape":    func(s *wire.Setup) { s.InputShape = []int{28} },
		"settings": func(s *wire.Setup) { s.Settings.Batch = 0 },
		"pixels":   func(s *wire.Setup) { s.InputShape = []int{1, 2, 2} },
		"state":    func(s *wire.Setup) { s.State = []byte("nonsense") },
	} {
		s := good
		change(&s)
		team, _ := nn.Team(2)
		if _, err := NewReplica(&s, team[1]); err == nil {
			t.Errorf("a wrong %s is accepted", name)
		}
	}
}
