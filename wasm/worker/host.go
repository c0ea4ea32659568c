//go:build js

package worker

import (
	"fmt"
	"syscall/js"

	"convlens/nn/wire"
)

// host is the Web Worker as lab.Host.
type host struct {
	self    js.Value
	clock   js.Value
	inbox   []js.Value    // messages not yet received
	arrived chan struct{} // holds a token if the inbox may have something
	breath  *breath
	buf     []byte   // of the last message sent
	reader  js.Value // of files
	block   lastBlock
}

func newHost() *host {
	h := &host{self: js.Global(), clock: js.Global().Get("performance"), arrived: make(chan struct{}, 1), breath: newBreath()}
	h.reader = js.Global().Get("FileReaderSync").New()
	h.self.Set("onmessage", js.FuncOf(func(_ js.Value, args []js.Value) any {
		h.push(args[0].Get("data"))
		return nil
	}))
	early := h.self.Get("convlensInbox") // what came before Go was there
	for i := range early.Length() {
		h.push(early.Index(i))
	}
	return h
}

func (h *host) push(data js.Value) {
	h.inbox = append(h.inbox, data)
	select {
	case h.arrived <- struct{}{}:
	default:
	}
}

func (h *host) Send(m wire.Message) {
	h.buf = wire.Append(h.buf[:0], m)
	array := newArray(h.buf)
	blob := wire.Attachment(m)
	if blob == nil {
		h.self.Call("postMessage", array, []any{array.Get("buffer")})
		return
	}
	beside := newArray(blob.Bytes)
	h.self.Call("postMessage", map[string]any{"message": array, "blob": beside}, []any{array.Get("buffer"), beside.Get("buffer")})
}

// newArray returns a Uint8Array with a copy of b.
func newArray(b []byte) js.Value {
	array := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(array, b)
	return array
}

// Receive never says that the page has gone: a page that goes ends its worker.
func (h *host) Receive(wait bool) (wire.Message, bool) {
	if len(h.inbox) == 0 && !wait {
		h.breath.take()
		if len(h.inbox) == 0 {
			return nil, true
		}
	}
	m, err := decode(h.next())
	if err != nil {
		h.Send(&wire.Failed{Doing: "reading a command", Detail: err.Error()})
		return nil, true
	}
	return m, true
}

// decode reads a message as it was posted: its bytes in a Uint8Array, or
// {message, blob} if it has an attachment: bytes too, or an array of files.
// Afterwards the arrays of bytes are empty.
func decode(data js.Value) (wire.Message, error) {
	blob := data.Get("blob")
	if blob.Truthy() {
		data = data.Get("message")
	}
	defer release(data)
	m, err := wire.Decode(appendJS(nil, data))
	if err != nil || !blob.Truthy() {
		return m, err
	}
	beside := wire.Attachment(m)
	if beside == nil {
		return nil, fmt.Errorf("worker: %s with an attachment", wire.Name(m))
	}
	if blob.InstanceOf(js.Global().Get("Array")) {
		beside.Held = blob
		return m, nil
	}
	defer release(blob)
	beside.Bytes = appendJS(nil, blob)
	return m, nil
}

// release gives an array's memory back at once. Otherwise it would wait for
// Go's garbage collector, which doesn't know how large JavaScript's values are.
// Browsers of before 2024 can't do that, and wait.
func release(array js.Value) {
	if buffer := array.Get("buffer"); buffer.Get("transfer").Truthy() {
		buffer.Call("transfer", 0)
	}
}

// next waits for something in the inbox and takes it out.
func (h *host) next() js.Value {
	for len(h.inbox) == 0 {
		<-h.arrived
	}
	data := h.inbox[0]
	h.inbox = h.inbox[1:]
	return data
}

func (h *host) Now() float64 { return h.clock.Call("now").Float() }

func (h *host) Cores() int { return cores() }

// cores is the number of processors that the browser tells of.
func cores() int {
	if n := js.Global().Get("navigator").Get("hardwareConcurrency"); n.Type() == js.TypeNumber {
		return n.Int()
	}
	return 1
}

// Memory is the size of the program's memory, which never shrinks.
func (h *host) Memory() int {
	return h.self.Get("convlensMemory").Get("buffer").Get("byteLength").Int()
}

// breath lets the worker's event loop run for a moment. A message to itself
// comes back after what is already waiting; a timer would be held back by
// 4 ms, a tenth of a training step.
type breath struct {
	port js.Value
	done chan struct{}
}

func newBreath() *breath {
	b := &breath{done: make(chan struct{}, 1)}
	channel := js.Global().Get("MessageChannel").New()
	b.port = channel.Get("port1")
	channel.Get("port2").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
		b.done <- struct{}{}
		return nil
	}))
	return b
}

func (b *breath) take() {
	b.port.Call("postMessage", js.Null())
	<-b.done
}
