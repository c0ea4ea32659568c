//go:build js

package worker

import (
	"syscall/js"

	"convlens/nn"
	"convlens/nn/lab"
	"convlens/nn/wire"
)

// serveReplica does a replica's share of every batch that it is dealt, until
// the lab ends the worker. Whatever goes wrong ends it too, which the lab
// notices.
func serveReplica() {
	h := newHost()
	var r *nn.Replica
	for {
		data := h.next()
		if setup := data.Get("setup"); setup.Truthy() {
			r = newReplica(setup, data.Get("ports"))
			r.Stopwatch().Clock = h.Now
			continue
		}
		d, ok := mustDecode(data).(*wire.Deal)
		if !ok || r == nil {
			panic("worker: a replica was sent something else than its work")
		}
		if err := r.Do(lab.UnpackDeal(d)); err != nil {
			panic(err)
		}
	}
}

func newReplica(setup, list js.Value) *nn.Replica {
	s, ok := mustDecode(setup).(*wire.Setup)
	if !ok {
		panic("worker: a replica needs a Setup")
	}
	ports := make([]js.Value, list.Length())
	for i := range ports {
		ports[i] = list.Index(i)
	}
	r, err := lab.NewReplica(s, newExchange(s.Rank, ports))
	if err != nil {
		panic(err)
	}
	return r
}

func mustDecode(array js.Value) wire.Message {
	m, err := decode(array)
	if err != nil {
		panic(err)
	}
	return m
}
