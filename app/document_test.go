package app

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"math"
	"strings"
	"testing"

	"convlens/nn/wire"

	"golang.org/x/net/html"
)

// pngURL is what a browser's canvas makes.
func pngURL(r *raster) string {
	var b bytes.Buffer
	img := &image.NRGBA{Pix: r.Pix, Stride: 4 * r.W, Rect: image.Rect(0, 0, r.W, r.H)}
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// written returns a document as a tree. It must ask for nothing and run nothing.
func written(t *testing.T, fill func(*sheet)) (root *html.Node, images int) {
	t.Helper()
	s := &sheet{png: pngURL, rest: func() {}}
	fill(s)
	root, err := html.Parse(&s.Buffer)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && strings.Contains(n.Data, "%[") || strings.Contains(n.Data, "%!"):
			t.Errorf("%q is not filled in", n.Data)
		case n.Type != html.ElementNode:
		case n.Data == "script" || n.Data == "link" || n.Data == "iframe":
			t.Errorf("the document has a <%s>", n.Data)
		case n.Data == "img":
			images++
			data, ok := strings.CutPrefix(attr(n, "src"), "data:image/png;base64,")
			raw, err := base64.StdEncoding.DecodeString(data)
			if !ok || err != nil {
				t.Fatalf("a picture from %.40s: %v", attr(n, "src"), err)
			}
			if _, err := png.Decode(bytes.NewReader(raw)); err != nil || attr(n, "alt") == "" {
				t.Errorf("picture %q: %v", attr(n, "alt"), err)
			}
		}
	}
	return root, images
}

func TestKernelDocument(t *testing.T) {
	weights := make([]float32, 2*3*9)
	for i := range weights {
		weights[i] = float32(i)/100 - 0.25
	}
	doc := &kernelDocument{english, 4, []wire.Tensor{{Name: "conv2d_2", Shape: []int{2, 3, 3, 3}, Data: weights}}}
	root, images := written(t, doc.write)
	if images != 1+6 {
		t.Errorf("%d pictures, expected one of all and six kernels", images)
	}
	text := strings.Join(readable(root), "\n")
	for _, want := range []string{"after step 4", " -0.2500 -0.2400", "0.2800"} {
		if !strings.Contains(text, strings.TrimSpace(want)) {
			t.Errorf("the document doesn't say %q", want)
		}
	}
}

// The JSON of a saved run has the run's numbers, and what isn't one is null.
func TestRunDocument(t *testing.T) {
	d := busyDesk(t)
	d.handle(&wire.Progress{State: wire.Done, Step: 4, Seen: 512, Samples: 512, Epoch: 1, Epochs: 1, Loss: math.NaN(), Acc: 0.5,
		FirstStep: 4, StepLoss: []float32{float32(math.NaN())}, StepAcc: []float32{0.25}, Validated: true, ValLoss: 0.125, ValAcc: 0.75})
	net := &wire.Net{Step: 4, Fingerprint: "0123456789abcdef", Index: 7, Label: 0,
		Input:   wire.Tensor{Shape: []int{1, 2, 2}, Data: []float32{0, 0.5, 1, 0}},
		Outputs: []wire.Tensor{{Name: "conv2d_1", Shape: []int{2, 1, 1}, Data: []float32{1, -1}}}, Probs: []float32{0.75}}
	kernel := wire.Array{Name: "conv2d_1/kernel", Shape: []int{2, 1, 1, 1}}
	for _, v := range []float32{-1.5, 3} {
		kernel.Data = binary.LittleEndian.AppendUint32(kernel.Data, math.Float32bits(v))
	}
	net.Weights = []wire.Array{kernel}
	d.handle(net)
	if d.taken() != net || d.taken() != nil {
		t.Error("the network isn't handed out once")
	}
	root, images := written(t, newRunDocument(d.snapshot(), net, func() {}).write)
	if images != 3 {
		t.Errorf("%d pictures, expected the image, the kernels and a layer's output", images)
	}
	var run struct {
		Format  string
		Step    int
		Epochs  []map[string]any
		Curves  map[string][]*float64
		Weights []struct {
			Name   string
			Shape  []int
			Base64 []byte
		}
	}
	pre := byID(t, root, "run")
	if err := json.Unmarshal([]byte(pre.FirstChild.Data), &run); err != nil {
		t.Fatal(err)
	}
	if run.Format != runFormat || run.Step != 4 || len(run.Weights) != 1 || run.Weights[0].Name != kernel.Name || !bytes.Equal(run.Weights[0].Base64, kernel.Data) {
		t.Errorf("the document says %+v", run)
	}
	if loss := run.Curves["loss"]; len(loss) != 4 || loss[3] != nil || *loss[0] != 2 {
		t.Errorf("the losses are %v", loss)
	}
	if e := run.Epochs[0]; e["loss"] != nil || e["acc"] != 0.5 || e["val_acc"] != 0.75 {
		t.Errorf("the epoch is %v", e)
	}
	text := strings.Join(readable(root), "\n")
	for _, want := range []string{"512/512", "0123456789abcdef", "-1.5000", "seed=5"} {
		if !strings.Contains(text, want) {
			t.Errorf("the document doesn't say %q", want)
		}
	}
}

