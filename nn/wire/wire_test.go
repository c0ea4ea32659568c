package wire

import (
	"bytes"
	"math"
	"reflect"
	"testing"
)

// TestKinds wants the three lists of messages to agree.
func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for k, kind := range kinds {
		m := kind.make()
		if got := kindOf(m); int(got) != k {
			t.Errorf("%s is kind %d in kindOf, %d in the table", kind.name, got, k)
		}
		name := reflect.TypeOf(m).Elem().Name()
		if kind.name != name || Name(m) != name {
			t.Errorf("%s is called %q in the table, %q by Name", name, kind.name, Name(m))
		}
		if seen[name] {
			t.Errorf("%s is in the table twice", name)
		}
		seen[name] = true
		if kind.make() == m && reflect.TypeOf(m).Elem().Size() > 0 {
			t.Errorf("%s is the same message each time", name)
		}
	}
}

type stranger struct{}

func (*stranger) fields(*coder) {}

func TestStrangerPanics(t *testing.T) {
	defer func() {
		if r := recover(); r != "wire: unknown message type *wire.stranger" {
			t.Errorf("panic %v", r)
		}
	}()
	Encode(&stranger{})
}

// TestRoundTrip sends every message empty, full, and with each of its lists
// long, of elements as short as they can be.
func TestRoundTrip(t *testing.T) {
	for k, kind := range kinds {
		for _, m := range append([]Message{kind.make(), filled(k)}, crowded(k, 40)...) {
			b := Encode(m)
			if b[0] != Version || int(b[1]) != k {
				t.Errorf("%s begins with % x", kind.name, b[:2])
			}
			if got, err := Decode(b); err != nil {
				t.Errorf("%+v: %v", m, err)
			} else if !reflect.DeepEqual(got, m) {
				t.Errorf("%s came back as %+v, was %+v", kind.name, got, m)
			}
		}
		if m := filled(k); !reflect.DeepEqual(m, filled(k)) {
			t.Errorf("%s is not the same twice", kind.name)
		} else if Encode(m); !reflect.DeepEqual(m, filled(k)) {
			t.Errorf("encoding %s changes it", kind.name)
		}
	}
}

// TestFloats keeps the bits of every number, NaN's too.
func TestFloats(t *testing.T) {
	odd := []float64{0, math.Copysign(0, -1), math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, math.SmallestNonzeroFloat64}
	for _, x := range odd {
		m := &Progress{Loss: x, StepLoss: []float32{float32(x)}, Vals: []Validation{{Loss: x}}}
		back, err := Decode(Encode(m))
		if err != nil {
			t.Fatal(err)
		}
		p := back.(*Progress)
		if math.Float64bits(p.Loss) != math.Float64bits(x) || math.Float32bits(p.StepLoss[0]) != math.Float32bits(float32(x)) ||
			math.Float64bits(p.Vals[0].Loss) != math.Float64bits(x) {
			t.Errorf("%v came back as %v, %v, %v", x, p.Loss, p.StepLoss, p.Vals)
		}
	}
}

// TestSizes has room for more bytes than an index can count: a worker's memory
// may grow to 4 GiB.
func TestSizes(t *testing.T) {
	for _, m := range []Message{&Progress{MemoryBytes: 4 << 30}, &Loading{Bytes: 3 << 30, Total: 5 << 30}} {
		if got, err := Decode(Encode(m)); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%+v came back as %+v, %v", m, got, err)
		}
	}
}

// TestAppend lets a sender use a buffer again and again, for one message after
// another, without new memory.
func TestAppend(t *testing.T) {
	a, b := filled(16), filled(15)
	buf := Append([]byte("before"), a)
	if string(buf[:6]) != "before" || !bytes.Equal(buf[6:], Encode(a)) {
		t.Error("Append does not append")
	}
	again := Append(buf[:0], b)
	if &again[0] != &buf[0] || !bytes.Equal(again, Encode(b)) {
		t.Error("Append does not use the buffer again")
	}
	if n := testing.AllocsPerRun(10, func() { buf = Append(buf[:0], a) }); n > 1 { // the coder
		t.Errorf("%v allocations for a message into a large enough buffer", n)
	}
}

// TestDecodeCopies leaves nothing of a message in the buffer it came from.
func TestDecodeCopies(t *testing.T) {
	for k := range kinds {
		want := filled(k)
		b := Encode(want)
		got, err := Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		clear(b)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s changes with the buffer it was decoded from", kinds[k].name)
		}
	}
}

// TestSplitsAndStates pins numbers that lie in checkpoints of older visits.
func TestSplitsAndStates(t *testing.T) {
	if got, want := [...]State{Idle, Training, Paused, Evaluating, Stopped, Done}, [...]State{0, 1, 2, 3, 4, 5}; got != want {
		t.Errorf("states %v, expected %v", got, want)
	}
	if got, want := [...]LoadFault{Missing, Network, Truncated, Corrupt, Invalid}, [...]LoadFault{0, 1, 2, 3, 4}; got != want {
		t.Errorf("faults %v, expected %v", got, want)
	}
	if TrainSplit != 0 || TestSplit != 1 || DrawnSplit != 2 {
		t.Errorf("splits %d, %d and %d, expected 0, 1 and 2", TrainSplit, TestSplit, DrawnSplit)
	}
	if Roles != [4]string{"train-images", "train-labels", "test-images", "test-labels"} {
		t.Errorf("roles %q", Roles)
	}
}
