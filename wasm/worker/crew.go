//go:build js

package worker

import (
	"fmt"
	"syscall/js"

	"convlens/nn"
	"convlens/nn/lab"
	"convlens/nn/wire"
)

// crew is the lab's connection to the workers that it has started.
type crew struct {
	*exchange
	workers []js.Value // by rank; none for the lab's own
	events  js.Func
	buf     []byte
}

// Recruit starts size-1 more workers of this program, compiled only once, and
// connects each with each by a message channel.
func (h *host) Recruit(size int, setup func(rank int) *wire.Setup) (_ lab.Crew, err error) {
	defer func() {
		if r := recover(); r != nil { // not every browser lets a worker start another
			err = fmt.Errorf("the browser refuses: %v", r)
		}
	}()
	if !h.self.Get("Worker").Truthy() {
		return nil, fmt.Errorf("this browser's workers can't start others")
	}
	ports := mesh(size)
	c := &crew{exchange: newExchange(0, ports[0]), workers: make([]js.Value, size)}
	c.events = js.FuncOf(func(_ js.Value, args []js.Value) any {
		if args[0].Get("type").String() == "error" {
			args[0].Call("preventDefault")
		}
		c.lose() // a replica speaks to its starter only to say that it is gone
		return nil
	})
	for rank := 1; rank < size; rank++ {
		options := map[string]any{"name": "replica"}
		w := h.self.Get("Worker").New(h.self.Get("location").Get("href"), options)
		c.workers[rank] = w
		for _, event := range []string{"message", "messageerror", "error"} {
			w.Call("addEventListener", event, c.events)
		}
		w.Call("postMessage", map[string]any{"module": h.self.Get("convlensModule")})
		list, transfer := []any{}, []any{}
		for peer, port := range ports[rank] {
			if peer == rank {
				list = append(list, nil)
				continue
			}
			list = append(list, port)
			transfer = append(transfer, port)
		}
		array, buffer := c.encode(setup(rank))
		w.Call("postMessage", map[string]any{"setup": array, "ports": list}, append(transfer, buffer))
	}
	return c, nil
}

// mesh makes a channel between any two of size replicas: ports[i][j] is where i
// speaks to j.
func mesh(size int) [][]js.Value {
	ports := make([][]js.Value, size)
	for i := range ports {
		ports[i] = make([]js.Value, size)
	}
	for i := range size {
		for j := i + 1; j < size; j++ {
			channel := js.Global().Get("MessageChannel").New()
			ports[i][j], ports[j][i] = channel.Get("port1"), channel.Get("port2")
		}
	}
	return ports
}

// encode returns a message as an array, and the buffer to transfer.
func (c *crew) encode(m wire.Message) (array, buffer js.Value) {
	c.buf = wire.Append(c.buf[:0], m)
	array = newArray(c.buf)
	return array, array.Get("buffer")
}

// Deal hands a replica its share of a batch.
func (c *crew) Deal(rank int, d *nn.Deal) {
	array, buffer := c.encode(lab.PackDeal(d))
	c.workers[rank].Call("postMessage", array, []any{buffer})
}

// lose notes that a replica is gone.
func (c *crew) lose() {
	select {
	case <-c.gone:
	default:
		close(c.gone)
	}
}

// Dismiss ends the other workers.
func (c *crew) Dismiss() {
	for rank, w := range c.workers {
		if rank > 0 {
			for _, event := range []string{"message", "messageerror", "error"} {
				w.Call("removeEventListener", event, c.events)
			}
			w.Call("terminate")
		}
	}
	c.events.Release()
	c.close()
}
