package nn

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// boards are labelled images that a small network can learn: the golden
// trace's pattern of squares, n of them, at any size.
type boards struct {
	n     int
	shape Shape
}

func (b boards) Len() int        { return b.n }
func (b boards) Shape() Shape    { return b.shape }
func (b boards) Classes() int    { return 10 }
func (b boards) Label(i int) int { return int(hash(47, uint32(i)) % 10) }
func (b boards) Image(n int) []byte {
	pix := make([]byte, b.shape.Len())
	for i := range pix {
		v := hash(49, uint32(n*len(pix)+i)) % 16
		if hash(48, uint32(b.Label(n)*49+i/16))%4 == 0 {
			v += 128
		}
		pix[i] = byte(v)
	}
	return pix
}

// small is a network with every kind of layer, a small and a large dense one
// among them, quick to train.
func small() []Layer {
	return []Layer{&Conv2D{Filters: 16}, &ReLU{}, &Conv2D{Filters: 8}, &ReLU{}, &MaxPool2D{}, &Dropout{Rate: 0.25},
		&Flatten{}, &Dense{Units: 110}, &ReLU{}, &Dropout{Rate: 0.5}, &Dense{Units: 10}, &Softmax{}}
}

var smallData = boards{n: 210, shape: Shape{C: 1, H: 14, W: 13}}

// crew is a Team whose other replicas work in goroutines.
type crew struct {
	Exchange
	deals []chan Deal
	team  []*Replica
	// finish lets the others finish what they have been dealt, as far as the
	// leading replica takes part, and ends them.
	finish func()
}

func (c *crew) Deal(rank int, d *Deal) {
	own := *d
	own.Split = append(Split(nil), d.Split...)
	own.Samples = append([]int(nil), d.Samples...)
	own.Images = append([]byte(nil), d.Images...)
	own.Labels = append([]byte(nil), d.Labels...)
	c.deals[rank] <- own
}

// trainer returns the trainer of a run with so many replicas, and all of them.
func trainer(t testing.TB, size int, data Samples, opts Options, opt func() Optimizer, layers func() []Layer) (*Trainer, *crew) {
	t.Helper()
	c := &crew{}
	var wg sync.WaitGroup
	team, disband := Team(size)
	for rank, ex := range team {
		capacity := Capacity(opts.Batch, size)
		if rank == 0 {
			capacity = opts.Batch // it may have to go on alone
		}
		m, err := NewSequential(data.Shape(), capacity, 7, layers()...)
		if err != nil {
			t.Fatal(err)
		}
		c.deals = append(c.deals, make(chan Deal, 1))
		c.team = append(c.team, NewReplica(m, opt(), ex))
		if rank == 0 {
			c.Exchange = ex
			continue
		}
		r, deals := c.team[rank], c.deals[rank]
		wg.Go(func() {
			for d := range deals {
				if err := r.Do(&d); err != nil && err != errDisbanded {
					t.Error(err)
				}
			}
		})
	}
	c.finish = sync.OnceFunc(func() {
		for _, d := range c.deals {
			close(d)
		}
		disband()
		wg.Wait()
	})
	t.Cleanup(c.finish)
	tr := NewTrainer(c.team[0].Model, c.team[0].Optimizer, data, opts, c)
	c.team[0] = tr.lead.Replica
	return tr, c
}

// single returns the trainer of a run with one replica.
func single(t *testing.T, data Samples, opts Options, opt func() Optimizer, layers func() []Layer) *Trainer {
	t.Helper()
	tr, _ := trainer(t, 1, data, opts, opt, layers)
	return tr
}

func adadelta() Optimizer { return NewAdadelta() }

