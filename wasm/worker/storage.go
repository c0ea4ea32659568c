//go:build js

package worker

import "syscall/js"

// bucket is the name of the cache for datasets. It is not the service worker's,
// which goes with each version of the site.
const bucket = "convlens-data-1"

// cache opens the bucket; ok is false where the browser has none to give (a
// plain http address, a private window, a sandboxed frame).
func (h *host) cache() (cache js.Value, ok bool) {
	// Merely looking at caches may throw, which ends the program in Get and is a
	// panic in Call.
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	// What Get throws nobody can catch: it would end the program.
	caches := h.self.Get("Reflect").Call("get", h.self, "caches")
	if !caches.Truthy() {
		return caches, false
	}
	cache, err := await(caches.Call("open", bucket))
	return cache, err == nil
}

// Stored returns a stored file, or nil.
func (h *host) Stored(url string) []byte {
	cache, ok := h.cache()
	if !ok {
		return nil
	}
	response, err := await(cache.Call("match", h.resolve(url)))
	if err != nil || !response.Truthy() {
		return nil
	}
	buffer, err := await(response.Call("arrayBuffer"))
	if err != nil {
		return nil
	}
	return appendJS(nil, js.Global().Get("Uint8Array").New(buffer))
}

// Store keeps a file.
func (h *host) Store(url string, data []byte) bool {
	cache, ok := h.cache()
	if !ok {
		return false
	}
	_, err := await(cache.Call("put", h.resolve(url), js.Global().Get("Response").New(newArray(data))))
	return err == nil
}

// Forget drops a stored file.
func (h *host) Forget(url string) {
	if cache, ok := h.cache(); ok {
		await(cache.Call("delete", h.resolve(url)))
	}
}
