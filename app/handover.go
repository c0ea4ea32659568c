package app

import (
	"fmt"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// When the page is updated, the checkpoint of its run waits in a cache for the
// new version. That is one of this tab only: others have their own runs.
const (
	handoverKey   = "convlens-handover" // in sessionStorage: the name of the tab's cache
	handoverStart = "convlens-handover:"
)

// The entries of the cache: the message, and the bytes that travel beside it.
const (
	handoverMessage = "checkpoint"
	handoverBlob    = "checkpoint-data"
)

// handOver keeps a checkpoint for the page that this tab loads next.
func handOver(ctx app.Context, c *wire.Checkpoint, then func(app.Context, error)) {
	name := handoverStart + app.Window().URL().Path + ":" + formatFixed(app.Window().Get("Date").Call("now").Float(), 0)
	ctx.Async(func() {
		err := keepCheckpoint(name, c)
		ctx.Dispatch(func(ctx app.Context) {
			if err == nil {
				err = ctx.SessionStorage().Set(handoverKey, name)
			}
			then(ctx, err)
		})
	})
}

func keepCheckpoint(name string, c *wire.Checkpoint) error {
	data, ok := c.Data.Held.(app.Value)
	if !ok {
		return fmt.Errorf("app: the checkpoint of step %d has no data", c.Step)
	}
	cache, err := openCache(name)
	if err != nil {
		return err
	}
	b := wire.Encode(c)
	message := app.Window().Get("Uint8Array").New(len(b))
	app.CopyBytesToJS(message, b)
	for at, array := range map[string]app.Value{handoverMessage: message, handoverBlob: data} {
		if _, err := await(cache.Call("put", at, app.Window().Get("Response").New(array))); err != nil {
			return fmt.Errorf("app: keeping the checkpoint: %w", err)
		}
	}
	return nil
}

func openCache(name string) (app.Value, error) {
	caches, err := property(app.Window(), "caches")
	if err != nil || !caches.Truthy() {
		return nil, fmt.Errorf("app: the browser has no caches (%v)", err)
	}
	return await(caches.Call("open", name))
}

// handedOver is the name of the tab's cache, or "" if it kept no checkpoint.
func handedOver() string { return remembered("sessionStorage", handoverKey) }

// takeOver gives then the checkpoint that this tab kept in the cache of that name
// before it loaded the page, or nil if it can't be read.
func takeOver(ctx app.Context, name string, then func(*wire.Checkpoint)) {
	ctx.SessionStorage().Del(handoverKey)
	ctx.Async(func() {
		c, err := readCheckpoint(name)
		if err != nil { // as from a version with other messages
			app.Log(err)
		}
		ctx.Dispatch(func(app.Context) { then(c) })
	})
}

// readCheckpoint takes a checkpoint out of its cache.
func readCheckpoint(name string) (*wire.Checkpoint, error) {
	cache, err := openCache(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if caches, err := property(app.Window(), "caches"); err == nil {
			await(caches.Call("delete", name))
		}
	}()
	message, err := cacheArray(cache, handoverMessage)
	if err != nil {
		return nil, err
	}
	b := make([]byte, message.Get("length").Int())
	app.CopyBytesToGo(b, message)
	m, err := wire.Decode(b)
	if err != nil {
		return nil, err
	}
	c, ok := m.(*wire.Checkpoint)
	if !ok {
		return nil, fmt.Errorf("app: %s was kept, expected a Checkpoint", wire.Name(m))
	}
	c.Data.Held, err = cacheArray(cache, handoverBlob)
	return c, err
}

// cacheArray returns an entry of a cache as a Uint8Array.
func cacheArray(cache app.Value, at string) (app.Value, error) {
	response, err := await(cache.Call("match", at))
	if err != nil {
		return nil, err
	}
	if !response.Truthy() {
		return nil, fmt.Errorf("app: no %s was kept", at)
	}
	buffer, err := await(response.Call("arrayBuffer"))
	if err != nil {
		return nil, err
	}
	return app.Window().Get("Uint8Array").New(buffer), nil
}
