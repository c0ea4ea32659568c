//go:build e2e

package web

import (
	"encoding/base64"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"convlens/nn/intake/intaketest"
	"convlens/nn/mnist"
)

// giveScript gives files to the page as a dialog would: [[name, base64], ...].
const giveScript = `
	window.give = (id, list) => {
		const files = list.map(([name, data]) => {
			const file = new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name.split("/").at(-1));
			if (name.includes("/")) Object.defineProperty(file, "webkitRelativePath", { value: name });
			return file;
		});
		const input = document.getElementById(id);
		Object.defineProperty(input, "files", { value: files, configurable: true });
		input.dispatchEvent(new Event("change", { bubbles: true }));
	};`

// give has the page open files.
func (p *tab) give(files []intaketest.File) {
	p.Helper()
	var list []string
	for _, f := range files {
		list = append(list, fmt.Sprintf("[%q,%q]", f.Name, base64.StdEncoding.EncodeToString(f.Bytes)))
	}
	eval[any](p, `void give("own-files", [`+strings.Join(list, ",")+`])`)
}

// TestE2EOwnBroken gives the page files of which each is broken in its own way,
// while a run trains: each is told apart, in words, and neither the run nor the
// memory notice.
func TestE2EOwnBroken(t *testing.T) {
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&seed=3&epochs=50&limit=1280", giveScript)
	p.ready()
	p.press("Train")
	p.wait("the run", 60*time.Second, progressNow+" > 0")
	step := func() int {
		return decodeProgress(t, eval[[]int](p, "window.lastProgress")).Step
	}
	begin, before := step(), p.rendererMB("VmRSS:")
	worker := eval[int](p, `Number(document.getElementById("machine").dataset.memory)`)
	said := map[string]string{}
	given := 0
	for _, c := range intaketest.BrokenCases(t) {
		// What can't be given to a page: no files at all, or names that it makes of bytes.
		if len(c.Files) == 0 || len(c.Files) > 1000 {
			continue
		}
		given++
		p.give(c.Files)
		p.wait(c.Name, 30*time.Second, alertText)
		got := eval[string](p, alertText)
		if !strings.Contains(got, "Your files can't be used:") || !strings.Contains(got, strings.TrimSuffix(c.Msg, ".")) || !strings.Contains(got, path.Base(c.File)) && c.File != "" {
			t.Errorf("%s: the page says %q, expected %s: %s", c.Name, got, c.File, c.Msg)
		}
		if other := said[got]; other != "" {
			t.Errorf("%s: the page says what it says of %s: %s", c.Name, other, got)
		}
		said[got] = c.Name
		if given == 1 {
			p.look("own-broken")
		}
		eval[any](p, `void document.getElementById("dismiss-load").click()`)
		p.wait("no alert", 10*time.Second, "!"+alertText)
	}
	end := step()
	memory := eval[int](p, `Number(document.getElementById("machine").dataset.memory)`)
	t.Logf("%d broken inputs, %d messages, during steps %d to %d; worker %d to %d MB, tab %.0f to %.0f MB",
		given, len(said), begin, end, worker/1_000_000, memory/1_000_000, before, p.rendererMB("VmHWM:"))
	if given < 80 || len(said) != given {
		t.Errorf("%d messages for %d inputs", len(said), given)
	}
	if end <= begin || eval[string](p, `document.getElementById("run-state").dataset.state`) != "training" && eval[string](p, `document.getElementById("run-state").dataset.state`) != "evaluating" {
		t.Errorf("the run went from step %d to %d", begin, end)
	}
	if memory > worker+16<<20 {
		t.Errorf("the worker's memory went from %d to %d bytes", worker, memory)
	}
	if got := eval[string](p, `document.getElementById("data-train-shape").textContent`); !strings.HasSuffix(got, "1, 28, 28)") {
		t.Errorf("the data in use have the shape %s", got)
	}
}

// TestE2EOwnBeside opens good files during a run, which keeps its own data to its
// end, and then uses them.
func TestE2EOwnBeside(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+"?data=digits&seed=3&limit=3840", giveScript)
	p.ready()
	s := shapes(3, 90, 3, 1, 20, 24)
	good := []intaketest.File{{Name: "x", Bytes: mnist.EncodeImages(s)}, {Name: "y", Bytes: mnist.EncodeLabels(s.Labels)}}
	p.press("Train")
	p.wait("the run", 60*time.Second, progressNow+" > 0")
	p.give(good)
	p.wait("what was found", 30*time.Second, found)
	if got := eval[string](p, found); !strings.Contains(got, "x: 75 training and 15 test images") || !strings.Contains(got, "The run under way keeps Generated digits.") {
		t.Errorf("found %s", got)
	}
	if !eval[bool](p, `document.getElementById("source-files").disabled`) {
		t.Error("the data can be changed during a run")
	}
	p.wait("the end", 120*time.Second, fingerprint)
	if got := eval[string](p, `document.getElementById("data-title").textContent`); !strings.Contains(got, "Generated digits") {
		t.Errorf("the run was on %s", got)
	}
	p.press("Your files")
	p.wait("the files", 20*time.Second, `document.getElementById("data-train-shape").textContent === "(75, 1, 20, 24)"`)
	p.press("Generated digits")
	p.wait("the digits", 20*time.Second, `document.getElementById("data-title").textContent.includes("Generated digits")`)
	p.press("Your files")
	p.wait("the files", 20*time.Second, `document.getElementById("data-train-shape").textContent === "(75, 1, 20, 24)"`)
}
