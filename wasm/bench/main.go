//go:build js

// Command bench is the program behind web's benchmark: it times the items of
// package nn/bench, and the machine's own limit, one at a time as it is asked.
// It is no part of the site.
package main

import (
	"encoding/json"
	"syscall/js"

	"convlens/nn/bench"
)

func main() {
	clock := js.Global().Get("performance")
	now := func() float64 { return clock.Call("now").Float() }
	items := append([]bench.Item{ceiling()}, bench.Items(bench.Steps)...)

	// items() lists them as JSON; measure(i, ms) runs one for about so long and
	// returns the milliseconds that a run took.
	js.Global().Set("items", js.FuncOf(func(js.Value, []js.Value) any {
		list, err := json.Marshal(describe(items))
		if err != nil {
			panic(err)
		}
		return string(list)
	}))
	js.Global().Set("measure", js.FuncOf(func(_ js.Value, args []js.Value) any {
		it := items[args[0].Int()]
		if it.Prepare != nil {
			it.Prepare()
		}
		return measure(it.Run, args[1].Float(), now)
	}))
	js.Global().Call("postMessage", "ready")
	select {}
}

// measure calls run until ms have gone by, at least once, in groups so large
// that looking at the clock doesn't count, and returns the time of a run.
func measure(run func(), ms float64, now func() float64) float64 {
	runs, group, begin := 0, 1, now()
	for {
		for range group {
			run()
		}
		runs += group
		passed := now() - begin
		if passed >= ms {
			return passed / float64(runs)
		}
		if passed < ms/16 {
			group *= 2
		}
	}
}

// described is an Item without what can't be sent.
type described struct {
	Group, Name                 string
	FLOP, Direct, Bytes, Images int
}

func describe(items []bench.Item) (list []described) {
	for _, it := range items {
		list = append(list, described{it.Group, it.Name, it.FLOP, it.Direct, it.Bytes, it.Images})
	}
	return list
}
