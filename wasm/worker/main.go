//go:build js

// Command worker is the training worker's program, worker.wasm: package lab in
// a Web Worker. web/static/worker.js loads it. The lab starts more workers of
// the same program as replicas, which share its work.
//
//	main.go       which of the two this worker is
//	host.go       the Web Worker as lab.Host
//	fetch.go storage.go
//	              the network and the browser's storage
//	files.go      the visitor's files
//	crew.go       the lab's side of the replicas: start, deal, dismiss
//	replica.go    a replica's side
//	exchange.go   what passes between them, over message ports
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"convlens/nn/lab"
	"convlens/nn/wire"
)

// The heap is a few large arrays without a pointer in them. Collecting it costs
// next to nothing, and doing it early keeps a tab's memory flat: by default it
// would grow to twice what is in use before the first collection.
const gcPercent = 10

func main() {
	debug.SetGCPercent(gcPercent)
	build := ""
	if len(os.Args) > 1 {
		build = os.Args[1]
	}
	if len(os.Args) > 2 && os.Args[2] == "replica" {
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
