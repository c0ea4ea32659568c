//go:build e2e

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

const rounds = 5

// kernelPage starts the program of wasm/bench in a worker and passes questions
// to it: ask("items") and ask("measure", item, ms).
const kernelPage = `<!doctype html><title>bench</title><script>
	const worker = new Worker("worker.js");
	const next = () => new Promise((resolve, reject) => {
		worker.onmessage = (e) => resolve(e.data);
		worker.onerror = (e) => reject(new Error(e.message));
	});
	const ready = next();
	async function ask(...question) {
		await ready;
		const answer = next();
		worker.postMessage(question);
		return answer;
	}
</script>`

const kernelWorker = `
	importScripts("/wasm_exec.js");
	const go = new Go();
	onmessage = ({ data: [name, ...args] }) => postMessage(self[name](...args));
	WebAssembly.instantiateStreaming(fetch("program.wasm"), go.importObject).then(({ instance }) => go.run(instance));`

// benchHandler serves the site, and the kernel page below /bench/.
func benchHandler(site fs.FS, program []byte) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", Server(site))
	file := func(at, kind string, content []byte) {
		mux.HandleFunc(at, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Write(content)
		})
	}
	file("/bench/", "text/html", []byte(kernelPage))
	file("/bench/worker.js", "text/javascript", []byte(kernelWorker))
	file("/bench/program.wasm", "application/wasm", program)
	return mux
}

type item struct {
	Group, Name                 string
	FLOP, Direct, Bytes, Images int
	MS                          []float64 // a run's time, round by round
	share                       []float64 // of the ceiling
}

// ask waits for the answer of the kernel page's program.
func ask[T any](p *tab, js string) (v T) {
	p.Helper()
	wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
	p.run(chromedp.Evaluate(js, &v, wait))
	return v
}

func (p *tab) measure(i int, ms float64) float64 {
	return ask[float64](p, fmt.Sprintf(`ask("measure", %d, %g)`, i, ms))
}

func median(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func BenchmarkBrowser(b *testing.B) {
	program, err := os.ReadFile("../.cache/build/bench.wasm")
	if err != nil {
		b.Fatal(err)
	}
	url := serveSite(b, benchHandler(distSite(b), program))
	browser := startBrowser(b)
	p := openTab(b, browser, url+"bench/")
	var items []item
	if err := json.Unmarshal([]byte(ask[string](p, `ask("items")`)), &items); err != nil {
		b.Fatal(err)
	}
	for range rounds {
		for i := range items {
			top := p.measure(0, 20)
			ms := p.measure(i, 50)
			items[i].MS = append(items[i].MS, ms)
			items[i].share = append(items[i].share, float64(items[i].Direct)/ms/(float64(items[0].FLOP)/top))
		}
	}
	for _, it := range items {
		ms := median(it.MS)
		fmt.Printf("%-10s %-44s %9.1f µs", it.Group, it.Name, 1000*ms)
		if it.Direct > 0 {
			fmt.Printf(" %7.1f GFLOP/s %6.2f of the ceiling", float64(it.Direct)/ms/1e6, median(it.share))
		}
		if it.FLOP > 0 && it.FLOP != it.Direct {
			fmt.Printf(" (%.1f done)", float64(it.FLOP)/ms/1e6)
		}
		if it.Bytes > 0 {
			fmt.Printf(" %7.1f GB/s", float64(it.Bytes)/ms/1e6)
		}
		if it.Images > 0 {
			fmt.Printf(" %9.1f µs/image", 1000*ms/float64(it.Images))
		}
		fmt.Println()
	}
}

var _ context.Context
