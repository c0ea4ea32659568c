package scores

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// hand is a set of ten images of four classes, of which one has no image and one
// is never answered:
//
//	       answer 0  1  2  3
//	label 0       2  1  0  1
//	label 1       0  3  0  0
//	label 2       1  2  0  0
//	label 3       0  0  0  0
var hand = struct {
	labels, answers []byte
	counts          []int
}{
	[]byte{0, 1, 2, 0, 1, 2, 0, 1, 2, 0},
	[]byte{0, 1, 1, 1, 1, 0, 0, 1, 1, 3},
	[]int{2, 1, 0, 1, 0, 3, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0},
}

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-12 || math.IsNaN(a) && math.IsNaN(b)
}

func TestMatrix(t *testing.T) {
	m := NewMatrix(4, hand.labels, hand.answers)
	if fmt.Sprint(m.Counts) != fmt.Sprint(hand.counts) {
		t.Errorf("counts %v, expected %v", m.Counts, hand.counts)
	}
	if got := m.Accuracy(); got != (Ratio{5, 10}) {
		t.Errorf("accuracy %v", got)
	}
	for i, want := range []Class{
		{Ratio{2, 3}, Ratio{2, 4}, Ratio{4, 7}},
		{Ratio{3, 6}, Ratio{3, 3}, Ratio{6, 9}},
		{Ratio{0, 0}, Ratio{0, 3}, Ratio{0, 3}}, // never answered
		{Ratio{0, 1}, Ratio{0, 0}, Ratio{0, 1}}, // shown by none
	} {
		if got := m.Class(i); got != want {
			t.Errorf("class %d has %v, expected %v", i, got, want)
		}
	}
	precision, recall, f1 := m.Macro()
	for name, c := range map[string]struct {
		got  Mean
		want float64
		of   int
	}{
		"precision": {precision, (2.0/3 + 1.0/2 + 0) / 3, 3},
		"recall":    {recall, (1.0/2 + 1 + 0) / 3, 3},
		"F1":        {f1, (4.0/7 + 2.0/3 + 0 + 0) / 4, 4},
	} {
		if !near(c.got.Value(), c.want) || c.got.Of != c.of {
			t.Errorf("mean %s is %v of %d, expected %v of %d", name, c.got.Value(), c.got.Of, c.want, c.of)
		}
	}
}

// A class that neither an image nor an answer has is undefined in all, and so is
// everything without images.
func TestUndefined(t *testing.T) {
	m := NewMatrix(3, []byte{0, 1}, []byte{0, 1})
	c := m.Class(2)
	for name, r := range map[string]Ratio{"precision": c.Precision, "recall": c.Recall, "F1": c.F1} {
		if r.Defined() || !math.IsNaN(r.Value()) {
			t.Errorf("%s of a class that isn't there is %v", name, r)
		}
	}
	_, _, f1 := m.Macro()
	if f1.Of != 2 || f1.Value() != 1 {
		t.Errorf("mean F1 %v of %d", f1.Value(), f1.Of)
	}
	none := NewMatrix(3, nil, nil)
	_, recall, _ := none.Macro()
	var empty Calibration
	if none.Accuracy().Defined() || !math.IsNaN(recall.Value()) || !math.IsNaN(empty.Error()) || !math.IsNaN(MeanLoss(nil)) || len(WorstFirst(nil)) != 0 {
		t.Error("no images have scores")
	}
	if low, high := none.Accuracy().Interval(); low != 0 || high != 1 {
		t.Errorf("an interval from %v to %v without images", low, high)
	}
}

