package nn

import "testing"

// BenchmarkLayers times each layer of the tutorial's network, forward and
// backward, in training on a batch of 128, and the parts of a step that follow.
func BenchmarkLayers(b *testing.B) {
	const n = 128
	data := boards{n: n, shape: Shape{C: 1, H: 28, W: 28}}
	m, err := NewSequential(data.shape, n, 1, Tutorial(10)...)
	if err != nil {
		b.Fatal(err)
	}
	tr := NewTrainer(m, NewAdadelta(), data, Options{Batch: n}, Solo{})
	if _, err := tr.Step(); err != nil {
		b.Fatal(err)
	}
	r := tr.lead.Replica
	p := &r.pass
	outs := []Tensor{r.x}
	for _, l := range m.Layers {
		in := outs[len(outs)-1]
		out := l.Forward(in, p)
		b.Run("forward/"+l.Name(), func(b *testing.B) {
			for b.Loop() {
				l.Forward(in, p)
			}
			perImage(b, n)
		})
		outs = append(outs, out)
	}
	dy := r.dlogits
	for i := len(m.Layers) - 2; i >= 0; i-- {
		l := m.Layers[i]
		dx := l.Backward(dy, p)
		b.Run("backward/"+l.Name(), func(b *testing.B) {
			for b.Loop() {
				l.Backward(dy, p)
			}
			perImage(b, n)
		})
		dy = dx
	}
	b.Run("gradients", func(b *testing.B) {
		for b.Loop() {
			m.Gradients(p)
		}
		perImage(b, n)
	})
	b.Run("optimizer", func(b *testing.B) {
		for b.Loop() {
			r.Optimizer.Step(m.params)
		}
		perImage(b, n)
	})
}

// BenchmarkStep times whole training steps of the tutorial's recipe.
func BenchmarkStep(b *testing.B) {
	const n = 128
	data := boards{n: n, shape: Shape{C: 1, H: 28, W: 28}}
	m, err := NewSequential(data.shape, n, 1, Tutorial(10)...)
	if err != nil {
		b.Fatal(err)
	}
	tr := NewTrainer(m, NewAdadelta(), sink{data, data.Image(0)}, Options{Batch: n}, Solo{})
	for b.Loop() {
		tr.Step()
	}
	perImage(b, n)
}

// perImage reports the time for one of a batch of n images.
func perImage(b *testing.B, n int) {
	us := float64(b.Elapsed().Microseconds()) / float64(b.N) / float64(n)
	b.ReportMetric(us, "µs/image")
	b.ReportMetric(0, "ns/op")
}
