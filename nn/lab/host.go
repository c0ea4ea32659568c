package lab

import (
	"io"

	"convlens/nn"
	"convlens/nn/wire"
)

// A Host is what a Lab stands on: the Web Worker, or a test.
type Host interface {
	// Send delivers an event to the page. The message is the Lab's again when
	// Send returns.
	Send(m wire.Message)
	// Receive returns the page's next command, or nil if there is none. With
	// wait it waits for one; without, it gives those that have arrived a
	// chance to come in. ok is false when the page has gone.
	Receive(wait bool) (m wire.Message, ok bool)
	// Now is the time in milliseconds since some fixed moment.
	Now() float64
	// Cores is the number of processors that the machine offers.
	Cores() int
	// Recruit starts the other replicas of a run of size in all, ranks 1 and
	// up, each with its setup, and returns the leading one's connection.
	Recruit(size int, setup func(rank int) *wire.Setup) (Crew, error)
	// Memory is the memory in use, in bytes.
	Memory() int

	// Fetch transfers a file, calling progress with the bytes so far.
	// Its errors are *FetchError.
	Fetch(url string, progress func(n int)) ([]byte, error)
	// Stored returns a file kept by Store, or nil.
	Stored(url string) []byte
	// Store keeps a file for the next visit and reports whether it could.
	Store(url string, data []byte) bool
	// File is file i of those that came with an Open.
	File(m *wire.Open, i int) io.ReaderAt
	// Forget drops a stored file.
	Forget(url string)
	// Unpack returns the bytes in a file that is compressed with gzip, and their
	// SHA-256, if the host has a faster way to both than Go, and the file is sound.
	// What is wrong with it is not the host's to say.
	Unpack(b []byte) (raw []byte, sum [32]byte, ok bool)
}

// A Crew is an nn.Crew that can be sent away.
type Crew interface {
	nn.Crew
	// Dismiss ends the other replicas, whatever they are doing.
	Dismiss()
}

// A FetchError says why a file could not be transferred.
type FetchError struct {
	Fault  wire.LoadFault // Missing, Network or Truncated
	Detail string
}

func (e *FetchError) Error() string { return e.Detail }
