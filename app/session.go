package app

import "convlens/nn/wire"

// A Session is one training worker, wherever it runs. Its events reach the
// page through the function that the session was opened with, one at a time
// and in the order in which the worker sent them; an end that the page didn't
// ask for arrives as a wire.Failed with Fatal set, and is the last event.
type Session interface {
	// Send passes a command on. Commands sent before the worker is ready
	// are kept for it; after Close or a fatal failure Send does nothing.
	Send(wire.Message)

	// Close ends the worker at once. No event arrives afterwards.
	Close()
}

// An opener starts a Session. It never fails: what goes wrong while starting
// is delivered as an event, like what goes wrong later.
type opener func(deliver func(wire.Message)) Session