// steps takes the trainer n steps ahead.
func steps(t *testing.T, tr *Trainer, n int) (out []Step) {
	t.Helper()
	for range n {
		s, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// TestFewImages trains and evaluates in batches that have fewer images than there
// are replicas, some of which then have none: the weights are the same bits.
func TestFewImages(t *testing.T) {
	few := boards{n: 7, shape: smallData.shape}
	for _, opts := range []Options{{Seed: 5, Batch: 1}, {Seed: 5, Batch: 3}, {Seed: 5, Batch: 6}} {
		var want string
		for size := 1; size <= MaxReplicas; size++ {
			tr, c := trainer(t, size, few, opts, adadelta, small)
			got := fmt.Sprint(steps(t, tr, 7))
			c.finish()
			alone := NewEvaluation(tr, few)
			tr.SetCrew(Solo{})
			for more := true; more; {
				var err error
				if more, err = alone.Next(); err != nil {
					t.Fatal(err)
				}
			}
			got += fmt.Sprint(alone.Loss(), alone.Accuracy(), tr.Model().Fingerprint())
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("batches of %d with %d replicas: %s, expected %s", opts.Batch, size, got, want)
			}
		}
	}
}

// TestOneAnswer trains and evaluates with 1 to 8 replicas, with batches that the
// shards don't divide and a short last one: losses and weights are the same
// bits.
func TestOneAnswer(t *testing.T) {
	opts := Options{Seed: 5, Batch: 60, Limit: 203}
	const n = 8 // two epochs
	var want, print string
	for size := 1; size <= MaxReplicas; size++ {
		tr, c := trainer(t, size, smallData, opts, adadelta, small)
		got := fmt.Sprint(steps(t, tr, n))
		e := NewEvaluation(tr, smallData)
		for more := true; more; {
			var err error
			if more, err = e.Next(); err != nil {
				t.Fatal(err)
			}
		}
		got += fmt.Sprint(e.Seen(), e.Loss(), e.Accuracy())
		if size == 1 {
			want, print = got, tr.Model().Fingerprint()
		}
		if got != want {
			t.Errorf("%d replicas: steps\n%s\nexpected\n%s", size, got, want)
		}
		c.finish()
		for rank, r := range c.team {
			if got := r.Model.Fingerprint(); got != print {
				t.Errorf("replica %d of %d has the weights %.12s, a single one %.12s", rank, size, got, print)
			}
		}
	}
}

// TestEvaluationInBetween wants a crew that is in the middle of an epoch to be
// replaced before an evaluation, which then works, as the training after it.
func TestEvaluationInBetween(t *testing.T) {
	opts := Options{Seed: 5, Batch: 60}
	want := single(t, smallData, opts, adadelta, small)
	steps(t, want, 4)
	tr, _ := trainer(t, 2, smallData, opts, adadelta, small)
	steps(t, tr, 2)
	e := NewEvaluation(tr, smallData)
	if _, err := e.Next(); err != errAhead {
		t.Fatalf("an evaluation in the middle of an epoch: error %v", err)
	}
	tr.SetCrew(Solo{})
	if _, err := e.Next(); err != nil || e.Seen() != 60 {
		t.Fatalf("an evaluation by a new crew: %d images, error %v", e.Seen(), err)
	}
	steps(t, tr, 2)
	if got, want := tr.Model().Fingerprint(), want.Model().Fingerprint(); got != want {
		t.Errorf("fingerprint %.12s, expected %.12s", got, want)
	}
}

// TestFingerprint holds the weights after a few steps to what they were when
// this was written, on every platform, with SIMD and without: the same bits.
// A change of the arithmetic or the random numbers changes it, and every
// visitor's fingerprints with it.
func TestFingerprint(t *testing.T) {
	tr := single(t, smallData, Options{Seed: 5, Batch: 60}, adadelta, small)
	steps(t, tr, 6)
	const want = "778c95fbfd9e3d47e0ec5d669048297f4211fc9b5de46550aa9116842ac0d8aa"
	if got := tr.Model().Fingerprint(); got != want {
		t.Errorf("fingerprint %s, expected %s", got, want)
	}
}

// TestLearns drives the loss on a small set far down, with each optimiser.
func TestLearns(t *testing.T) {
	for _, opt := range []func() Optimizer{
		func() Optimizer { return NewAdadelta() },
		func() Optimizer { return NewSGD() },
		func() Optimizer { return NewAdam() },
		func() Optimizer { return NewMuon() },
	} {
		t.Run(opt().Name(), func(t *testing.T) {
			layers := func() []Layer {
				return []Layer{&Conv2D{Filters: 8}, &ReLU{}, &MaxPool2D{}, &Flatten{}, &Dense{Units: 20}, &ReLU{}, &Dense{Units: 10}, &Softmax{}}
			}
			tr := single(t, smallData, Options{Seed: 5, Batch: 20}, opt, layers)
			first := steps(t, tr, 1)[0].Loss
			steps(t, tr, 400)
			if last := steps(t, tr, 1)[0].Loss; !(last < 0.05*first) {
				t.Errorf("the loss went from %.4f only to %.4f", first, last)
			}
			e := NewEvaluation(tr, smallData)
			for more := true; more; more, _ = e.Next() {
			}
			if e.Seen() != smallData.n || e.Accuracy() < 0.99 {
				t.Errorf("accuracy %.3f on %d of the %d training images", e.Accuracy(), e.Seen(), smallData.n)
			}
		})
	}
}

// TestResume interrupts a run in the middle of an epoch, carries it over to
// another trainer, and ends with the same weights, sums and position.
func TestResume(t *testing.T) {
	opts := Options{Seed: 5, Batch: 32}
	for _, opt := range []func() Optimizer{
		func() Optimizer { return NewAdadelta() },
		func() Optimizer { return NewSGD() },
		func() Optimizer { return NewAdam() },
		func() Optimizer { return NewMuon() },
	} {
		whole := single(t, smallData, opts, opt, small)
		steps(t, whole, 20)
		for _, at := range []int{0, 3, 7, 14} { // 7 steps are an epoch
			a := single(t, smallData, opts, opt, small)
			steps(t, a, at)
			b := single(t, smallData, opts, opt, small)
			steps(t, b, 2) // what is there before is replaced
			if err := b.Restore(a.AppendCheckpoint([]byte("x"))[1:]); err != nil {
				t.Fatal(err)
			}
			steps(t, b, 20-at)
			if b.Model().Fingerprint() != whole.Model().Fingerprint() || b.Position() != whole.Position() {
				t.Errorf("%s, interrupted after %d steps: position %+v, expected %+v with the same weights",
					opt().Name(), at, b.Position(), whole.Position())
			}
		}
	}
}

// TestDamagedCheckpoint wants an error for each kind of damage, and the run
// left as it was.
func TestDamagedCheckpoint(t *testing.T) {
	opts := Options{Seed: 5, Batch: 60}
	tr := single(t, smallData, opts, adadelta, small)
	steps(t, tr, 1)
	good := tr.AppendCheckpoint(nil)
	damaged := append([]byte(nil), good...)
	damaged[len(damaged)/2] ^= 1
	other := single(t, smallData, opts, func() Optimizer { return NewSGD() }, small).AppendCheckpoint(nil)
	wider := single(t, smallData, opts, adadelta, func() []Layer {
		return []Layer{&Flatten{}, &Dense{Units: 10}, &Softmax{}}
	}).AppendCheckpoint(nil)
	before, pos := tr.Model().Fingerprint(), tr.Position()
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, "0 bytes that do not begin with"},
		{"foreign", []byte(strings.Repeat("x", 100)), "do not begin with"},
		{"cut", good[:len(good)-100], "checksum"},
		{"a bit flipped", damaged, "damaged"},
		{"other optimiser", other, `of the optimiser "sgd", expected "adadelta"`},
		{"other network", wider, "2 parameters, this network 8"},
	} {
		err := tr.Restore(tt.data)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, expected one with %q", tt.name, err, tt.want)
		}
	}
	if tr.Model().Fingerprint() != before || tr.Position() != pos {
		t.Error("a refused checkpoint changed the run")
	}
}

