//go:build js

// Package worker is package lab in a Web Worker, which web/static/worker.js
// starts. The lab starts more workers of the same program as replicas, which
// share its work.
//
//	worker.go     which of the two this worker is
//	host.go       the Web Worker as lab.Host
//	fetch.go storage.go
//	              the network and the browser's storage
//	crew.go       the lab's side of the replicas: start, deal, dismiss
//	replica.go    a replica's side
//	exchange.go   what passes between them, over message ports
package worker

import (
	"fmt"
	"runtime/debug"

	"convlens/nn/lab"
	"convlens/nn/wire"
)

// The heap is a few large arrays without a pointer in them. Collecting it costs
// next to nothing, and doing it early keeps a tab's memory flat: by default it
// would grow to twice what is in use before the first collection.
const gcPercent = 10

// Run serves the page or, in a worker that another one has started, that one,
// until the tab ends. Its arguments are the site's version and, for the latter,
// "replica".
func Run(args []string) {
	debug.SetGCPercent(gcPercent)
	build := ""
	if len(args) > 0 {
		build = args[0]
	}
	if len(args) > 1 && args[1] == "replica" {
		serveReplica()
		return
	}
	h := newHost()
	defer func() {
		if r := recover(); r != nil {
			h.Send(&wire.Failed{Doing: "training", Detail: fmt.Sprint(r), Fatal: true})
			panic(r)
		}
	}()
	lab.New(h, build).Run()
}
