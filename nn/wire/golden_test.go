package wire

import (
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
)

// golden holds messages beside their bytes, written down by hand from the
// layout in wire.go.
var golden = []struct {
	m   Message
	hex string
}{
	{&Pause{}, "01 03"},
	{&Stop{}, "01 05"},
	{&GetSample{Split: TestSplit, Index: 258}, "01 07  01000000  02010000"},
	{&Ready{Build: "a1b", SIMD: true}, "01 09  03000000 613162  01"},
	{&Watch{Split: TrainSplit, Index: 1, Layer: "relu_1", IntervalMS: 250},
		"01 06  00000000  01000000  06000000 72656c755f31  fa000000  00000000  00000000"},
	{&Watch{Split: TestSplit, Dense: "d", Units: []int{3, 258}},
		"01 06  01000000  00000000  00000000  00000000  01000000 64  02000000 03000000 02010000"},
	{&Train{Settings{Epochs: 2, Batch: 128, Seed: 0x0123456789abcdef, Limit: 1000, Workers: 4, Shift: 1,
		Optimizer: Optimizer{Name: "sgd", LearningRate: 0.5, Momentum: -2, OneCycle: true}, Net: Architecture{Filters1: 1, Filters2: 2, Kernel: 3, Pool: 4, Dropout1: 0.5, Dropout2: -2, Units: 5}}},
		"01 02  02000000 80000000 efcdab8967452301 e8030000 04000000 01000000" +
			"03000000 736764  000000000000e03f 0000000000000000 0000000000000000 00000000000000c0 0000000000000000 0000000000000000 01" +
			"01000000 02000000 03000000 04000000 000000000000e03f 00000000000000c0 05000000"},
	{&Load{Source{Name: "d", Title: "é", Files: []File{{Role: "r", URL: "u", Bytes: 3, RawBytes: 4, SHA256: "s"}}}},
		"01 00  01000000 64  02000000 c3a9  01000000  01000000 72  01000000 75  03000000  04000000  01000000 73"},
	{&Sample{Split: TestSplit, Index: 5, Label: 7, Shape: []int{1, 2, 2}, Pixels: []byte{0, 1, 128, 255}},
		"01 0e  01000000  05000000  07000000  03000000 010000000200000002000000  04000000 000180ff"},
	{&LoadFailed{Name: "m", File: "f", Kind: Invalid, Detail: "x"}, "01 0d  01000000 6d  01000000 66  04000000  01000000 78"},
	{&Remove{Source{Name: "d"}}, "01 16  01000000 64  00000000  00000000"},
	{&Stored{Name: "m", Files: 3, Bytes: 1 << 32, Checked: true, Damaged: []string{"r"}, Detail: "x"},
		"01 18  01000000 6d  03000000  0000000001000000  01  01000000 01000000 72  01000000 78"},
	{&Explain{Layer: "r", Value: 258, Term: 3}, "01 23  01000000 72  02010000  03000000"},
	{&Why{Split: TestSplit, Index: 3, Given: true, Class: 7, Layer: "c", Silent: []int{5, 30}, Patch: 5, Stride: 2},
		"01 25  01000000 03000000  01 07000000  01000000 63  02000000 05000000 1e000000  05000000 02000000"},
	{&Ablated{Step: 9, Layer: "c", Silent: []int{5}, Samples: 100, Done: 2, Seen: []int{2}, Whole: []int{1}},
		"01 28  09000000  01000000 63  01000000 05000000  64000000 02000000  01000000 02000000  01000000 01000000  00000000"},
	{&TestMap{Step: 9, Layer: "r", Units: 128, N: 1, X: []float32{-1.5}, Y: []float32{1}, Labels: []byte{7}, Answers: []byte{1}, Shares: []float32{1, 0}, NoNumbers: true},
		"01 1d  09000000  01000000 72  80000000  01000000  01000000 0000c0bf  01000000 0000803f" +
			"01000000 07  01000000 01  02000000 0000803f 00000000  01"},
	{&Net{Step: 9, Fingerprint: "f", Weights: []Array{{Name: "k", Shape: []int{1}, Data: []byte{1, 2, 3, 4}}}, Split: TestSplit, Index: 5, Label: 7},
		"01 22  09000000  01000000 66  01000000  01000000 6b  01000000 01000000  04000000 01020304" +
			"01000000  05000000  07000000  00000000 00000000 00000000  00000000  00000000"},
	{&Failed{Doing: "Train", Detail: "no", Fatal: true}, "01 12  05000000 547261696e  02000000 6e6f  01"},
	{&View{Step: 9, Kernels: []Tensor{{Name: "k", Shape: []int{1}, Data: []float32{-1.5}}}, Probs: []float32{1}},
		"01 10  09000000" + // step
			"01000000  01000000 6b  01000000 01000000  01000000 0000c0bf" + // kernels
			"00000000 00000000" + // layer
			"00000000 00000000 00000000" + // maps
			"00000000 00000000" + // split, index
			"00000000 00000000 00000000" + // input
			"00000000" + // label
			"01000000 0000803f" + // probs
			"00000000  00000000 00000000 00000000  00000000" + // units, weights, biases
			"00000000" + // flow
			"00000000"}, // moments
	{&Draw{Layer: "d", Plain: true, Seed: 2}, "01 1a  01000000 64  01  0200000000000000"},
	{&Drawn{Draw: Draw{Layer: "d"}, Step: 1, Units: 2, Taken: 3, Steps: 4, Shape: []int{1},
		Images: []float32{1}, First: []float32{-1.5}, Last: []float32{1}},
		"01 1b  01000000 64 00 0000000000000000  01000000 02000000 03000000 04000000  01000000 01000000" +
			"01000000 0000803f  01000000 0000c0bf  01000000 0000803f"},
	{&Drawings{Number: 2, Shape: []int{1, 1, 2}, Pixels: []byte{0, 255, 1, 2}, Labels: []int{NoLabel, 7}},
		"01 2c  02000000  03000000 010000000100000002000000  04000000 00ff0102  02000000 00010000 07000000"},
	{&Predictions{Number: 2, Step: 9, KeptStep: 8, N: 1, Probs: []float32{1, -1.5}},
		"01 2d  02000000 09000000 08000000 01000000  02000000 0000803f 0000c0bf"},
	{&CancelCalibration{}, "01 2f"},
	{&Calibrated{Settings: Settings{Epochs: 1}, Workers: 2, Images: 258, NoRoom: true, StartMS: 0.5, TrainMS: 1, EvalMS: -2},
		"01 30  01000000 00000000 0000000000000000 00000000 00000000 00000000" +
			"00000000  0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 00" +
			"00000000 00000000 00000000 00000000 0000000000000000 0000000000000000 00000000" +
			"02000000 02010000 01  000000000000e03f 000000000000f03f 00000000000000c0"},
	{&Survey{Train: Half{Labels: []byte{5, 0}, Levels: []int{258}}, Test: Half{Labels: []byte{7}}},
		"01 32  02000000 0500  01000000 02010000  01000000 07  00000000"},
	{&GetMeans{Split: TestSplit, Classes: []int{9, 0}}, "01 33  01000000  02000000 09000000 00000000"},
	{&Means{Split: TestSplit, Classes: []int{9}, Shape: []int{1, 1, 2}, Data: []float32{1, -1.5}},
		"01 34  01000000  01000000 09000000  03000000 010000000100000002000000  02000000 0000803f 0000c0bf"},
	{&GetOrder{Epoch: 2, Seed: 0x0123456789abcdef, Limit: 1000, Shift: 1}, "01 35  02000000 efcdab8967452301 e8030000 01000000"},
	{&Order{Of: GetOrder{Epoch: 1, Seed: 3}, Indices: []int{258, 0}, Moves: []byte{0, 1, 2, 0}},
		"01 36  01000000 0300000000000000 00000000 00000000  02000000 02010000 00000000  04000000 00010200"},
	{&Evaluate{Now: true}, "01 37  01"},
	{&Evaluation{Step: 9, Classes: 10, Labels: []byte{7, 1}, Answers: []byte{7, 2}, Confidences: []float32{1, 0.5}, Losses: []float32{0, 1.5}},
		"01 38  09000000  0a000000  02000000 0701  02000000 0702  02000000 0000803f 0000003f  02000000 00000000 0000c03f"},
	{&Scoring{Seen: 258, Of: 10000}, "01 39  02010000  10270000"},
	{&Open{Number: 2, Files: []OwnFile{{Name: "a/b", Bytes: 1 << 32}}}, "01 3a  02000000  01000000  03000000 612f62  0000000001000000"},
	{&Opening{Number: 2, Images: true, Done: 1, Total: 258}, "01 3c  02000000 01 01000000 02010000"},
	{&Opened{Name: "n", Title: "t", TrainN: 5, TestN: 1, SampleShape: []int{3}, Classes: []string{"c"}, HeldOut: true, Unused: 2, UnusedNames: []string{"u"}},
		"01 3d  01000000 6e  01000000 74  05000000 01000000  01000000 03000000  01000000 01000000 63  01  02000000  01000000 01000000 75"},
	{&Fault{Step: 3, Layer: "d", What: "w", Index: 1, Value: -2}, "01 2b  03000000  01000000 64  01000000 77  01000000  000000c0"},
}

func TestGolden(t *testing.T) {
	for _, g := range golden {
		want, err := hex.DecodeString(strings.ReplaceAll(g.hex, " ", ""))
		if err != nil {
			t.Fatal(err)
		}
		if got := Encode(g.m); string(got) != string(want) {
			t.Errorf("%s is\n% x, expected\n% x", Name(g.m), got, want)
		}
		if back, err := Decode(want); err != nil || !reflect.DeepEqual(back, g.m) {
			t.Errorf("%s: decoded %+v, %v", Name(g.m), back, err)
		}
	}
}