// TestStepAllocatesNothing keeps the garbage collector out of training.
func TestStepAllocatesNothing(t *testing.T) {
	tr := single(t, sink{smallData, smallData.Image(0)}, Options{Seed: 5, Batch: 60}, adadelta, small)
	steps(t, tr, 1)
	if n := testing.AllocsPerRun(10, func() { tr.Step() }); n != 0 {
		t.Errorf("%v allocations a step", n)
	}
}

// sink has one image for all, so that making it allocates nothing.
type sink struct {
	boards
	image []byte
}

func (s sink) Image(int) []byte { return s.image }

// TestRunEpochStops ends between two steps when its context does.
func TestRunEpochStops(t *testing.T) {
	tr := single(t, smallData, Options{Seed: 5, Batch: 60}, adadelta, small)
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	err := tr.RunEpoch(ctx, func(Step) {
		if n++; n == 2 {
			cancel()
		}
	})
	if err != context.Canceled || n != 2 || tr.Position().Seen != 120 {
		t.Errorf("stopped with %v after %d steps at %+v", err, n, tr.Position())
	}
	if err := tr.RunEpoch(context.Background(), nil); err != nil || !tr.EpochDone() || tr.Position().Step != 4 {
		t.Errorf("then ended with %v at %+v", err, tr.Position())
	}
}

