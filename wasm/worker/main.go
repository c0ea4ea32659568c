//go:build js

// Command worker is the training worker's program, worker.wasm: package lab in
// a Web Worker. web/static/worker.js loads it.
package main

import (
	"fmt"
	"os"

	"convlens/nn/lab"
	"convlens/nn/wire"
)

func main() {
	build := ""
	if len(os.Args) > 1 {
		build = os.Args[1]
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
