package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shell is where the page's own files stand, which the service worker keeps for
// offline use.
type shell struct {
	State shellState
	Bytes int // kept, when stored
}

type shellState int

const (
	shellUnknown    shellState = iota
	shellStoring               // the service worker is fetching them
	shellStored                // all are kept
	shellIncomplete            // one could not be fetched or stored, so none is kept
	shellRefused               // the browser keeps nothing here
	shellInsecure              // ... because the address is not https
)

// serviceWorkerScript is its address, which lies beside the page.
const serviceWorkerScript = "app-worker.js"

// shellPrefix begins the names of the service worker's caches; see
// web/serviceworker.js.
const shellPrefix = "convlens-shell:"

// watchShell follows the service worker until the page's files are stored, or
// can't be.
func (p *page) watchShell(ctx app.Context) {
	tell := func(s shell) {
		ctx.Dispatch(func(app.Context) {
			p.desk.Shell = s
			p.desk.touch(topicStorage)
		})
	}
	ctx.Async(func() { followShell(p.desk.Build, tell) })
}

// followShell tells where the page's files stand, first and last.
func followShell(build string, tell func(shell)) {
	if !app.Window().Get("isSecureContext").Truthy() {
		tell(shell{State: shellInsecure})
		return
	}
	container, err := property(app.Window().Get("navigator"), "serviceWorker")
	if err != nil || !container.Truthy() {
		tell(shell{State: shellRefused})
		return
	}
	// go-app registers it too: the second call gives the same registration, or
	// the reason why there is none.
	registration, err := await(container.Call("register", serviceWorkerScript))
	if err != nil {
		tell(shell{State: shellRefused})
		return
	}
	if !registration.Get("active").Truthy() {
		tell(shell{State: shellStoring})
		if !activated(registration) {
			tell(shell{State: shellIncomplete})
			return
		}
	}
	bytes := shellBytes(registration, build)
	if bytes == 0 {
		tell(shell{State: shellIncomplete})
		return
	}
	tell(shell{State: shellStored, Bytes: bytes})
}

// activated waits until a registration's first worker has stored everything and
// is active; it returns false if the worker gave up.
func activated(registration app.Value) bool {
	worker := registration.Get("installing")
	if !worker.Truthy() {
		worker = registration.Get("waiting")
	}
	if !worker.Truthy() {
		return registration.Get("active").Truthy()
	}
	changed := make(chan struct{}, 4) // it has four states to come
	listener := app.FuncOf(func(app.Value, []app.Value) any {
		changed <- struct{}{}
		return nil
	})
	defer listener.Release()
	worker.Call("addEventListener", "statechange", listener)
	defer worker.Call("removeEventListener", "statechange", listener)
	for {
		switch worker.Get("state").String() {
		case "activated":
			return true
		case "redundant":
			return registration.Get("active").Truthy()
		}
		<-changed
	}
}

// shellBytes is the size of the files that are kept: those of the page's own
// version or, once a newer one has taken its place, of that.
func shellBytes(registration app.Value, build string) int {
	caches, err := property(app.Window(), "caches")
	if err != nil || !caches.Truthy() {
		return 0
	}
	names, err := await(caches.Call("keys"))
	if err != nil {
		return 0
	}
	scope := app.Window().Get("URL").New(registration.Get("scope")).Get("pathname").String()
	prefix, kept := shellPrefix+scope+":", ""
	for i := range names.Length() {
		name := names.Index(i).String()
		if name == prefix+build || kept == "" && strings.HasPrefix(name, prefix) {
			kept = name
		}
	}
	if kept == "" {
		return 0
	}
	return cacheBytes(caches, kept)
}

// cacheBytes is the size of what is in a cache, 0 if it can't be read.
func cacheBytes(caches app.Value, name string) (sum int) {
	cache, err := await(caches.Call("open", name))
	if err != nil {
		return 0
	}
	files, err := await(cache.Call("matchAll"))
	if err != nil {
		return 0
	}
	for i := range files.Length() {
		blob, err := await(files.Index(i).Call("blob"))
		if err != nil {
			return 0
		}
		sum += blob.Get("size").Int()
	}
	return sum
}
