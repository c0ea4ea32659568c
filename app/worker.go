package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A workerSession is a Session over a Web Worker. What crosses, once the worker
// has been handed the program, is one wire message in a Uint8Array each way, its
// buffer transferred, or {message, blob} with its attachment; the worker's script
// itself may also post {error: text} when it can't start the program, and
// {exited: code} when the program ends.
type workerSession struct {
	worker    app.Value
	deliver   func(wire.Message)
	waiting   []wire.Message // sent before Ready
	ready     bool
	over      bool
	kept      app.Value // the last attachment
	onMessage app.Func
	onError   app.Func
}

// doingStart is what a wire.Failed says was being done when the worker failed
// before it was Ready.
const doingStart = "starting the worker"

// workerScript is its address from the page, as in web/static/load.js.
const workerScript = "web/worker.js"

// openWorker starts a worker, or takes the one that was started beside the page.
func openWorker(deliver func(wire.Message)) Session {
	s := &workerSession{deliver: deliver}
	s.onMessage = app.FuncOf(func(_ app.Value, args []app.Value) any {
		s.receive(args[0].Get("data"))
		return nil
	})
	s.onError = app.FuncOf(func(_ app.Value, args []app.Value) any {
		args[0].Call("preventDefault")
		s.fail(doingStart, errorText(args[0]))
		return nil
	})
	early := app.Window().Get("convlensWorker") // see web/static/load.js
	if early.Truthy() {
		app.Window().Set("convlensWorker", nil)
		s.worker = early.Get("worker")
	} else if worker, err := newWorker(); err == nil {
		s.worker = worker
	} else {
		s.fail(doingStart, err.Error())
		return s
	}
	s.worker.Call("addEventListener", "message", s.onMessage)
	s.worker.Call("addEventListener", "messageerror", s.onError)
	s.worker.Call("addEventListener", "error", s.onError)
	if !early.Truthy() {
		return s
	}
	events := early.Call("take")
	for i := range events.Length() {
		if event := events.Index(i); event.Get("type").String() == "message" {
			s.receive(event.Get("data"))
		} else {
			s.fail(doingStart, errorText(event))
		}
	}
	return s
}

// newWorker turns what the browser throws, as it does in a sandboxed frame,
// into an error; uncaught it would end the page's program.
func newWorker() (worker app.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	class := app.Window().Get("Worker")
	if !class.Truthy() {
		return nil, fmt.Errorf("this browser has no Web Workers")
	}
	worker = class.New(workerScript)
	// The page's own program, compiled; web/static/load.js keeps it there.
	worker.Call("postMessage", map[string]any{"module": app.Window().Get("convlensModule")})
	return worker, nil
}

// errorText returns what an ErrorEvent says. A script that can't be fetched
// gives an event without a message.
func errorText(e app.Value) string {
	if m := e.Get("message"); m.Truthy() {
		return m.String()
	}
	return "the worker's script could not be loaded or run"
}

func (s *workerSession) Send(m wire.Message) {
	switch {
	case s.over:
	case !s.ready:
		s.waiting = append(s.waiting, m)
	default:
		s.post(m)
	}
}

func (s *workerSession) post(m wire.Message) {
	b := wire.Encode(m)
	array := app.Window().Get("Uint8Array").New(len(b))
	app.CopyBytesToJS(array, b)
	if blob := wire.Attachment(m); blob != nil && blob.Held != nil {
		// Not transferred: the page keeps its own.
		s.worker.Call("postMessage", map[string]any{"message": array, "blob": blob.Held}, []any{array.Get("buffer")})
		return
	}
	s.worker.Call("postMessage", array, []any{array.Get("buffer")})
}

// receive takes what the worker posted.
func (s *workerSession) receive(data app.Value) {
	if s.over {
		return
	}
	if data.InstanceOf(app.Window().Get("Uint8Array")) {
		s.decode(data, nil)
		return
	}
	if data.Type() != app.TypeObject {
		return
	}
	if blob := data.Get("blob"); blob.Truthy() {
		s.decode(data.Get("message"), blob)
	} else if text := data.Get("error"); text.Truthy() {
		s.fail(doingStart, text.String())
	} else if code := data.Get("exited"); !code.IsUndefined() {
		s.fail("training", fmt.Sprintf("the worker's program ended (code %d)", code.Int()))
	}
}

// decode takes a message in a Uint8Array, and its attachment or nil.
func (s *workerSession) decode(array, blob app.Value) {
	b := make([]byte, array.Get("length").Int())
	app.CopyBytesToGo(b, array)
	release(array)
	m, err := wire.Decode(b)
	if err != nil {
		s.fail("reading the worker's message", err.Error())
		return
	}
	if beside := wire.Attachment(m); beside != nil && blob != nil {
		beside.Held = blob
		if s.kept != nil {
			release(s.kept) // of a checkpoint that this one replaces
		}
		s.kept = blob
	}
	if _, ok := m.(*wire.Ready); ok {
		s.ready = true
		for _, m := range s.waiting {
			s.post(m)
		}
		s.waiting = nil
	}
	if f, ok := m.(*wire.Failed); ok && f.Fatal {
		s.fail(f.Doing, f.Detail)
		return
	}
	s.deliver(m)
}

// release gives an array's memory back at once. Otherwise it would wait for
// Go's garbage collector, which doesn't know how large JavaScript's values are.
// Browsers of before 2024 can't do that, and wait.
func release(array app.Value) {
	if buffer := array.Get("buffer"); buffer.Get("transfer").Truthy() {
		buffer.Call("transfer", 0)
	}
}

// fail ends the session and tells why, once.
func (s *workerSession) fail(doing, detail string) {
	if s.over {
		return
	}
	s.Close()
	s.deliver(&wire.Failed{Doing: doing, Detail: detail, Fatal: true})
}

// Close keeps the two functions: an event that is already on its way must
// find them, and a session's share of memory is a few hundred bytes.
func (s *workerSession) Close() {
	s.over = true
	s.waiting = nil
	if s.worker != nil {
		s.worker.Call("removeEventListener", "message", s.onMessage)
		s.worker.Call("removeEventListener", "messageerror", s.onError)
		s.worker.Call("removeEventListener", "error", s.onError)
		s.worker.Call("terminate")
		s.worker = nil
	}
}