// TestOrder wants every sample once, in another order each epoch and seed.
func TestOrder(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(3) {
		for epoch := range 3 {
			perm := make([]int, 1000)
			Order(perm, seed, epoch)
			count := make([]int, len(perm))
			for _, i := range perm {
				count[i]++
			}
			for i, n := range count {
				if n != 1 {
					t.Fatalf("seed %d, epoch %d: sample %d comes %d times", seed, epoch, i, n)
				}
			}
			seen[fmt.Sprint(perm)] = true
		}
	}
	if len(seen) != 9 {
		t.Errorf("%d different orders, expected 9", len(seen))
	}
}

// TestOrderIsTrained compares what Order and ShiftOf tell of three epochs with
// what a run trains on: the samples batch by batch, their pictures, their labels.
func TestOrderIsTrained(t *testing.T) {
	opts := Options{Seed: 5, Batch: 60, Limit: 203, Shift: 2}
	tr := single(t, smallData, opts, adadelta, small)
	perm := make([]int, opts.Limit)
	for epoch := range 3 {
		Order(perm, opts.Seed, epoch)
		for at := 0; at < opts.Limit; {
			s := steps(t, tr, 1)[0]
			d := &tr.lead.deal
			if want := perm[at : at+s.N]; fmt.Sprint(d.Samples) != fmt.Sprint(want) {
				t.Fatalf("epoch %d: trained on %v, expected %v", epoch, d.Samples, want)
			}
			var images, labels []byte
			for _, i := range d.Samples {
				dx, dy := ShiftOf(opts.Seed, epoch, i, opts.Shift)
				images = appendShifted(images, smallData.Image(i), smallData.shape, dx, dy)
				labels = append(labels, byte(smallData.Label(i)))
			}
			if !bytes.Equal(d.Images, images) || !bytes.Equal(d.Labels, labels) {
				t.Fatalf("epoch %d: samples %v are trained on with other pictures or labels", epoch, d.Samples)
			}
			at += s.N
		}
		if !tr.EpochDone() || tr.Position().Epoch != epoch {
			t.Fatalf("after the samples of epoch %d the run stands at %+v", epoch, tr.Position())
		}
	}
}

// TestDropout wants the right share of units dropped, the others scaled, and
// an image's mask to depend on the image, not on its place in the batch.
func TestDropout(t *testing.T) {
	l := &Dropout{Rate: 0.25}
	built(t, l, vector(5000), 2)
	ones := func(samples ...int) Tensor {
		x := NewTensor(len(samples), vector(5000))
		for i := range x.Data {
			x.Data[i] = 1
		}
		return l.Forward(x, &Pass{Train: true, Key: 3, Samples: samples})
	}
	y := ones(11, 12)
	dropped := 0
	for _, v := range y.Data {
		switch v {
		case 0:
			dropped++
		case float32(1 / 0.75):
		default:
			t.Fatalf("a kept unit is scaled by %v", v)
		}
	}
	// Three standard deviations of 10,000 draws are 1.3%.
	if share := float64(dropped) / 10000; share < 0.237 || share > 0.263 {
		t.Errorf("%.4f of the units dropped, expected 0.25", share)
	}
	swapped := ones(12, 11)
	if fmt.Sprint(swapped.Sample(0)) != fmt.Sprint(y.Sample(1)) || fmt.Sprint(y.Sample(0)) == fmt.Sprint(y.Sample(1)) {
		t.Error("the mask does not go with the sample")
	}
	x := NewTensor(1, vector(5000))
	x.Data[0] = 5
	if l.Forward(x, &Pass{}).Data[0] != 5 {
		t.Error("drops outside training")
	}
}

// TestTutorialFingerprint is TestFingerprint for the tutorial's network, in three
// steps.
func TestTutorialFingerprint(t *testing.T) {
	data := boards{n: 96, shape: Shape{C: 1, H: 28, W: 28}}
	tr := single(t, data, Options{Seed: 5, Batch: 32}, adadelta, func() []Layer { return Tutorial(10) })
	steps(t, tr, 3)
	const want = "7147bbfc5a0ff899f0b3048d94fde83d4195e0f103d20654219ad749b567bca7"
	if got := tr.Model().Fingerprint(); got != want {
		t.Errorf("fingerprint %s, expected %s", got, want)
	}
}
