package app

import (
	"slices"
	"strings"
	"testing"

	"convlens/nn/wire"
)

// endRun lets a run of the desk's settings come to an end, with weights that are
// all v.
func endRun(d *desk, fingerprint string, v float32, steps int) {
	s := d.Query.Settings
	d.applied = s
	net := s.Net
	tensor := func(name string, in, out int) wire.Tensor {
		t := wire.Tensor{Name: name, Shape: []int{out, in, net.Kernel, net.Kernel}, Data: make([]float32, out*in*net.Kernel*net.Kernel)}
		for i := range t.Data {
			t.Data[i] = v
		}
		return t
	}
	curve := make([]float32, steps)
	for i := range curve {
		curve[i] = v
	}
	d.handle(&wire.Progress{State: wire.Training, Epoch: 1, Epochs: 1, Step: steps, Seen: 60000, Samples: 60000, FirstStep: 1, StepLoss: curve, StepAcc: curve})
	d.handle(&wire.Progress{State: wire.Done, Epoch: 1, Epochs: 1, Step: steps, Seen: 60000, Samples: 60000, Loss: 0.25, Acc: float64(v), ElapsedMS: 17_000,
		Validated: true, ValAcc: float64(v), Fingerprint: fingerprint, Vals: []wire.Validation{{Step: steps, Loss: 0.125, Acc: float64(v)}}})
	d.handle(&wire.View{Step: steps, Kernels: []wire.Tensor{tensor("conv2d_1", 1, net.Filters1), tensor("conv2d_2", net.Filters1, net.Filters2)}})
}

func fresh(d *desk) {
	d.handle(&wire.Model{InputShape: []int{1, 28, 28}, Params: 600810})
	d.handle(&wire.Progress{State: wire.Idle})
}

func TestCompare(t *testing.T) {
	d, _ := opened(t, "lens=compare")
	d.handle(loaded)
	says := func(want string) {
		t.Helper()
		if got := text(byID(t, rendered(t, d), "compare-none")); got != want {
			t.Errorf("the tab says %q, expected %q", got, want)
		}
	}
	says(english.Compare.None)
	fresh(d)
	endRun(d, "0123456789abcdef", 0.5, 469)
	says(english.Compare.One)
	d.handle(d.State.View) // looking on keeps no other run
	says(english.Compare.One)

	if err := d.set("batch", "64"); err != nil {
		t.Fatal(err)
	}
	if err := d.set("filters1", "8"); err != nil {
		t.Fatal(err)
	}
	fresh(d)
	endRun(d, "fedcba9876543210", 0.75, 938)
	root := rendered(t, d)
	rows := map[string]string{}
	for _, row := range find(byID(t, root, "compare-table"), "scope", "row") {
		rows[text(row)] = text(row.Parent)
	}
	for name, want := range map[string]string{
		"val_acc": "val_acc 0.5000 0.7500 ≠", "loss": "loss 0.2500 0.2500", "Time": "Time 17 s 17 s", "step": "step 469 938 ≠",
		"Fingerprint": "Fingerprint 0123456789ab fedcba987654 ≠", "Batch size": "Batch size 128 64 ≠", "Filters, conv2d_1": "Filters, conv2d_1 32 8 ≠",
		"rho": "rho 0.95 0.95", "Training images": "Training images all all", "Data": "Data MNIST MNIST",
	} {
		if rows[name] != want {
			t.Errorf("the row %s is %q, expected %q", name, rows[name], want)
		}
	}
	if _, ok := rows["momentum"]; ok {
		t.Error("there is a row that neither run has anything for")
	}
	expectText(t, root, "compare-chart-acc-readout", "after 60,000 images, A 0.5000, B 0.7500")

	// Both are drawn on one scale, and a kernel that only one has is told.
	var a, b raster
	(&compareGrid{Desk: d, Layer: 1, Side: 0}).paintBare(&a)
	(&compareGrid{Desk: d, Layer: 1, Side: 1}).paintBare(&b)
	if a.W <= b.W || a.H != b.H || slices.Equal(a.Pix[4*(a.W+1):][:4], b.Pix[4*(b.W+1):][:4]) {
		t.Errorf("pictures of %dx%d and %dx%d", a.W, a.H, b.W, b.H)
	}
	d.Comparison.kernel = kernelChoice{"conv2d_2", 3, 20}
	d.touch(topicFinished)
	root = rendered(t, d)
	if got := text(byID(t, root, "compare-weights-A")); !strings.HasPrefix(got, "+0.500 +0.500") {
		t.Errorf("A's weights are %q", got)
	}
	if got := text(byID(t, root, "lens-panel-compare")); !strings.Contains(got, english.Compare.NoKernel) {
		t.Error("nothing says that B has no such kernel")
	}
}

