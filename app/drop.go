package app

import (
	"errors"
	"strings"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// mostChosen is where looking for files in folders ends: the worker says that
// there are too many.
const mostChosen = 100_001

// takeChosen opens the files that were chosen in a dialog, and empties the input
// so that the same ones can be chosen again.
func (d *desk) takeChosen(input app.Value) {
	files := app.Window().Get("Array").Call("from", input.Get("files"))
	input.Set("value", "")
	c := chosenFiles{Held: files}
	for i := range files.Length() {
		f := files.Index(i)
		name := f.Get("name").String()
		if path := f.Get("webkitRelativePath"); path.Truthy() {
			name = path.String()
		}
		c.Files = append(c.Files, wire.OwnFile{Name: name, Bytes: int(f.Get("size").Float())})
	}
	if len(c.Files) > 0 { // else the dialog was left
		d.openFiles(c)
	}
}

// dropping are the functions that listen to files over the page.
type dropping struct {
	over, leave, drop app.Func
}

// watchDrop opens files that are dropped anywhere on the page, where its data are
// shown.
func (p *page) watchDrop(ctx app.Context) {
	if e := p.desk.Query.Embed; e != "" && e != wholePanel {
		return
	}
	body := app.Window().Get("document").Get("body").Get("dataset")
	on := func(do func(e app.Event)) app.Func {
		return app.FuncOf(func(_ app.Value, args []app.Value) any {
			if e := (app.Event{Value: args[0]}); dragsFiles(e) {
				do(e)
			}
			return nil
		})
	}
	p.dropping = dropping{
		over: on(func(e app.Event) {
			e.PreventDefault()
			e.Get("dataTransfer").Set("dropEffect", "copy")
			body.Set("dropping", "1")
		}),
		leave: on(func(e app.Event) {
			if !e.Get("relatedTarget").Truthy() { // out of the window
				body.Set("dropping", "")
			}
		}),
		drop: on(func(e app.Event) {
			e.PreventDefault()
			body.Set("dropping", "")
			entries := droppedEntries(e.Get("dataTransfer")) // at once: afterwards they are gone
			ctx.Dispatch(func(ctx app.Context) { p.takeDropped(ctx, entries) })
		}),
	}
	for name, f := range p.dropping.listeners() {
		app.Window().Call("addEventListener", name, f)
	}
}

func (w dropping) listeners() map[string]app.Func {
	return map[string]app.Func{"dragover": w.over, "dragleave": w.leave, "drop": w.drop}
}

func (p *page) unwatchDrop() {
	if p.dropping.drop == nil {
		return
	}
	for name, f := range p.dropping.listeners() {
		app.Window().Call("removeEventListener", name, f)
		f.Release()
	}
}

// dragsFiles says whether files are dragged, not text or pictures of the page.
func dragsFiles(e app.Event) bool {
	t := e.Get("dataTransfer")
	return t.Truthy() && t.Get("types").Call("includes", "Files").Bool()
}

// A dropped entry is a file, or what the browser gives for a file or folder.
type dropped struct {
	file, entry app.Value
}

// droppedEntries returns what was dropped.
func droppedEntries(transfer app.Value) (list []dropped) {
	items := transfer.Get("items")
	for i := range items.Length() {
		item := items.Index(i)
		if item.Get("kind").String() != "file" {
			continue
		}
		if item.Get("webkitGetAsEntry").Truthy() {
			if entry := item.Call("webkitGetAsEntry"); entry.Truthy() {
				list = append(list, dropped{entry: entry})
				continue
			}
		}
		list = append(list, dropped{file: item.Call("getAsFile")})
	}
	return list
}

// takeDropped opens what was dropped: files, and those in folders.
func (p *page) takeDropped(ctx app.Context, list []dropped) {
	d := p.desk
	d.own.walking = 0
	ctx.Async(func() {
		w := walk{files: app.Window().Get("Array").New(), told: func(n int) {
			ctx.Dispatch(func(app.Context) {
				d.own.walking = n
				d.touch(topicData)
			})
		}}
		err := w.all(list)
		ctx.Dispatch(func(app.Context) {
			d.own.walking = 0
			d.touch(topicData)
			switch {
			case err != nil:
				d.State.LoadFailed = &wire.LoadFailed{Name: wire.OwnFiles, Kind: wire.Missing, Detail: err.Error()}
			default:
				d.openFiles(chosenFiles{w.list, w.files})
			}
		})
	})
}

// A walk collects the files in what was dropped.
type walk struct {
	list  []wire.OwnFile
	files app.Value // array, in the same order
	told  func(n int)
}

func (w *walk) all(list []dropped) error {
	for _, at := range list {
		if at.entry == nil {
			w.add(at.file, at.file.Get("name").String())
			continue
		}
		if err := w.enter(at.entry); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) add(file app.Value, name string) {
	w.files.Call("push", file)
	w.list = append(w.list, wire.OwnFile{Name: strings.TrimPrefix(name, "/"), Bytes: int(file.Get("size").Float())})
	if len(w.list)%500 == 0 {
		w.told(len(w.list))
	}
}

// enter adds a file, or all in a folder.
func (w *walk) enter(entry app.Value) error {
	if len(w.list) >= mostChosen {
		return nil
	}
	if entry.Get("isFile").Bool() {
		file, err := ask(entry, "file")
		if err == nil {
			w.add(file, entry.Get("fullPath").String())
		}
		return err
	}
	reader := entry.Call("createReader")
	for { // it gives a hundred at a time
		part, err := ask(reader, "readEntries")
		if err != nil {
			return err
		}
		if part.Length() == 0 {
			return nil
		}
		for i := range part.Length() {
			if err := w.enter(part.Index(i)); err != nil {
				return err
			}
		}
	}
}

// ask calls a method that answers one of two functions, as those for dropped
// folders do.
func ask(v app.Value, method string) (answer app.Value, err error) {
	done := make(chan struct{})
	then := app.FuncOf(func(_ app.Value, args []app.Value) any {
		answer = args[0]
		close(done)
		return nil
	})
	catch := app.FuncOf(func(_ app.Value, args []app.Value) any {
		err = errors.New(args[0].Call("toString").String())
		close(done)
		return nil
	})
	defer then.Release()
	defer catch.Release()
	v.Call(method, then, catch)
	<-done
	return answer, err
}
