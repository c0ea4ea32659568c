package lab

import (
	"fmt"

	"convlens/nn"
	"convlens/nn/wire"
)

// size is how many replicas settings ask for: by themselves as many as the
// machine has processors, and never more than are of use.
func (l *Lab) size(s wire.Settings) int {
	if l.run.alone {
		return 1
	}
	n := s.Workers
	if n == 0 {
		n = l.host.Cores()
	}
	return min(max(n, 1), nn.MaxReplicas)
}

// workers is the number of replicas at work.
func (l *Lab) workers() int {
	if l.crew == nil {
		return 1
	}
	return l.crew.Size()
}

// recruit brings the run's replicas to the number the settings ask for, all in
// the state of the leading one. Where no others can be had it does the work
// alone: the result is the same.
func (l *Lab) recruit() {
	size := l.size(l.settings)
	if size == l.workers() {
		return
	}
	l.dismiss()
	if size == 1 {
		return
	}
	crew, err := l.hire(size, l.settings, l.trainer)
	if err != nil {
		l.run.alone = true
		l.host.Send(&wire.Failed{Doing: "starting more workers", Detail: err.Error() + "; a single one does the work"})
		return
	}
	l.crew = crew
	l.trainer.SetCrew(crew)
}

// hire starts the other replicas of t, all in its state. The trainer does not
// know of them yet.
func (l *Lab) hire(size int, s wire.Settings, t *nn.Trainer) (Crew, error) {
	state := t.AppendCheckpoint(nil)
	m := t.Model()
	return l.host.Recruit(size, func(rank int) *wire.Setup {
		return &wire.Setup{Settings: s, InputShape: m.InShape().Dims(), Classes: m.OutShape().Len(), Rank: rank, Size: size, State: state}
	})
}

// dismiss goes on with the leading replica alone.
func (l *Lab) dismiss() {
	if l.crew != nil {
		l.crew.Dismiss()
		l.crew = nil
		l.trainer.SetCrew(nn.Solo{})
	}
}

// replace takes new replicas in place of a crew of which one is gone, for the
// batch to be done again.
func (l *Lab) replace(err error) {
	l.dismiss()
	if l.run.losses++; l.run.losses > maxLosses {
		l.run.alone = true
		l.host.Send(&wire.Failed{Doing: "training", Detail: fmt.Sprintf("%v, again and again; a single worker goes on", err)})
		return
	}
	l.recruit()
}

// maxLosses is how many crews a run may lose before it goes on alone.
const maxLosses = 3

// NewReplica makes the replica that a Setup describes.
func NewReplica(s *wire.Setup, ex nn.Exchange) (*nn.Replica, error) {
	if len(s.InputShape) != 3 || s.Rank < 1 || s.Rank >= s.Size || s.Size > nn.MaxReplicas {
		return nil, fmt.Errorf("lab: replica %d of %d for images of shape %v", s.Rank, s.Size, s.InputShape)
	}
	if err := check(s.Settings); err != nil {
		return nil, err
	}
	in := nn.Shape{C: s.InputShape[0], H: s.InputShape[1], W: s.InputShape[2]}
	m, err := nn.NewSequential(in, nn.Capacity(s.Settings.Batch, s.Size), s.Settings.Seed, architecture(s.Settings.Net).Layers(s.Classes)...)
	if err != nil {
		return nil, err
	}
	opt, err := optimizer(s.Settings.Optimizer)
	if err != nil {
		return nil, err
	}
	r := nn.NewReplica(m, opt, ex)
	return r, r.Restore(s.State)
}

// PackDeal and UnpackDeal turn a Deal into its message and back, sharing its
// slices.
func PackDeal(d *nn.Deal) *wire.Deal {
	return &wire.Deal{Batch: d.Batch, Split: d.Split, Train: d.Train, Key: d.Key, Rate: d.Rate,
		Samples: d.Samples, Images: d.Images, Labels: d.Labels}
}

// UnpackDeal is the inverse of PackDeal.
func UnpackDeal(d *wire.Deal) *nn.Deal {
	return &nn.Deal{Batch: d.Batch, Split: d.Split, Train: d.Train, Key: d.Key, Rate: d.Rate,
		Samples: d.Samples, Images: d.Images, Labels: d.Labels}
}

// Goroutines recruits replicas that run in this process, for a Host that has no
// workers.
func Goroutines(size int, setup func(rank int) *wire.Setup) (Crew, error) {
	team, disband := nn.Team(size)
	c := &goroutines{disband: disband}
	for rank, ex := range team {
		c.deals = append(c.deals, make(chan *wire.Deal, 1))
		if rank == 0 {
			c.Exchange = ex
			continue
		}
		r, err := NewReplica(setup(rank), ex)
		if err != nil {
			return nil, err
		}
		deals := c.deals[rank]
		go func() {
			for d := range deals {
				if r.Do(UnpackDeal(d)) != nil {
					return // disbanded
				}
			}
		}()
	}
	return c, nil
}

type goroutines struct {
	nn.Exchange
	deals   []chan *wire.Deal
	disband func()
}

func (c *goroutines) Deal(rank int, d *nn.Deal) {
	m, _ := wire.Decode(wire.Encode(PackDeal(d))) // a copy, by the same way as between workers
	c.deals[rank] <- m.(*wire.Deal)
}

func (c *goroutines) Dismiss() {
	c.disband()
	for _, d := range c.deals {
		close(d)
	}
}
