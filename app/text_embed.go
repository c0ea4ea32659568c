package app

import (
	"fmt"
	"strings"
)

const (
	textOpenWhole = "Open in Convlens"
	textEmbedding = "Show Convlens in your own page"
	textSandboxed = "The page around this frame keeps it in a sandbox in which nothing can be trained: " +
		"sandbox=\"allow-scripts allow-same-origin\" is needed. Convlens itself can be opened in a window of its own."
)

func textExpectedOneOf(names []string) string {
	return fmt.Sprintf("expected one of %s", strings.Join(names, ", "))
}
