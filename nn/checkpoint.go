package nn

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
)

// A checkpoint is everything a run needs to go on to the same end: parameters,
// the optimiser's moments, and the position. Its bytes, little-endian:
//
//	8 bytes   "cnvlckpt"
//	uint32    version, 1
//	string    the optimiser's name (uint32 length, bytes)
//	uint64    epoch, samples seen, steps, correct; float64 sum of losses
//	uint64    the optimiser's steps
//	uint32    number of parameters, then for each
//	            string  layer/name       uint32  number of values n
//	            n float32 values, in the shown order
//	            uint32  number of moments, then n float32 for each
//	uint32    CRC-32 (IEEE) of all bytes before
const (
	checkpointMagic   = "cnvlckpt"
	checkpointVersion = 1
)

// Fingerprint is the SHA-256, in hex, of all parameters in order: their values
// in the shown order as little-endian float32. Equal runs have equal
// fingerprints.
func (m *Sequential) Fingerprint() string {
	h := sha256.New()
	var b []byte
	for _, p := range m.params {
		b = appendFloats(b[:0], p, p.Value)
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// appendFloats appends src, an array in the order of p.Value, in the shown
// order.
func appendFloats(b []byte, p *Param, src []float32) []byte {
	n := len(b)
	b = slices.Grow(b, 4*len(src))[:n+4*len(src)]
	p.layout.each(func(shown, stored int) {
		binary.LittleEndian.PutUint32(b[n+4*shown:], math.Float32bits(src[stored]))
	})
	return b
}

// AppendCheckpoint appends the run's state between two steps to b.
func (t *Trainer) AppendCheckpoint(b []byte) []byte {
	return t.lead.append(b, t.pos)
}

// append appends a checkpoint of the replica, whose run stands at pos.
func (r *Replica) append(b []byte, pos Position) []byte {
	le := binary.LittleEndian
	start := len(b)
	b = le.AppendUint32(append(b, checkpointMagic...), checkpointVersion)
	b = appendString(b, r.Optimizer.Name())
	for _, v := range []int{pos.Epoch, pos.Seen, pos.Step, pos.Correct} {
		b = le.AppendUint64(b, uint64(v))
	}
	b = le.AppendUint64(b, math.Float64bits(pos.LossSum))
	st := r.Optimizer.state()
	b = le.AppendUint64(b, uint64(st.steps))
	b = le.AppendUint32(b, uint32(len(r.Model.params)))
	for i, p := range r.Model.params {
		b = appendString(b, p.Layer+"/"+p.Name)
		b = le.AppendUint32(b, uint32(p.Len()))
		b = appendFloats(b, p, p.Value)
		b = le.AppendUint32(b, uint32(st.count))
		for j := range st.count {
			b = appendFloats(b, p, st.of[i][j])
		}
	}
	return le.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

func appendString(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
}

// Restore puts the state of an AppendCheckpoint back. The network, the optimiser
// and the data must be of the same kind as the ones it was taken from. On an
// error nothing has changed. Other replicas have to be told by their Restore.
func (t *Trainer) Restore(data []byte) error {
	pos, err := t.lead.restore(data, len(t.perm))
	if err != nil {
		return err
	}
	t.pos, t.drawn = pos, false
	return nil
}

// Restore makes the replica's network and optimiser those of a Trainer's
// checkpoint. On an error nothing has changed.
func (r *Replica) Restore(data []byte) error {
	_, err := r.restore(data, math.MaxInt)
	return err
}

// restore reads a checkpoint of a run with that many samples in an epoch.
func (r *Replica) restore(data []byte, samples int) (pos Position, err error) {
	if len(data) < len(checkpointMagic)+8 || string(data[:len(checkpointMagic)]) != checkpointMagic {
		return pos, fmt.Errorf("nn: checkpoint: %d bytes that do not begin with %q", len(data), checkpointMagic)
	}
	body, sum := data[:len(data)-4], binary.LittleEndian.Uint32(data[len(data)-4:])
	if got := crc32.ChecksumIEEE(body); got != sum {
		return pos, fmt.Errorf("nn: checkpoint: damaged: its checksum is %08x, expected %08x", got, sum)
	}
	in := &reader{b: bytes.NewReader(body[len(checkpointMagic):])}
	if v := in.uint32(); v != checkpointVersion {
		return pos, fmt.Errorf("nn: checkpoint: version %d, expected %d", v, checkpointVersion)
	}
	if name := in.string(); name != r.Optimizer.Name() {
		return pos, fmt.Errorf("nn: checkpoint: of the optimiser %q, expected %q", name, r.Optimizer.Name())
	}
	pos = Position{Epoch: in.int(), Seen: in.int(), Step: in.int(), Correct: in.int(), LossSum: in.float64()}
	if pos.Seen < 0 || pos.Seen > samples {
		return pos, fmt.Errorf("nn: checkpoint: stands at sample %d of an epoch, this run has %d", pos.Seen, samples)
	}
	st := moments{steps: in.int()}
	values, err := in.params(r.Model.params, &st)
	if err != nil {
		return pos, fmt.Errorf("nn: checkpoint: %w", err)
	}
	for i, p := range r.Model.params {
		copy(p.Value, values[i])
	}
	*r.Optimizer.state() = st
	return pos, nil
}

// params reads every parameter's values and moments.
func (r *reader) params(want []*Param, st *moments) (values [][]float32, err error) {
	if n := r.uint32(); r.err == nil && int(n) != len(want) {
		return nil, fmt.Errorf("has %d parameters, this network %d", n, len(want))
	}
	for i, p := range want {
		name, n := r.string(), r.uint32()
		if r.err == nil && (name != p.Layer+"/"+p.Name || int(n) != p.Len()) {
			return nil, fmt.Errorf("parameter %d is %q with %d values, expected %q with %d", i, name, n, p.Layer+"/"+p.Name, p.Len())
		}
		values = append(values, r.floats(p))
		count := int(r.uint32())
		if i == 0 {
			st.count = count
		} else if count != st.count {
			return nil, fmt.Errorf("parameter %d has %d moments, the first has %d", i, count, st.count)
		}
		var set [][]float32
		for j := 0; j < count && r.err == nil; j++ {
			set = append(set, r.floats(p))
		}
		if count > 0 {
			st.of = append(st.of, set)
		}
		if r.err != nil {
			return nil, r.err
		}
	}
	if r.b.Len() > 0 {
		return nil, fmt.Errorf("%d bytes left over", r.b.Len())
	}
	return values, nil
}

// A reader reads the parts of a checkpoint; after an error, zeros.
type reader struct {
	b   *bytes.Reader
	err error
}

var errShort = errors.New("ends early")

func (r *reader) take(n int) []byte {
	b := make([]byte, min(n, r.b.Len()))
	if r.b.Read(b); len(b) < n {
		r.err = errShort
		return make([]byte, min(n, 8))
	}
	return b
}

func (r *reader) uint32() uint32   { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *reader) uint64() uint64   { return binary.LittleEndian.Uint64(r.take(8)) }
func (r *reader) int() int         { return int(r.uint64()) }
func (r *reader) float64() float64 { return math.Float64frombits(r.uint64()) }

func (r *reader) string() string {
	n := r.uint32()
	if int64(n) > int64(r.b.Len()) {
		r.err = errShort
		return ""
	}
	return string(r.take(int(n)))
}

// floats reads an array of p's size, shown order to stored order.
func (r *reader) floats(p *Param) []float32 {
	b := r.take(4 * p.Len())
	if r.err != nil {
		return nil
	}
	out := make([]float32, p.Len())
	p.layout.each(func(shown, stored int) {
		out[stored] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*shown:]))
	})
	return out
}
