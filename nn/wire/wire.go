// Package wire is the language between the page and the training worker:
// plain message structs and their binary form. It does no I/O; the two ends
// (package app on the page, wasm/worker in the Web Worker) move the bytes.
//
//	commands.go  what the page asks          page   -> worker
//	events.go    what the worker tells       worker -> page
//	settings.go  of a run
//	lens.go      both, of what is looked at besides, a file each:
//	             draw.go explain.go why.go health.go testmap.go evaluation.go
//	images.go explore.go
//	             both, of images of the dataset; of what it holds, and the order
//	             in which a run takes it
//	take.go      both, of what the page keeps as a file
//	drawings.go  both, of what the visitor draws
//	calibrate.go both, of how long a run would take
//	blob.go      bytes that travel beside a message
//	coder.go     the binary form: each message lists its fields once, and
//	             that list both encodes and decodes it
//
// Layout of an encoded message, little-endian throughout:
//
//	byte 0     version (Version)
//	byte 1     kind of message (its index in the table below)
//	then       the fields in the order of the message's fields method:
//	             bool      1 byte, 0 or 1
//	             uint32    4 bytes            uint64, float64  8 bytes
//	             float32   4 bytes (IEEE 754)
//	             string, []byte     uint32 length, bytes
//	             []float32          uint32 count, 4 bytes each
//	             []T                uint32 count, then each T's fields
//
// Decode never panics: it returns an error that names the message, the
// offset and what was expected, and it refuses trailing bytes.
package wire

import (
	"fmt"
	"reflect"
)

// Version is the number of this message format. Page and worker must agree;
// Decode refuses any other.
const Version = 1

// A Message is one of the pointer types in the kinds table.
type Message interface {
	fields(c *coder)
}

// kinds lists every message; a message's place is its kind byte. Append only,
// or raise Version.
var kinds = [...]struct {
	name string
	make func() Message
}{
	{"Load", func() Message { return new(Load) }},
	{"Init", func() Message { return new(Init) }},
	{"Train", func() Message { return new(Train) }},
	{"Pause", func() Message { return new(Pause) }},
	{"Resume", func() Message { return new(Resume) }},
	{"Stop", func() Message { return new(Stop) }},
	{"Watch", func() Message { return new(Watch) }},
	{"GetSample", func() Message { return new(GetSample) }},
	{"Restore", func() Message { return new(Restore) }},
	{"Ready", func() Message { return new(Ready) }},
	{"Model", func() Message { return new(Model) }},
	{"Loading", func() Message { return new(Loading) }},
	{"Loaded", func() Message { return new(Loaded) }},
	{"LoadFailed", func() Message { return new(LoadFailed) }},
	{"Sample", func() Message { return new(Sample) }},
	{"Progress", func() Message { return new(Progress) }},
	{"View", func() Message { return new(View) }},
	{"Checkpoint", func() Message { return new(Checkpoint) }},
	{"Failed", func() Message { return new(Failed) }},
	{"Setup", func() Message { return new(Setup) }},
	{"Deal", func() Message { return new(Deal) }},
	{"Verify", func() Message { return new(Verify) }},
	{"Remove", func() Message { return new(Remove) }},
	{"Keep", func() Message { return new(Keep) }},
	{"Stored", func() Message { return new(Stored) }},
	{"LookAway", func() Message { return new(LookAway) }},
	{"Draw", func() Message { return new(Draw) }},
	{"Drawn", func() Message { return new(Drawn) }},
	{"MapTest", func() Message { return new(MapTest) }},
	{"TestMap", func() Message { return new(TestMap) }},
	{"Mapping", func() Message { return new(Mapping) }},
	{"GetImages", func() Message { return new(GetImages) }},
	{"Images", func() Message { return new(Images) }},
	{"TakeNet", func() Message { return new(TakeNet) }},
	{"Net", func() Message { return new(Net) }},
	{"Explain", func() Message { return new(Explain) }},
	{"Trace", func() Message { return new(Trace) }},
	{"Why", func() Message { return new(Why) }},
	{"Reasons", func() Message { return new(Reasons) }},
	{"Covered", func() Message { return new(Covered) }},
	{"Ablated", func() Message { return new(Ablated) }},
	{"Examine", func() Message { return new(Examine) }},
	{"Health", func() Message { return new(Health) }},
	{"Fault", func() Message { return new(Fault) }},
	{"Drawings", func() Message { return new(Drawings) }},
	{"Predictions", func() Message { return new(Predictions) }},
	{"Calibrate", func() Message { return new(Calibrate) }},
	{"CancelCalibration", func() Message { return new(CancelCalibration) }},
	{"Calibrated", func() Message { return new(Calibrated) }},
	{"GetSurvey", func() Message { return new(GetSurvey) }},
	{"Survey", func() Message { return new(Survey) }},
	{"GetMeans", func() Message { return new(GetMeans) }},
	{"Means", func() Message { return new(Means) }},
	{"GetOrder", func() Message { return new(GetOrder) }},
	{"Order", func() Message { return new(Order) }},
	{"Evaluate", func() Message { return new(Evaluate) }},
	{"Evaluation", func() Message { return new(Evaluation) }},
	{"Scoring", func() Message { return new(Scoring) }},
}

// Name returns the message's type name, for error texts.
func Name(m Message) string { return kinds[kindOf(m)].name }

// places are the kinds by the messages' types.
var places = func() map[reflect.Type]byte {
	m := map[reflect.Type]byte{}
	for i, k := range kinds {
		m[reflect.TypeOf(k.make())] = byte(i)
	}
	return m
}()

func kindOf(m Message) byte {
	k, ok := places[reflect.TypeOf(m)]
	if !ok {
		panic(fmt.Sprintf("wire: unknown message type %T", m))
	}
	return k
}

// Encode returns m in its binary form.
func Encode(m Message) []byte { return Append(nil, m) }

// Append appends m's binary form to b, which a sender can use again and again.
func Append(b []byte, m Message) []byte {
	c := coder{buf: append(b, Version, kindOf(m))}
	m.fields(&c)
	return c.buf
}

// Decode reads one message that fills b. The message's []byte and []float32
// fields are copies: b may be reused.
func Decode(b []byte) (Message, error) {
	if len(b) < 2 {
		return nil, fmt.Errorf("wire: a message of %d bytes has no header (expected at least 2)", len(b))
	}
	if b[0] != Version {
		return nil, fmt.Errorf("wire: message format %d, expected %d", b[0], Version)
	}
	if int(b[1]) >= len(kinds) {
		return nil, fmt.Errorf("wire: unknown message kind %d, expected 0 to %d", b[1], len(kinds)-1)
	}
	k := kinds[b[1]]
	m := k.make()
	c := coder{buf: b, off: 2, decoding: true}
	m.fields(&c)
	if c.err == nil && c.off != len(b) {
		c.err = fmt.Errorf("%d bytes left over at offset %d", len(b)-c.off, c.off)
	}
	if c.err != nil {
		return nil, fmt.Errorf("wire: %s: %w", k.name, c.err)
	}
	return m, nil
}
