package app

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shell is where the page's own files stand, which the service worker keeps for
// offline use.
type shell struct {
	State   shellState
	Bytes   int  // kept, when stored
	Renewed bool // a newer version is there, and takes over at the next Update
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

// watchShell follows the service worker for as long as the page is open.
func (p *page) watchShell(ctx app.Context) {
	tell := func(s shell) {
		ctx.Dispatch(func(app.Context) {
			p.desk.keepShell(s)
		})
	}
	ready := p.ready
	ctx.Async(func() { followShell(p.desk.Build, ready, tell) })
}

// keepShell takes over where the page's files stand.
func (d *desk) keepShell(s shell) {
	d.Shell = s
	d.touch(topicStorage, topicFault)
	d.learnPace()
}

// followShell tells where the page's files stand, at first and after each change.
// On a first visit they are not stored before the page is ready.
func followShell(build string, ready <-chan struct{}, tell func(shell)) {
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
	changed := make(chan struct{}, 1)
	listener := app.FuncOf(func(app.Value, []app.Value) any {
		select {
		case changed <- struct{}{}:
		default:
		}
		return nil
	})
	defer listener.Release()
	registration.Call("addEventListener", "updatefound", listener)
	for {
		if worker := registration.Get("installing"); worker.Truthy() {
			worker.Call("addEventListener", "statechange", listener)
		}
		if worker := registration.Get("waiting"); worker.Truthy() {
			worker.Call("addEventListener", "statechange", listener)
		}
		switch active := registration.Get("active"); {
		case active.Truthy() && active.Get("state").String() == "activating":
			// It is deleting the other versions' files, and looking at those would
			// make their cache anew.
			active.Call("addEventListener", "statechange", listener)
		case active.Truthy():
			tell(storedShell(registration, build))
		case registration.Get("installing").Truthy(), registration.Get("waiting").Truthy():
			tell(shell{State: shellStoring})
		default:
			tell(shell{State: shellIncomplete})
		}
		select {
		case <-changed:
		case <-ready:
			ready = nil
			if worker := registration.Get("installing"); worker.Truthy() {
				worker.Call("postMessage", "store")
			}
		}
	}
}

// activateWaiting lets a newer version that waits take the place of the page's own, of
// which nothing is kept afterwards: it is time to load the page anew.
func activateWaiting() {
	container, err := property(app.Window().Get("navigator"), "serviceWorker")
	if err != nil || !container.Truthy() {
		return
	}
	registration, err := await(container.Call("getRegistration"))
	if err != nil || !registration.Truthy() {
		return
	}
	worker := registration.Get("waiting")
	if !worker.Truthy() {
		return
	}
	changed := make(chan struct{}, 4) // it has three states to come
	listener := app.FuncOf(func(app.Value, []app.Value) any {
		changed <- struct{}{}
		return nil
	})
	defer listener.Release()
	worker.Call("addEventListener", "statechange", listener)
	defer worker.Call("removeEventListener", "statechange", listener)
	worker.Call("postMessage", "skip waiting")
	// It waits for what the active one is doing. Should that take long, the page
	// is loaded as it is, and tells of the newer version again.
	limit := time.After(5 * time.Second)
	for {
		switch worker.Get("state").String() {
		case "activated", "redundant":
			return
		}
		select {
		case <-changed:
		case <-limit:
			return
		}
	}
}

// storedShell looks at the files that the service workers keep: those of the page's
// own version or, once a newer one has taken its place, of that.
func storedShell(registration app.Value, build string) shell {
	incomplete := shell{State: shellIncomplete}
	caches, err := property(app.Window(), "caches")
	if err != nil || !caches.Truthy() {
		return incomplete
	}
	names, err := await(caches.Call("keys"))
	if err != nil {
		return incomplete
	}
	scope := app.Window().Get("URL").New(registration.Get("scope")).Get("pathname").String()
	prefix, kept, newest := shellPrefix+scope+":", "", "" // names are in the order of their making
	for i := range names.Length() {
		name := names.Index(i).String()
		if !strings.HasPrefix(name, prefix) {
			continue
		}
		newest = name
		if name == prefix+build {
			kept = name
		}
	}
	gone := kept == ""
	if gone {
		kept = newest
	}
	if kept == "" {
		return incomplete
	}
	bytes := cacheBytes(caches, kept)
	if bytes == 0 {
		return incomplete
	}
	stored := gone || registration.Get("waiting").Truthy() || !registration.Get("installing").Truthy()
	renewed := build != "" && newest != prefix+build && stored
	return shell{State: shellStored, Bytes: bytes, Renewed: renewed}
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
