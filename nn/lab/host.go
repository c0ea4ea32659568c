package lab

import "convlens/nn/wire"

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
	// Memory is the memory in use, in bytes.
	Memory() int

	// Fetch transfers a file, calling progress with the bytes so far.
	// Its errors are *FetchError.
	Fetch(url string, progress func(n int)) ([]byte, error)
	// Stored returns a file kept by Store, or nil.
	Stored(url string) []byte
	// Store keeps a file for the next visit and reports whether it could.
	Store(url string, data []byte) bool
	// Forget drops a stored file.
	Forget(url string)
}

// A FetchError says why a file could not be transferred.
type FetchError struct {
	Fault  wire.LoadFault // Missing, Network or Truncated
	Detail string
}

func (e *FetchError) Error() string { return e.Detail }