// A run that has been evaluated says so, in tables and in its JSON; one that went
// on since doesn't.
func TestRunDocumentEvaluation(t *testing.T) {
	d, _ := evaluatedDesk(t, "a", "<b>", "c", "d")
	for step, want := range map[int]bool{4: true, 5: false} {
		root, _ := written(t, newRunDocument(d.snapshot(), &wire.Net{Step: step, Fingerprint: "0123456789abcdef"}, func() {}).write)
		var run struct {
			Evaluation *struct {
				Accuracy, Loss float64
				Confusion      [][]int
			}
		}
		if err := json.Unmarshal([]byte(byID(t, root, "run").FirstChild.Data), &run); err != nil {
			t.Fatal(err)
		}
		tables := find(root, "aria-labelledby", "confusion-heading")
		if e := run.Evaluation; (e != nil) != want || want && (e.Accuracy != 0.5 || fmt.Sprint(e.Confusion) != "[[2 1 0 1] [0 3 0 0] [1 2 0 0] [0 0 0 0]]") {
			t.Errorf("of step %d the JSON says %+v", step, e)
		}
		if (len(tables) == 1) != want || len(find(root, "type", "button")) > 0 {
			t.Errorf("of step %d there are %d matrices, and %d buttons", step, len(tables), len(find(root, "type", "button")))
		}
		if want && text(tables[0]) != "a<b>cda2101<b>0300c1200d0000" {
			t.Errorf("the matrix says %q", text(tables[0]))
		}
	}
}

func TestTakeRun(t *testing.T) {
	d, sessions := opened(t, "")
	s := (*sessions)[0]
	s.take()
	d.takeRun()
	d.takeRun()
	expectSent(t, s, "TakeNet")
	if d.handle(&wire.Failed{Doing: "TakeNet"}); d.Taking {
		t.Error("a failure leaves the page waiting")
	}
}

// A saved run has the pictures of its health through the run, and the counts behind
// them; one of which nothing was recorded has neither.
func TestRunDocumentHealth(t *testing.T) {
	d := busyDesk(t)
	net := &wire.Net{Step: 4, Fingerprint: "0123456789abcdef"}
	_, without := written(t, newRunDocument(d.snapshot(), net, func() {}).write)
	for _, step := range []int{0, 2, 4} {
		h := recordedHealth(step)
		h.Layers[0].Weights.Counts[0] = 10 + step
		h.Layers[1].Gradients.RMS = float32(math.NaN())
		d.handle(h)
	}
	root, images := written(t, newRunDocument(d.snapshot(), net, func() {}).write)
	if images != without+2*3+1 {
		t.Errorf("%d pictures, %d without health, expected 6 of two layers and the scale more", images, without)
	}
	if text := strings.Join(readable(root), "\n"); !strings.Contains(text, "3 moments of the run, from step 0 on the left to step 4 on the right.") {
		t.Error("the document doesn't say which moments its pictures show")
	}
	var run struct{ Health *runHealth }
	if err := json.Unmarshal([]byte(byID(t, root, "run").FirstChild.Data), &run); err != nil {
		t.Fatal(err)
	}
	h := run.Health
	if h == nil || fmt.Sprint(h.Steps) != "[0 2 4]" || len(h.Layers) != 2 || h.Layers[0].Name != "conv2d_1" {
		t.Fatalf("the JSON says %+v", h)
	}
	for i, s := range h.Layers[0].Weights {
		if want := fmt.Sprintf("[%d 0 4]", 10+h.Steps[i]); fmt.Sprint(s.Counts) != want || s.N != 8 || s.Low != 0.25 || *s.RMS != 0.25 {
			t.Errorf("after step %d the weights are %+v, expected %s", h.Steps[i], s, want)
		}
	}
	if h.Layers[1].Gradients[0].RMS != nil || h.Layers[0].Outputs[1].Zeros != 6 {
		t.Errorf("gradients %+v, outputs %+v", h.Layers[1].Gradients[0], h.Layers[0].Outputs[1])
	}
}
