package lab

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"testing"

	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// A page is a lab's Host in these tests, and the page behind it: a script of
// commands, everything that the lab told, a network and a storage in memory,
// and a clock that moves only while the lab works or waits.
type page struct {
	t *testing.T

	script []any              // commands, each given when the lab waits for one; func() is called instead
	urgent []wire.Message     // commands that come in before the next batch
	react  func(wire.Message) // sees each event; it may add to urgent

	afterBatch func() // is called before commands are looked for between batches; it may add to urgent

	events []wire.Message
	times  []float64 // when each event came

	clock   float64 // ms
	batchMS float64 // a batch takes so long
	idleMS  float64 // a waited for command takes so long

	files   map[string][]byte
	faults  map[string]error
	fetched []string
	storage map[string][]byte
	full    bool // the storage takes nothing more

	unpacks  bool // the host unpacks files
	unpacked int  // so many

	cores     int  // processors; 0 stands for 1
	noWorkers bool // the browser starts no replicas
	dying     int  // so many crews lose a replica
	recruited []int
}

// nothing in a script wakes the lab up for no command.
type nothing struct{}

func newPage(t *testing.T) *page {
	return &page{t: t, batchMS: 200, idleMS: 60_000, files: map[string][]byte{}, faults: map[string]error{}, storage: map[string][]byte{}}
}

// play runs a new lab through a script, which ends with the page leaving.
func (p *page) play(script ...any) *Lab {
	p.t.Helper()
	p.script = script
	l := New(p, "a build")
	l.Run()
	return l
}

// Send keeps a copy of the event, as it comes out of its encoding.
func (p *page) Send(m wire.Message) {
	c, err := wire.Copy(m)
	if err != nil {
		p.t.Fatalf("an event that can't be decoded: %v", err)
	}
	p.events, p.times = append(p.events, c), append(p.times, p.clock)
	if p.react != nil {
		p.react(c)
	}
}

func (p *page) Receive(wait bool) (wire.Message, bool) {
	if !wait && p.afterBatch != nil {
		p.afterBatch()
	}
	if len(p.urgent) > 0 {
		m := p.urgent[0]
		p.urgent = p.urgent[1:]
		return m, true
	}
	if !wait {
		p.clock += p.batchMS
		return nil, true
	}
	for len(p.script) > 0 {
		next := p.script[0]
		p.script = p.script[1:]
		switch next := next.(type) {
		case func():
			next()
		case nothing:
			return nil, true
		case wire.Message:
			p.clock += p.idleMS
			return next, true
		}
	}
	return nil, false
}

func (p *page) Now() float64 { return p.clock }
func (p *page) Memory() int  { return 3 << 30 }

// Fetch takes 100 ms for each third of a file.
func (p *page) Fetch(url string, progress func(n int)) ([]byte, error) {
	p.fetched = append(p.fetched, url)
	b, ok := p.files[url]
	if !ok {
		return nil, &FetchError{wire.Missing, url + " was answered with status 404"}
	}
	for third := 1; third <= 3; third++ {
		p.clock += 100
		if third == 2 && p.faults[url] != nil {
			return nil, p.faults[url]
		}
		progress(len(b) * third / 3)
	}
	return b, nil
}

// File is one of those that came with an Open, as a []byte.
func (p *page) File(m *wire.Open, i int) io.ReaderAt {
	return bytes.NewReader(m.Handles.Held.([][]byte)[i])
}

func (p *page) Stored(url string) []byte { return p.storage[url] }

func (p *page) Store(url string, data []byte) bool {
	if !p.full {
		p.storage[url] = data
	}
	return !p.full
}

func (p *page) Forget(url string) { delete(p.storage, url) }

// Unpack refuses what is not sound, if there is such a thing at all.
func (p *page) Unpack(b []byte) (raw []byte, sum [32]byte, ok bool) {
	if !p.unpacks {
		return nil, sum, false
	}
	raw, err := mnist.Inflate(b, mnist.MaxBytes)
	p.unpacked++
	return raw, sha256.Sum256(raw), err == nil
}

// all returns the events of one type so far.
func all[T wire.Message](p *page) (found []T) {
	for _, m := range p.events {
		if e, ok := m.(T); ok {
			found = append(found, e)
		}
	}
	return found
}

// last returns the last event of a type.
func last[T wire.Message](p *page) T {
	p.t.Helper()
	found := all[T](p)
	if len(found) == 0 {
		var none T
		p.t.Fatalf("no %s was told", wire.Name(none))
	}
	return found[len(found)-1]
}

// forget drops the events so far; it fits into a script.
func (p *page) forget() { p.events, p.times = nil, nil }

// once lets the page send a command the first time that a Progress is as
// wanted.
func (p *page) once(want func(*wire.Progress) bool, command wire.Message) {
	done := false
	p.react = func(m wire.Message) {
		if e, ok := m.(*wire.Progress); ok && !done && want(e) {
			done = true
			p.urgent = append(p.urgent, command)
		}
	}
}

// atStep is for once.
func atStep(n int) func(*wire.Progress) bool {
	return func(p *wire.Progress) bool { return p.State == wire.Training && p.Step == n }
}

// failures lists what the lab refused.
func (p *page) failures() (texts []string) {
	for _, f := range all[*wire.Failed](p) {
		texts = append(texts, fmt.Sprintf("%s: %s", f.Doing, f.Detail))
	}
	return texts
}

// calm fails if the lab refused anything.
func (p *page) calm() {
	p.t.Helper()
	for _, f := range p.failures() {
		p.t.Errorf("failed: %s", f)
	}
	for _, f := range all[*wire.LoadFailed](p) {
		p.t.Errorf("loading failed: %+v", f)
	}
}
