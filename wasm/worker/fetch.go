//go:build js

package worker

import (
	"errors"
	"fmt"
	"syscall/js"

	"convlens/nn/lab"
	"convlens/nn/wire"
)

// await waits for a promise.
func await(promise js.Value) (js.Value, error) {
	type outcome struct {
		v   js.Value
		err error
	}
	done := make(chan outcome, 1)
	then := js.FuncOf(func(_ js.Value, args []js.Value) any {
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		done <- outcome{v: v}
		return nil
	})
	catch := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- outcome{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	defer then.Release()
	defer catch.Release()
	promise.Call("then", then, catch)
	o := <-done
	return o.v, o.err
}

// Fetch transfers a file, whose url is relative to the worker's script.
func (h *host) Fetch(url string, progress func(n int)) ([]byte, error) {
	response, err := await(h.self.Call("fetch", h.resolve(url)))
	if err != nil {
		return nil, &lab.FetchError{Fault: wire.Network, Detail: fmt.Sprintf("%s could not be fetched: %v", url, err)}
	}
	if status := response.Get("status").Int(); status != 200 {
		fault := wire.Network
		if status == 404 || status == 410 {
			fault = wire.Missing
		}
		return nil, &lab.FetchError{Fault: fault, Detail: fmt.Sprintf("%s was answered with status %d", url, status)}
	}
	var b []byte
	reader := response.Get("body").Call("getReader")
	for {
		part, err := await(reader.Call("read"))
		if err != nil {
			return nil, &lab.FetchError{Fault: wire.Network, Detail: fmt.Sprintf("the transfer of %s broke off after %d bytes: %v", url, len(b), err)}
		}
		if part.Get("done").Bool() {
			return b, nil
		}
		b = appendJS(b, part.Get("value"))
		progress(len(b))
	}
}

// resolve makes a url relative to the worker's script absolute.
func (h *host) resolve(url string) string {
	return js.Global().Get("URL").New(url, h.self.Get("location")).Get("href").String()
}

// appendJS appends the bytes of a Uint8Array.
func appendJS(b []byte, array js.Value) []byte {
	n := len(b)
	b = append(b, make([]byte, array.Get("length").Int())...)
	js.CopyBytesToGo(b[n:], array)
	return b
}
