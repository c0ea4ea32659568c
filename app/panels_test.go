package app

import (
	"slices"
	"testing"

	"convlens/nn/wire"

	"golang.org/x/net/html"
)

// Every panel shows its own part with the run's buttons, and none of what
// belongs to the whole page only.
func TestPanels(t *testing.T) {
	parts := []string{"status", "kernels-conv2d_1", "maps", "data-heading", "theme", "brand"}
	for name, want := range map[string][]string{
		"":        {"status", "kernels-conv2d_1", "maps", "data-heading", "theme"},
		"train":   {"status"},
		"kernels": {"kernels-conv2d_1"},
		"maps":    {"maps"},
		"all":     {"status", "kernels-conv2d_1", "maps", "data-heading"},
	} {
		d := lively(t)
		d.Query.Embed = name
		root := rendered(t, d)
		shown := map[string]bool{}
		for _, id := range want {
			shown[id] = true
		}
		for _, id := range parts {
			if n := len(find(root, "id", id)); n > 1 || (n == 1) != shown[id] {
				t.Errorf("embed=%s shows %d of %s", name, n, id)
			}
		}
		byID(t, root, "run-primary")
		if n := len(find(root, "class", "lead")); (n == 1) != (name == "") {
			t.Errorf("embed=%s has %d leads", name, n)
		}
	}
	if want := slices.Concat([]string{"train"}, lensKeys(), []string{"data", "draw", "all"}); !slices.Equal(panelNames(), want) {
		t.Errorf("the panels are %q, expected %q", panelNames(), want)
	}
}

// A frame leads to the whole page, with the run and the choices of the frame.
func TestFrameLink(t *testing.T) {
	d, _ := opened(t, "embed=maps&theme=dark&data=digits&seed=7&layer=conv2d_2")
	link := func() string { return attr(byID(t, rendered(t, d), "open-whole"), "href") }
	if got := link(); got != "./?data=digits&layer=conv2d_2&lens=maps&seed=7" {
		t.Errorf("the link is %q", got)
	}
	d, _ = opened(t, "embed=train")
	if got := link(); got != "./" {
		t.Errorf("the link of a frame without settings is %q", got)
	}
}

// In a sandbox without an origin no worker starts: the frame says what it
// takes, and where else to go, in every panel.
func TestFrameSandboxed(t *testing.T) {
	for _, name := range panelNames() {
		d, _ := opened(t, "embed="+name)
		d.Sandboxed = true
		d.handle(&wire.Failed{Doing: "starting the worker", Detail: "SecurityError", Fatal: true})
		root := rendered(t, d)
		alerts := find(root, "role", "alert")
		if len(alerts) != 1 || text(alerts[0]) != english.Sandboxed+" "+english.OpenWhole {
			t.Errorf("embed=%s: %d alerts, the first says %q", name, len(alerts), text(first(alerts)))
		}
	}
}

func first(nodes []*html.Node) *html.Node {
	if len(nodes) == 0 {
		return &html.Node{}
	}
	return nodes[0]
}
