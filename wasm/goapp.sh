#!/bin/sh
# Makes the go-app that goes into the program: a copy without its server, which
# has no business in a browser and links net/http with all its cryptography, a
# sixth of the program; and one that gives the browser its thread back in the middle
# of long work. What this leaves out and changes is listed here. Writes
#
#	goapp/       the copy
#	goapp.mod    go.mod with the copy in the place of the module, for -modfile
#
# into the folder that it is given, below the top of the repository.
set -eu

to=$1
module=github.com/maxence-charriere/go-app/v10

go mod download $module
from=$(go list -m -f '{{.Dir}}' $module)
rm -rf "$to/goapp"
mkdir -p "$to/goapp/pkg"
cp "$from/go.mod" "$from/LICENSE" "$to/goapp/"
cp -R "$from/pkg/app" "$from/pkg/errors" "$to/goapp/pkg/"
chmod -R u+w "$to/goapp"

cd "$to/goapp/pkg/app"
rm -rf gen ./*_test.go ../errors/*_test.go
rm http.go resource.go scripts.go scripts_wasm.go static.go wasm.go wasmexec.go
# Of the files above, the rest needs one function: where the host has "/web/...".
cat > client.go <<'GO'
package app

import "strings"

func clientResourceResolver(web string) func(string) string {
	return func(location string) string {
		if file, ok := strings.CutPrefix(location, "/web/"); ok {
			return web + "/" + file
		}
		return location
	}
}
GO

# go-app does all work that waits in one task: a view with a few hundred elements
# keeps the browser from answering for a quarter of a second. Here it rests between
# elements, components and dispatches. An event ends the rest, and there is no other
# before it has been dealt with: as without rests that is done before the browser
# goes on, which an event's currentTarget and preventDefault rely on. Tests read
# resting, when what they see may be half of a frame, and framing, which is until all
# is shown that has been asked for.
cat > rest.go <<'GO'
package app

import (
	"syscall/js"
	"time"
)

// slice is how long the thread is kept at a time.
const slice = 8 * time.Millisecond

var (
	begun   time.Time // of the task, as far as that is known
	resting bool
	rested  = make(chan struct{}, 1)
	waiting int // events that have not been dealt with
	port    js.Value
)

// awake says that a task began, if the thread has been idle since a time.
func awake(since time.Time) {
	if now := time.Now(); now.Sub(since) > time.Millisecond {
		begun = now
	}
}

// rest lets the browser do what waits, if the task has taken long enough. A message
// comes back at once, also on a page that is not seen; a timer may take seconds.
func rest() {
	if waiting > 0 || resting || time.Since(begun) < slice { // resting is another goroutine
		return
	}
	if port.IsUndefined() {
		channel := js.Global().Get("MessageChannel").New()
		channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
			wake()
			return nil
		}))
		port = channel.Get("port2")
	}
	resting = true
	js.Global().Set("resting", true)
	port.Call("postMessage", nil)
	<-rested
	js.Global().Set("resting", false)
	begun = time.Now()
}

func wake() {
	if resting {
		resting = false
		rested <- struct{}{}
	}
}

var (
	framing bool
	shown   time.Time // the last frame's end
)

// frame says whether there is something to be shown.
func frame(now bool) {
	if now != framing {
		framing = now
		js.Global().Set("framing", now)
	}
	if !now {
		shown = time.Now()
	}
}

// due is how long a frame has to wait at a rate of one in so long.
func due(rate time.Duration) time.Duration {
	return max(time.Nanosecond, rate-time.Since(shown))
}

// hurry is called as an event comes, and deal when it has been dealt with.
func hurry() {
	waiting++
	wake()
}

func deal() { waiting-- }
GO
# before file function line inserted: fails if go-app is not as expected.
before() {
	awk -v function_="$2" -v line="$3" -v inserted="$4" '
		/^func / { within = index($0, function_) }
		within && index($0, line) { print inserted; found = 1 }
		{ print }
		END { exit !found }' "$1" > "$1.new" || { echo "goapp.sh: $2 in $1 has no $3" >&2; exit 1; }
	mv "$1.new" "$1"
}
before node.go ' mountHTML(' 'createElement(' 'rest()'
before node.go ' renderComponent(' 'v.Render()' 'rest()'
before node.go ' mountHTMLEventHandler(' 'ctx.Dispatch(' 'hurry(); defer ctx.dispatch(deal)'
# A click outside a link, which is most of them, is nothing to hurry for: the frame
# that a button's handler asks for could not rest.
before browser.go ' handleAnchorClick(' 'ctx.dispatch(' 'if t := args[0].Get("target"); t.Get("closest").Truthy() && !t.Call("closest", "a").Truthy() { return nil }; hurry(); defer ctx.dispatch(deal)'
before engine.go ' Start(' 'select {' 'idle := time.Now()'
before engine.go ' Start(' 'if currentFrameDuration' 'frame(true); awake(idle); rest()'
# go-app waits for a frame's length before it shows what it is asked for, even if it
# has shown nothing for long. Every answer to the visitor would be that late.
before engine.go ' Start(' 'currentFrameDuration = activeFrameDuration' 'frames.Reset(due(activeFrameDuration))'
before engine.go ' Start(' 'frames.Reset(iddle' 'frame(false)'
# Before a frame comes what belongs to an event: until that is dealt with there is no
# rest.
before engine.go ' Start(' 'e.processFrame()' 'awake(idle); for waiting > 0 { (<-e.dispatches)() }'
cd - >/dev/null

cp go.mod "$to/goapp.mod"
cp go.sum "$to/goapp.sum"
go mod edit -replace=$module="./$to/goapp" "$to/goapp.mod"
