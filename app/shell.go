package app

import (
	"strings"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// shell is where the page's own files stand, which the service worker keeps for
// offline use.
type shell struct {
	State   shellState
	Bytes   int  // kept, when stored
	Renewed bool // they are a newer version's, which comes with the next load
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
// can't be, and no newer ones are on their way.
func (p *page) watchShell(ctx app.Context) {
	tell := func(s shell) {
		ctx.Dispatch(func(app.Context) {
			p.desk.Shell = s
			p.desk.touch(topicStorage, topicFault)
		})
	}
	ctx.Async(func() { followShell(p.desk.Build, tell) })
}

// OnAppUpdate comes from go-app when the service worker has stored a newer
// version.
func (p *page) OnAppUpdate(ctx app.Context) { p.watchShell(ctx) }

// followShell tells where the page's files stand, at first and after each change.
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
	if registration.Get("active").Truthy() {
		tell(storedShell(registration, build))
	} else {
		tell(shell{State: shellStoring})
	}
	// go-app hears only of those updates that begin after it has registered, and
	// browsers look for one as soon as the page is opened.
	if settled(registration) {
		tell(storedShell(registration, build))
	} else {
		tell(shell{State: shellIncomplete})
	}
}

// settled waits until the worker that is being installed has stored everything or
// given up. It returns false if there is none to use then.
func settled(registration app.Value) bool {
	worker := registration.Get("installing")
	if !worker.Truthy() {
		worker = registration.Get("waiting")
	}
	if !worker.Truthy() {
		worker = registration.Get("active")
	}
	if !worker.Truthy() {
		return false
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

// storedShell looks at the files that an active service worker keeps: those of
// the page's own version or, once a newer one has taken its place, of that.
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
	prefix, kept := shellPrefix+scope+":", ""
	for i := range names.Length() {
		name := names.Index(i).String()
		if name == prefix+build || kept == "" && strings.HasPrefix(name, prefix) {
			kept = name
		}
	}
	if kept == "" {
		return incomplete
	}
	bytes := cacheBytes(caches, kept)
	if bytes == 0 {
		return incomplete
	}
	return shell{State: shellStored, Bytes: bytes, Renewed: build != "" && kept != prefix+build}
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
