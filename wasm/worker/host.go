//go:build js

package main

import (
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
	buf     []byte // of the last message sent
}

func newHost() *host {
	h := &host{self: js.Global(), clock: js.Global().Get("performance"), arrived: make(chan struct{}, 1), breath: newBreath()}
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
	array := js.Global().Get("Uint8Array").New(len(h.buf))
	js.CopyBytesToJS(array, h.buf)
	h.self.Call("postMessage", array, []any{array.Get("buffer")})
}

// Receive never says that the page has gone: a page that goes ends its worker.
func (h *host) Receive(wait bool) (wire.Message, bool) {
	if len(h.inbox) == 0 && !wait {
		h.breath.take()
		if len(h.inbox) == 0 {
			return nil, true
		}
	}
	m, err := wire.Decode(appendJS(nil, h.next()))
	if err != nil {
		h.Send(&wire.Failed{Doing: "reading a command", Detail: err.Error()})
		return nil, true
	}
	return m, true
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

// Cores is the number of processors that the browser tells of.
func (h *host) Cores() int {
	if n := h.self.Get("navigator").Get("hardwareConcurrency"); n.Type() == js.TypeNumber {
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