// Properties of any answers: rows and columns add up to all, the mean recall
// weighted by images is the accuracy, F1 lies between precision and recall, and
// is their harmonic mean.
func TestMatrixProperties(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		classes, n := 1+r.IntN(256), r.IntN(600)
		labels, answers := make([]byte, n), make([]byte, n)
		for i := range labels {
			labels[i], answers[i] = byte(r.IntN(classes)), byte(r.IntN(classes))
			if r.IntN(2) == 0 {
				answers[i] = labels[i]
			}
		}
		m := NewMatrix(classes, labels, answers)
		rows, columns, right := 0, 0, 0.0
		for i := range classes {
			rows, columns = rows+m.Labelled(i), columns+m.Answered(i)
			c := m.Class(i)
			if c.Recall.Defined() {
				right += c.Recall.Value() * float64(m.Labelled(i))
			}
			p, q, f := c.Precision.Value(), c.Recall.Value(), c.F1.Value()
			if p > 0 && q > 0 && (!near(f, 2*p*q/(p+q)) || f > max(p, q)+1e-12 || f < min(p, q)-1e-12) {
				t.Fatalf("precision %v, recall %v, F1 %v", p, q, f)
			}
		}
		if a := m.Accuracy(); rows != n || columns != n || a.Of != n || n > 0 && math.Abs(right-float64(a.N)) > 1e-9 {
			t.Fatalf("%d images: rows have %d, columns %d; %v are right, expected %v", n, rows, columns, right, a)
		}
	}
}

func TestMisuse(t *testing.T) {
	for what, f := range map[string]func(){
		"too few answers":       func() { NewMatrix(2, []byte{0, 1}, []byte{0}) },
		"a label beyond":        func() { NewMatrix(2, []byte{2}, []byte{0}) },
		"an answer beyond":      func() { NewMatrix(2, []byte{0}, []byte{2}) },
		"too few probabilities": func() { Calibrate([]byte{0}, []byte{0}, nil) },
	} {
		func() {
			defer func() {
				if r := recover(); r == nil || !strings.HasPrefix(fmt.Sprint(r), "scores: ") {
					t.Errorf("%s: panic %v, expected one beginning with scores:", what, r)
				}
			}()
			f()
		}()
	}
}

// The figures of Wilson's interval are those of R's prop.test(x, n, correct =
// FALSE), which statsmodels' proportion_confint(x, n, method="wilson") gives too.
func TestInterval(t *testing.T) {
	for _, c := range []struct {
		r         Ratio
		low, high float64
	}{
		{Ratio{0, 10}, 0, 0.277533},
		{Ratio{10, 10}, 0.722467, 1},
		{Ratio{5, 10}, 0.236593, 0.763407},
	} {
		if low, high := c.r.Interval(); math.Abs(low-c.low) > 1e-6 || math.Abs(high-c.high) > 1e-6 {
			t.Errorf("%v lies between %.6f and %.6f, expected %v and %v", c.r, low, high, c.low, c.high)
		}
	}
	// It is where p lies at most 1.96 of its own standard errors from the share.
	const z = 1.959964
	for _, r := range []Ratio{{9780, 10000}, {1, 3}, {17, 40}} {
		low, high := r.Interval()
		for _, p := range []float64{low, high} {
			if d := math.Abs(r.Value()-p) / math.Sqrt(p*(1-p)/float64(r.Of)); math.Abs(d-z) > 1e-6 {
				t.Errorf("%v: %v is %v standard errors away, expected %v", r, p, d, z)
			}
		}
	}
}

func TestBaseline(t *testing.T) {
	b := NewMatrix(4, hand.labels, hand.answers).Baseline()
	if b.Frequent != 0 || b.Always != (Ratio{4, 10}) || b.Accuracy != 0.25 || !near(b.Loss, 2*math.Ln2) || !near(b.Spread, math.Sqrt(0.25*0.75/10)) {
		t.Errorf("baseline %+v", b)
	}
	// Guesses come out so.
	r := rand.New(rand.NewPCG(3, 4))
	const rounds = 4000
	var sum, squares float64
	for range rounds {
		guesses := make([]byte, len(hand.labels))
		for i := range guesses {
			guesses[i] = byte(r.IntN(4))
		}
		a := NewMatrix(4, hand.labels, guesses).Accuracy().Value()
		sum, squares = sum+a, squares+a*a
	}
	mean := sum / rounds
	if spread := math.Sqrt(squares/rounds - mean*mean); math.Abs(mean-b.Accuracy) > 0.01 || math.Abs(spread-b.Spread) > 0.01 {
		t.Errorf("guesses score %v ± %v, expected %v ± %v", mean, spread, b.Accuracy, b.Spread)
	}
}
