//go:build js

package worker

import (
	"errors"
	"slices"
	"syscall/js"
	"time"
	"unsafe"

	"convlens/nn"
)

// silence is how long a replica may keep the leading one waiting before it
// counts as gone: a worker can end without a word. The others wait as long as it
// takes, as during a pause: the leading one ends them if need be.
const silence = 20 * time.Second

var errGone = errors.New("a worker is gone")

// exchange is nn.Exchange over one message port to each other replica. A message
// is [tag, bytes], the bytes' buffer transferred.
//
// Buffers are used again: what a replica has received it fills for its next
// Send. A JavaScript value lives until Go's garbage collector finds that it is
// not needed, which with megabytes in each step would be far too late; and fresh
// memory costs as much time as copying into it.
type exchange struct {
	rank    int
	ports   []js.Value // by rank; none for this replica
	inbox   map[letter][]js.Value
	arrived chan struct{} // holds a token if the inbox has changed
	gone    chan struct{} // closed when a replica is known to be gone
	funcs   []js.Func
	spare   []buffer // received, and not needed any more

	// awake says to keep a processor awake while this replica waits for another (see
	// web/static/worker.js), as there is one for each.
	awake bool
}

type letter struct{ from, tag int }

// A buffer is an ArrayBuffer of so many bytes.
type buffer struct {
	js.Value
	size int
}

// maxSpare is how many buffers are kept: twice what a step with all replicas
// receives.
const maxSpare = 2 * 5 * (nn.MaxReplicas - 1)

func newExchange(rank int, ports []js.Value) *exchange {
	x := &exchange{rank: rank, ports: ports, inbox: map[letter][]js.Value{}, arrived: make(chan struct{}, 1),
		gone: make(chan struct{}), awake: len(ports) <= cores()}
	for from, port := range ports {
		if from == rank {
			continue
		}
		f := js.FuncOf(func(_ js.Value, args []js.Value) any {
			data := args[0].Get("data")
			l := letter{from, data.Index(0).Int()}
			x.inbox[l] = append(x.inbox[l], data.Index(1))
			select {
			case x.arrived <- struct{}{}:
			default:
			}
			return nil
		})
		x.funcs = append(x.funcs, f)
		port.Set("onmessage", f)
	}
	return x
}

func (x *exchange) Rank() int { return x.rank }
func (x *exchange) Size() int { return len(x.ports) }

func (x *exchange) Send(to, tag int, values []float32) {
	array := x.blank(4 * len(values))
	js.CopyBytesToJS(array, bytesOf(values))
	x.ports[to].Call("postMessage", []any{tag, array}, []any{array.Get("buffer")})
}

// blank returns an array of n bytes with any content, in the smallest spare
// buffer that is large enough: parts of a batch may differ in size.
func (x *exchange) blank(n int) js.Value {
	best := -1
	for i, b := range x.spare {
		if b.size >= n && (best < 0 || b.size < x.spare[best].size) {
			best = i
		}
	}
	if best < 0 {
		return js.Global().Get("Uint8Array").New(n)
	}
	b := x.spare[best]
	x.spare = slices.Delete(x.spare, best, best+1)
	return js.Global().Get("Uint8Array").New(b.Value, 0, n)
}

// keep takes a received array's buffer for later.
func (x *exchange) keep(array js.Value) {
	if len(x.spare) == maxSpare {
		release(array)
		return
	}
	b := array.Get("buffer")
	x.spare = append(x.spare, buffer{b, b.Get("byteLength").Int()})
}

func (x *exchange) Collect(from, tag int, values []float32) error {
	array, err := x.take(letter{from, tag})
	if err != nil {
		return err
	}
	js.CopyBytesToGo(bytesOf(values), array)
	x.keep(array)
	return nil
}

// take waits for a message.
func (x *exchange) take(l letter) (js.Value, error) {
	var patience <-chan time.Time
	if len(x.inbox[l]) == 0 {
		if x.awake {
			js.Global().Call("convlensAwake", true)
			defer js.Global().Call("convlensAwake", false)
		}
		if x.rank == 0 {
			timer := time.NewTimer(silence)
			defer timer.Stop()
			patience = timer.C
		}
	}
	for len(x.inbox[l]) == 0 {
		select {
		case <-x.arrived:
		case <-x.gone:
			return js.Value{}, errGone
		case <-patience:
			return js.Value{}, errGone
		}
	}
	queue := x.inbox[l]
	array := queue[0]
	x.inbox[l] = append(queue[:0], queue[1:]...)
	return array, nil
}

// close ends the exchange; a Collect under way returns an error.
func (x *exchange) close() {
	select {
	case <-x.gone:
	default:
		close(x.gone)
	}
	for rank, port := range x.ports {
		if rank != x.rank {
			port.Set("onmessage", js.Null())
			port.Call("close")
		}
	}
	for _, f := range x.funcs {
		f.Release()
	}
	x.funcs = nil
}

// bytesOf views floats as bytes, in the machine's order: all replicas run on
// one machine.
func bytesOf(x []float32) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(x))), 4*len(x))
}
