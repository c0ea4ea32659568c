//go:build e2e

package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	cdpage "github.com/chromedp/cdproto/page"
	cdruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"convlens/nn/bench"
	"convlens/nn/wire"
)

// BenchmarkBrowser times everything in headless Chromium, in one go and
// interleaved, so that a machine whose speed drifts drifts for all of it alike:
// first what the machine can do at most and every item of package bench, then
// training as a visitor has it. It prints a table and writes .cache/bench.json.
//
// make bench calls it, once. Speeds are medians of the rounds, and shares of the
// ceiling are taken round by round.
func BenchmarkBrowser(b *testing.B) {
	site := distSite(b)
	program, err := os.ReadFile("../.cache/build/bench.wasm")
	if err != nil {
		b.Fatalf("the program of wasm/bench is missing; make bench: %v", err)
	}
	url := serveSite(b, benchHandler(site, program))
	kernels := openTab(b, startBrowser(b), url+"bench/")
	r := report{Cores: runtime.NumCPU(), Browser: eval[string](kernels, "navigator.userAgent")}
	if err := json.Unmarshal([]byte(ask[string](kernels, `ask("items")`)), &r.Items); err != nil {
		b.Fatal(err)
	}
	for range 5 {
		for i := range r.Items {
			it := &r.Items[i]
			top := kernels.ceiling(20)
			it.rounds = append(it.rounds, kernels.measure(i, 50))
			it.shares = append(it.shares, float64(it.Direct)/it.rounds[len(it.rounds)-1]/top)
		}
	}
	r.Runs = kernels.runs(b, url)
	r.finish()
	r.print()
	text, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = os.WriteFile("../.cache/bench.json", text, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
}

type report struct {
	Browser string
	Cores   int
	Items   []item
	Runs    []*run
}

// An item is a bench.Item, and how long it takes.
type item struct {
	Group, Name                 string
	FLOP, Direct, Bytes, Images int

	MS     float64 // of a Run
	Share  float64 // of the ceiling
	rounds []float64
	shares []float64 // of the ceiling in the same round
}

// A run is training on the site's page, or by its worker alone.
type run struct {
	Workers int
	Page    bool // with the page drawing; else nobody watches
	Apart   int  // so many at once that know nothing of each other: what the machine has for all; or 0
	Best    bool // the preset "Best single epoch", else "Tutorial"

	ImagesPerS float64
	EvalPerS   float64
	EpochS     float64 // with its validation
	GFLOPS     float64 // effective: see bench.TrainFLOP
	Share      float64 // of so many times the ceiling as there are workers
	StepMS     wire.Timing
	OtherMS    float64 // of a step: drawing, telling, answering
	LongTaskMS int     // the longest on the page's thread
	WorkerMB   float64 // of the leading worker's program
	RendererMB float64 // of the browser's process for the tab, at most

	all []outcome
}

type outcome struct {
	wire.Progress
	speed          float64 // images/s of all runs at once
	share          float64
	longTask       int
	peak           float64
	steps, evalled float64
}

// kernelPage starts the program of wasm/bench in a worker and passes questions
// to it: ask("items") and ask("measure", item, ms). train runs the site's own
// worker with nobody watching.
const kernelPage = `<!doctype html><link rel="icon" href="data:,"><title>bench</title><script>
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
	// train posts messages to a fresh worker and returns the Progress that ends
	// its run.
	const site = WebAssembly.compileStreaming(fetch("/web/app.wasm"));
	const train = async (messages) => {
	  const module = await site;
	  return new Promise((resolve, reject) => {
		const worker = new Worker("/web/worker.js");
		worker.postMessage({ module });
		worker.onmessage = ({ data }) => {
			if (data.error) reject(new Error(data.error));
			if (data[1] === 9) for (const m of messages) worker.postMessage(new Uint8Array(m));
			if (data[1] === 15 && data[2] === 5) { worker.terminate(); resolve([...data]); }
		};
	  });
	};
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

// ask waits for the answer of the kernel page's program.
func ask[T any](p *tab, js string) (v T) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 10*time.Minute)
	defer cancel()
	await := func(p *cdruntime.EvaluateParams) *cdruntime.EvaluateParams { return p.WithAwaitPromise(true) }
	if err := chromedp.Run(ctx, chromedp.Evaluate(js, &v, await)); err != nil {
		p.Fatal(err)
	}
	return v
}

// measure returns the milliseconds that a Run of item i takes.
func (p *tab) measure(i int, ms float64) float64 {
	return ask[float64](p, fmt.Sprintf(`ask("measure", %d, %g)`, i, ms))
}

// ceiling is what the machine can do at the moment, in operations a
// millisecond.
func (p *tab) ceiling(ms float64) float64 {
	const operations = 100_000 * 12 * 2 * 4 // see wasm/bench/ceiling.go
	return operations / p.measure(0, ms)
}

// benchSamples is how many images a run trains on, if there are as many: a whole
// epoch, as the first seconds are slower (the browser is still compiling) and a
// network that has learnt something has less to do (see kernel.Sparse).
const benchSamples = 60_000

// runs trains with 1, 2 and as many workers as there are processors, drawing
// and not, in turn.
func (p *tab) runs(b *testing.B, url string) []*run {
	var list []*run
	sizes := []int{1, 2, runtime.NumCPU()}
	slices.Sort(sizes)
	for _, n := range slices.Compact(sizes) {
		list = append(list, &run{Workers: n}, &run{Workers: n, Page: true})
		if n > 1 {
			list = append(list, &run{Workers: 1, Apart: n})
		}
	}
	list = append(list, &run{Workers: runtime.NumCPU(), Page: true, Best: true})
	for range 3 {
		for _, r := range list {
			before := p.ceiling(100)
			var o outcome
			if r.Page {
				preset := "tutorial"
				if r.Best {
					preset = "best"
				}
				o = visit(b, fmt.Sprintf("%s?preset=%s&limit=%d&workers=%d&autoplay=1", url, preset, benchSamples, r.Workers))
			} else {
				o = p.alone(b, r.Workers, max(r.Apart, 1))
			}
			top := (before + p.ceiling(100)) / 2
			o.share = o.speed * bench.TrainFLOP / 1000 / (float64(r.Workers*max(r.Apart, 1)) * top)
			r.all = append(r.all, o)
		}
	}
	return list
}

// alone trains without a page, several times at once, and returns the first
// run's outcome with the speed of all of them.
func (p *tab) alone(b *testing.B, workers, apart int) outcome {
	start := "train(" + startMessages(b, workers) + "),"
	all := ask[[][]int](p, "Promise.all(["+strings.Repeat(start, apart)+"])")
	o := outcome{Progress: decodeProgress(b, all[0])}
	for _, run := range all {
		o.speed += decodeProgress(b, run).ImagesPerS
	}
	return o
}

// startMessages are the commands of a page that loads the site's first dataset
// and trains, as a JavaScript list.
func startMessages(b testing.TB, workers int) string {
	s := wire.Tutorial()
	s.Batch, s.Limit, s.Workers = bench.Batch, benchSamples, workers
	name, files := "digits", []string{}
	if hasMNIST(b) {
		name = "mnist"
	}
	src := wire.Source{Name: name}
	for i, n := range idxNames {
		src.Files = append(src.Files, wire.File{Role: wire.Roles[i], URL: "data/" + name + "/" + n + ".gz"})
	}
	for _, m := range []wire.Message{&wire.Init{Settings: s}, &wire.Load{Source: src}, &wire.Train{Settings: s}} {
		var list []string
		for _, v := range wire.Encode(m) {
			list = append(list, strconv.Itoa(int(v)))
		}
		files = append(files, "["+strings.Join(list, ",")+"]")
	}
	return "[" + strings.Join(files, ",") + "]"
}

// visit trains on the page in a browser of its own, as the address says.
func visit(b testing.TB, address string) outcome {
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), browserOptions(b)...)
	defer cancel()
	ctx, _ = chromedp.NewContext(ctx)
	if err := chromedp.Run(ctx); err != nil {
		b.Fatal(err)
	}
	defer chromedp.Cancel(ctx)
	p := openTab(b, ctx, address)
	p.run(cdpage.BringToFront())
	// Looking seldom: each look takes the page's thread away from the workers.
	ask[bool](p, `new Promise((done) => {
		const timer = setInterval(() => { if (`+fingerprint+`) { clearInterval(timer); done(true); } }, 1000);
	})`)
	o := outcome{Progress: decodeProgress(b, eval[[]int](p, "lastProgress")), peak: p.rendererMB("VmHWM:")}
	o.speed = o.ImagesPerS
	for _, task := range eval[[][2]int](p, "longTasks.filter(([start]) => start > 3000)") {
		o.longTask = max(o.longTask, task[1])
	}
	return o
}

func (r *report) finish() {
	for i := range r.Items {
		it := &r.Items[i]
		it.MS, it.Share = median(it.rounds), median(it.shares)
	}
	for _, run := range r.Runs {
		batch := wire.Tutorial().Batch
		if run.Best {
			batch = wire.BestEpoch().Batch
		}
		steps := math.Ceil(float64(run.all[0].Samples) / float64(batch))
		of := func(f func(o outcome) float64) float64 {
			var x []float64
			for _, o := range run.all {
				x = append(x, f(o))
			}
			return median(x)
		}
		run.ImagesPerS = of(func(o outcome) float64 { return o.speed })
		run.EpochS = of(func(o outcome) float64 { return o.ElapsedMS / 1000 })
		run.GFLOPS = run.ImagesPerS * bench.TrainFLOP / 1e9
		run.EvalPerS = of(func(o outcome) float64 { return 1000 * float64(o.ValN) / o.Timing.EvalMS })
		run.Share = of(func(o outcome) float64 { return o.share })
		step := func(f func(t wire.Timing) float64) float64 { // of the first, where several ran
			return of(func(o outcome) float64 { return f(o.Timing) / steps })
		}
		t := &run.StepMS
		t.DealMS = step(func(t wire.Timing) float64 { return t.DealMS })
		t.ForwardMS = step(func(t wire.Timing) float64 { return t.ForwardMS })
		t.BackwardMS = step(func(t wire.Timing) float64 { return t.BackwardMS })
		t.SendMS = step(func(t wire.Timing) float64 { return t.SendMS })
		t.WaitMS = step(func(t wire.Timing) float64 { return t.WaitMS })
		t.UpdateMS = step(func(t wire.Timing) float64 { return t.UpdateMS })
		t.SentBytes = int(step(func(t wire.Timing) float64 { return float64(t.SentBytes) }))
		whole := of(func(o outcome) float64 { return 1000 * float64(batch) / o.ImagesPerS })
		run.OtherMS = whole - stepMS(*t)
		run.WorkerMB = of(func(o outcome) float64 { return float64(o.MemoryBytes) / 1e6 })
		run.RendererMB = of(func(o outcome) float64 { return o.peak })
		for _, o := range run.all {
			run.LongTaskMS = max(run.LongTaskMS, o.longTask)
		}
	}
}

func (r *report) print() {
	fmt.Printf("%s, %d processors\n", r.Browser, r.Cores)
	group := ""
	for _, it := range r.Items {
		if it.Group != group {
			group = it.Group
			fmt.Printf("\n%s\n", group)
		}
		fmt.Printf("  %-36s %10.1f µs", it.Name, 1000*it.MS)
		if it.Direct > 0 {
			fmt.Printf(" %7.1f GFLOP/s = %.2f of the ceiling", float64(it.Direct)/it.MS/1e6, it.Share)
		}
		if it.FLOP > 0 && it.FLOP != it.Direct {
			fmt.Printf(" (%.1f done = %.2f)", float64(it.FLOP)/it.MS/1e6, it.Share*float64(it.FLOP)/float64(it.Direct))
		}
		if it.Bytes > 0 {
			fmt.Printf(" %7.1f GB/s", float64(it.Bytes)/it.MS/1e6)
		}
		if it.Images > 0 {
			fmt.Printf(" %7.1f µs an image", 1000*it.MS/float64(it.Images))
		}
		fmt.Println()
	}
	fmt.Printf("\ntraining (an epoch of %d images, a step in ms)\n", r.Runs[0].all[0].Samples)
	fmt.Println("  workers         images/s  GFLOP/s  of ceiling  eval/s  epoch s | deal forward backward send  wait update other |  sent MB  long task  worker MB  tab MB")
	for _, run := range r.Runs {
		what := "alone"
		if run.Page {
			what = "on the page"
		} else if run.Apart > 0 {
			what = fmt.Sprintf("%d times apart", run.Apart)
		}
		if run.Best {
			what = "best epoch"
		}
		t := run.StepMS
		fmt.Printf("  %d %-13s %8.0f %8.1f %11.2f %7.0f %8.1f | %4.1f %7.1f %8.1f %4.1f %5.1f %6.1f %5.1f | %8.2f %10d %10.0f %7.0f\n",
			run.Workers, what, run.ImagesPerS, run.GFLOPS, run.Share, run.EvalPerS, run.EpochS,
			t.DealMS, t.ForwardMS, t.BackwardMS, t.SendMS, t.WaitMS, t.UpdateMS, run.OtherMS,
			float64(t.SentBytes)/1e6, run.LongTaskMS, run.WorkerMB, run.RendererMB)
	}
}

func median(x []float64) float64 {
	s := slices.Sorted(slices.Values(x))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

// middle is where the middle half of x begins and ends.
func middle(x []float64) (from, to float64) {
	s := slices.Sorted(slices.Values(x))
	return s[len(s)/4], s[len(s)-1-len(s)/4]
}
