package app

import (
	"errors"
	"fmt"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// await waits for a promise, on a goroutine that is not go-app's UI goroutine.
func await(promise app.Value) (app.Value, error) {
	type outcome struct {
		v   app.Value
		err error
	}
	done := make(chan outcome, 1)
	then := app.FuncOf(func(_ app.Value, args []app.Value) any {
		done <- outcome{v: args[0]}
		return nil
	})
	catch := app.FuncOf(func(_ app.Value, args []app.Value) any {
		done <- outcome{err: errors.New(args[0].Call("toString").String())}
		return nil
	})
	defer then.Release()
	defer catch.Release()
	promise.Call("then", then, catch)
	o := <-done
	return o.v, o.err
}

// property reads a property of a JavaScript object. Where the browser refuses
// storage, merely looking at what stands for it may throw: in Get that ends the
// page's program, in Call it is a panic.
func property(v app.Value, name string) (p app.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return app.Window().Get("Reflect").Call("get", v, name), nil
}
