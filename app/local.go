//go:build !js

package app

import (
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"convlens/nn/lab"
	"convlens/nn/wire"
)

// A localSession is a Session with the lab in this process, on a goroutine of
// its own: the page's logic and the worker's in one native program. A browser
// has no use for it, as it would share the page's only thread, and leaving it
// out keeps the network out of the page's program.
type localSession struct {
	deliver  func(wire.Message)
	fetch    func(url string) ([]byte, error)
	commands chan wire.Message
	gone     chan struct{}
	close    sync.Once
	begin    time.Time
}

// openLocal starts a lab. fetch gives it the files of a dataset; its errors
// count as a missing file.
func openLocal(fetch func(url string) ([]byte, error), deliver func(wire.Message)) Session {
	s := &localSession{
		deliver: deliver, fetch: fetch,
		commands: make(chan wire.Message, 64),
		gone:     make(chan struct{}),
		begin:    time.Now(),
	}
	go func() {
		defer func() {
			if r := recover(); r != nil {
				s.Close()
				deliver(&wire.Failed{Doing: "training", Detail: fmt.Sprint(r), Fatal: true})
			}
		}()
		lab.New(localHost{s}, "").Run()
	}()
	return s
}

func (s *localSession) Send(m wire.Message) {
	select {
	case s.commands <- m:
	case <-s.gone:
	}
}

func (s *localSession) Close() { s.close.Do(func() { close(s.gone) }) }

// localHost is what the lab stands on: lab.Host without storage.
type localHost struct{ *localSession }

// Send delivers a copy, as the lab uses its messages again: the one that a
// worker would make by encoding.
func (h localHost) Send(m wire.Message) {
	select {
	case <-h.gone:
		return
	default:
	}
	c, err := wire.Copy(m)
	if err != nil {
		panic(fmt.Sprintf("app: %v", err))
	}
	h.deliver(c)
}

func (h localHost) Receive(wait bool) (wire.Message, bool) {
	if !wait {
		select {
		case m := <-h.commands:
			return m, true
		case <-h.gone:
			return nil, false
		default:
			return nil, true
		}
	}
	select {
	case m := <-h.commands:
		return m, true
	case <-h.gone:
		return nil, false
	}
}

func (h localHost) Now() float64 { return float64(time.Since(h.begin)) / float64(time.Millisecond) }

func (h localHost) Memory() int { return 0 }

func (h localHost) Cores() int { return runtime.NumCPU() }

func (h localHost) Recruit(size int, setup func(rank int) *wire.Setup) (lab.Crew, error) {
	return lab.Goroutines(size, setup)
}

func (h localHost) Fetch(url string, progress func(n int)) ([]byte, error) {
	b, err := h.fetch(url)
	if err != nil {
		return nil, &lab.FetchError{Fault: wire.Missing, Detail: err.Error()}
	}
	progress(len(b))
	return b, nil
}

// File is one of those that came with an Open, as an io.ReaderAt.
func (h localHost) File(m *wire.Open, i int) io.ReaderAt { return m.Handles.Held.([]io.ReaderAt)[i] }

func (h localHost) Stored(string) []byte { return nil }

func (h localHost) Store(string, []byte) bool { return false }

func (h localHost) Forget(string) {}

// Unpack leaves it to the lab.
func (h localHost) Unpack([]byte) (raw []byte, sum [32]byte, ok bool) { return nil, sum, false }