// A caption of one of the runs has the language's colon.
func TestCompareCaption(t *testing.T) {
	d, _ := opened(t, "lens=compare")
	d.handle(loaded)
	for i, v := range []float32{0.5, 0.75} {
		fresh(d)
		endRun(d, strings.Repeat(string(rune('a'+i)), 64), v, 10)
	}
	for code, want := range map[string]string{"en": "Run A: 32 filters", "de": "Lauf A: 32 Filter", "fr": "Exécution A : 32 filtres", "es": "Ejecución A: 32 filtros"} {
		d.speak(language(code))
		if got := text(byID(t, rendered(t, d), "compare-A-conv2d_1").Parent.Parent); !strings.HasPrefix(got, want) {
			t.Errorf("%s: the caption is %q, expected %q", code, got, want)
		}
	}
}

// Of runs that have ended at different places each says its own; where the shorter
// one has nothing, it says so.
func TestCompareReadoutEnds(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(loaded)
	for i, r := range []*finishedRun{
		{Number: 1, Settings: wire.Tutorial(), Last: wire.Progress{Step: 4, Samples: 512}, Loss: []float32{4, 3, 2, 11.0933}},
		{Number: 2, Settings: wire.Tutorial(), Last: wire.Progress{Step: 10, Samples: 1280}, Loss: []float32{9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5}},
	} {
		d.Comparison.runs = append(d.Comparison.runs, r)
		d.compareWith(i, r.Number)
	}
	v := &compareChart{Desk: d, Kind: chartLoss}
	for _, c := range []struct {
		cursor float64
		want   string
	}{
		{0, "A 11.0933 after 512 images, B 0.5000 after 1,280 images"},
		{1280, "after 1,280 images, A –, B 0.5000"},
		{512, "after 512 images, A 11.0933, B 6.0000"},
	} {
		v.cursor = c.cursor
		if got := v.readout(); got != c.want {
			t.Errorf("at %v it says %q, expected %q", c.cursor, got, c.want)
		}
	}
	d.compareWith(1, 1)
	v.cursor = 0
	if got := v.readout(); got != "after 512 images, A 11.0933, B 11.0933" {
		t.Errorf("of the same end it says %q", got)
	}
}

// A few runs are kept: the last ones, and the one that was chosen as A.
func TestFinishedRuns(t *testing.T) {
	d, _ := opened(t, "")
	d.handle(loaded)
	numbers := func(want ...int) {
		t.Helper()
		var got []int
		for _, r := range d.Comparison.runs {
			got = append(got, r.Number)
		}
		if !slices.Equal(got, want) {
			t.Errorf("kept are %v, expected %v", got, want)
		}
	}
	for i := range 6 {
		fresh(d)
		endRun(d, strings.Repeat(string(rune('a'+i)), 64), float32(i), 10)
	}
	numbers(1, 4, 5, 6)
	if p := d.Comparison.pair(); p[0].Number != 1 || p[1].Number != 6 {
		t.Errorf("shown are %d and %d", p[0].Number, p[1].Number)
	}
	endRun(d, strings.Repeat("g", 64), 7, 20) // the same network goes on
	numbers(1, 4, 5, 6)
	if p := d.Comparison.pair(); p[1].Last.Step != 20 {
		t.Errorf("run 6 ends at step %d", p[1].Last.Step)
	}
	d.compareWith(0, 5)
	fresh(d)
	endRun(d, strings.Repeat("h", 64), 8, 10)
	numbers(4, 5, 6, 7)
	fresh(d)
	endRun(d, strings.Repeat("h", 64), 8, 10) // again, to the same end
	numbers(4, 5, 6, 7)
	if got := d.Comparison.runs[3].bytes(); got != 4*(2*10+32*9+32*32*9) {
		t.Errorf("%d bytes", got)
	}
}
