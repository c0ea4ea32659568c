//go:build e2e

package web

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// processors is how many seconds of processors' time all threads of the tab's
// browser have had but its workers, those that have ended left out. It reads
// Linux's /proc.
func (p *tab) processors() (seconds float64) {
	p.Helper()
	family := []int{chromedp.FromContext(p.ctx).Browser.Process().Pid}
	children := processChildren(p)
	for i := 0; i < len(family); i++ {
		family = append(family, children[family[i]]...)
	}
	for _, pid := range family {
		threads, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*")
		for _, dir := range threads {
			name, err := os.ReadFile(dir + "/comm")
			if err != nil || strings.HasPrefix(string(name), "DedicatedWorker") {
				continue
			}
			if stat, err := os.ReadFile(dir + "/schedstat"); err == nil {
				ns, err := strconv.ParseFloat(strings.Fields(string(stat))[0], 64)
				if err != nil {
					p.Fatalf("%s/schedstat: %v", dir, err)
				}
				seconds += ns / 1e9
			}
		}
	}
	return seconds
}

// processChildren lists all processes by their parents.
func processChildren(t testing.TB) map[int][]int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, f := range stats {
		b, err := os.ReadFile(f)
		if err != nil { // ended
			continue
		}
		// pid (name) state parent ...; a name may have spaces and brackets
		s := string(b)
		after := strings.Fields(s[strings.LastIndex(s, ")")+1:])
		pid, err := strconv.Atoi(s[:strings.Index(s, " ")])
		parent, err2 := strconv.Atoi(after[1])
		if err != nil || err2 != nil {
			t.Fatalf("%s: %q", f, s)
		}
		children[parent] = append(children[parent], pid)
	}
	return children
}
