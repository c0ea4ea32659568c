package bench

import "testing"

// BenchmarkItems times every item.
func BenchmarkItems(b *testing.B) {
	for _, it := range Items(Steps) {
		b.Run(it.Group+"/"+it.Name, func(b *testing.B) {
			if it.Bytes > 0 {
				b.SetBytes(int64(it.Bytes))
			}
			if it.Prepare != nil {
				it.Prepare()
				b.ResetTimer()
			}
			for b.Loop() {
				it.Run()
			}
			if n := max(it.FLOP, it.Direct); n > 0 {
				b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			}
			if it.Images > 0 {
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*it.Images), "µs/image")
			}
		})
	}
}

// TestItems runs each once, so that the list can't rot, and wants its counts of
// operations to be the ones that speeds are quoted in.
func TestItems(t *testing.T) {
	seen := map[string]bool{}
	for _, it := range Items(0) {
		it.Run()
		if name := it.Group + "/" + it.Name; seen[name] {
			t.Errorf("%s is there twice", name)
		} else {
			seen[name] = true
		}
	}
	if train, eval := TrainFLOP/100_000, EvalFLOP/100_000; train != 361 || eval != 121 {
		t.Errorf("%d and %d times 100,000 operations an image, expected 361 and 121", train, eval)
	}
}
