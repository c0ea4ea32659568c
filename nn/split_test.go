package nn

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestPaces gives replicas of given speeds the shards with which all end soonest.
func TestPaces(t *testing.T) {
	for _, tt := range []struct {
		ms   []float64 // for a shard
		want Split
	}{
		{[]float64{5}, Split{0, 16}},
		{[]float64{5, 5}, Split{0, 8, 16}},
		{[]float64{5, 5.2}, Split{0, 8, 16}}, // 9:7 would take longer
		{[]float64{5, 10}, Split{0, 11, 16}},
		{[]float64{10, 5}, Split{0, 5, 16}},
		{[]float64{1, 100}, Split{0, 12, 16}}, // its network has room for no more
		{[]float64{1, 1, 3, 3}, Split{0, 6, 12, 14, 16}},
		{[]float64{1, 1, 1, 1, 3, 3, 3, 3}, Split{0, 3, 6, 9, 12, 13, 14, 15, 16}},
		{[]float64{3, 3, 3, 3, 1, 1, 1, 1}, Split{0, 1, 2, 3, 4, 7, 10, 13, 16}},
		{[]float64{4, 0}, Split{0, 8, 16}}, // not known yet
	} {
		p := newPaces(len(tt.ms))
		for rank, ms := range tt.ms {
			shards := p.split[rank+1] - p.split[rank]
			p.note(rank, shards, float64(shards)*ms)
		}
		p.adjust()
		if !slices.Equal(p.split, tt.want) {
			t.Errorf("%v: split %v, expected %v", tt.ms, p.split, tt.want)
		}
	}
}

// TestPacesFollow wants the split to follow a replica that slows down for good,
// and not to change with every step that happens to take longer.
func TestPacesFollow(t *testing.T) {
	p := newPaces(2)
	random := rand.New(rand.NewPCG(1, 2))
	changes := 0
	run := func(steps int, slow float64) {
		for range steps {
			before := slices.Clone(p.split)
			for rank := range 2 {
				shards := p.split[rank+1] - p.split[rank]
				ms := 4 + 2*random.Float64()
				if rank == 1 {
					ms *= slow
				}
				p.note(rank, shards, float64(shards)*ms)
			}
			p.adjust()
			if !slices.Equal(before, p.split) {
				changes++
			}
		}
	}
	run(1000, 1)
	if changes > 20 || p.split[1] < 7 || p.split[1] > 9 {
		t.Errorf("equal replicas: split %v after %d changes", p.split, changes)
	}
	run(50, 2)
	if p.split[1] < 10 {
		t.Errorf("half as fast for 50 steps: split %v", p.split)
	}
	run(50, 1)
	if p.split[1] > 9 {
		t.Errorf("as fast again for 50 steps: split %v", p.split)
	}
}

// TestCapacity finds the largest share in every split that there can be.
func TestCapacity(t *testing.T) {
	for size := 1; size <= MaxReplicas; size++ {
		for _, batch := range []int{1, 7, 16, 60, 100, 128} {
			got, want := Capacity(batch, size), 0
			for lo := range Shards {
				for hi := lo + 1; hi <= Shards && hi-lo <= largestShare(size); hi++ {
					first, end := Part{batch, lo, hi}.images()
					want = max(want, end-first)
				}
			}
			if got != want || got*size < batch {
				t.Errorf("%d images, %d replicas: %d, expected %d", batch, size, got, want)
			}
		}
	}
}

// TestAnySplit trains with splits that change from step to step: the same bits as
// by a single replica.
func TestAnySplit(t *testing.T) {
	opts := Options{Seed: 5, Batch: 60, Limit: 203}
	const n = 8 // two epochs
	alone := single(t, smallData, opts, adadelta, small)
	want := fmt.Sprint(steps(t, alone, n))
	random := rand.New(rand.NewPCG(3, 4))
	for size := 2; size <= MaxReplicas; size++ {
		tr, c := trainer(t, size, smallData, opts, adadelta, small)
		var got []Step
		for range n {
			for rank := range size { // as if it had become so fast
				tr.lead.paces.ms[rank] = 1 + 4*random.Float64()
			}
			tr.lead.paces.adjust()
			got = append(got, steps(t, tr, 1)...)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%d replicas: steps\n%v\nexpected\n%s", size, got, want)
		}
		// Where all have answered, all have ended the last step.
		if _, err := NewEvaluation(tr, smallData).Next(); err != nil {
			t.Fatal(err)
		}
		c.finish()
		for rank, r := range c.team {
			if got, want := r.Model.Fingerprint(), alone.Model().Fingerprint(); got != want {
				t.Errorf("replica %d of %d has the weights %.12s, a single one %.12s", rank, size, got, want)
			}
		}
	}
}

// BenchmarkUneven trains the tutorial's network by two replicas of which one is
// half as fast, with equal shares and with shares as they are fast.
func BenchmarkUneven(b *testing.B) {
	data := boards{n: 1280, shape: Shape{C: 1, H: 28, W: 28}}
	for _, follow := range []bool{false, true} {
		b.Run(fmt.Sprintf("follow=%v", follow), func(b *testing.B) {
			tr, c := trainer(b, 2, data, Options{Seed: 5, Batch: 128}, adadelta, func() []Layer { return Tutorial(10) })
			if follow {
				for _, r := range c.team {
					begin := time.Now()
					r.watch.Clock = func() float64 { return time.Since(begin).Seconds() * 1000 }
				}
			}
			last := time.Now()
			c.team[1].Rest = func() { // for as long as it has worked, but for waiting
				for took := min(time.Since(last), 10*time.Millisecond); time.Since(last) < 2*took; {
				}
				last = time.Now()
			}
			step := func() {
				if _, err := tr.Step(); err != nil {
					b.Fatal(err)
				}
			}
			for range 30 {
				step()
			}
			for b.Loop() {
				step()
			}
			b.ReportMetric(float64(tr.lead.split[1]), "shards")
		})
	}
}
