//go:build e2e

package web

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestE2EBinary starts the program of make binary in an empty folder and does a
// short run on the page that it serves: it has everything in it.
func TestE2EBinary(t *testing.T) {
	t.Parallel()
	name := "convlens-" + runtime.GOOS + "-" + runtime.GOARCH
	program, err := filepath.Abs(filepath.Join("..", ".cache", "build", name))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-open=false", "-port", "0")
	cmd.Dir, cmd.Env = t.TempDir(), []string{}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("make binary makes it: %v", err)
	}
	defer func() {
		cmd.Process.Signal(os.Interrupt)
		if err := cmd.Wait(); err != nil {
			t.Errorf("Ctrl-C ends the program with %v", err)
		}
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var url string
	for _, word := range strings.Fields(line) {
		if strings.HasPrefix(word, "http://127.0.0.1:") {
			url = word
		}
	}
	if url == "" {
		t.Fatalf("the program tells no address: %q", line)
	}
	p := openTab(t, startBrowser(t), url+shortRun+"&autoplay=1")
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("the fingerprint is %s, expected %s", got, want)
	}
}
