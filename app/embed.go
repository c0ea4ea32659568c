package app

import (
	"maps"
	"math"

	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// A surround is the page around a framed one. What it is told and what it may
// ask are messages of the same form, which embedding.html documents:
//
//	{source: "convlens", version: 1, type: "progress", ...}
type surround struct {
	herald    herald
	parent    app.Value
	observer  app.Value // ResizeObserver
	onMessage app.Func
	onResize  app.Func
	height    int // as last told
}

// The messages' version changes when something is renamed or removed, not when
// something is added.
const (
	messageSource  = "convlens"
	messageVersion = 1
)

// meetSurround begins to listen and to tell, if the page is framed and was
// asked for a panel.
func (p *page) meetSurround(ctx app.Context) {
	parent := app.Window().Get("parent")
	if p.desk.Query.Embed == "" || parent.Equal(app.Window().Get("self")) {
		return
	}
	s := &surround{parent: parent}
	p.surround = s
	s.onMessage = app.FuncOf(func(_ app.Value, args []app.Value) any {
		if args[0].Get("source").Equal(parent) {
			p.obey(ctx, args[0].Get("data"))
		}
		return nil
	})
	app.Window().Call("addEventListener", "message", s.onMessage)
	for _, problem := range p.desk.Problems {
		s.tell(errorEvent("address", problem))
	}
	s.watchHeight(ctx.JSSrc())
}

func (p *page) leaveSurround() {
	if s := p.surround; s != nil {
		app.Window().Call("removeEventListener", "message", s.onMessage)
		s.onMessage.Release()
		s.observer.Call("disconnect")
		s.onResize.Release()
	}
}

// watchHeight tells how high the content is, now and whenever that changes. In
// a frame that is not shown it has no size.
func (s *surround) watchHeight(content app.Value) {
	s.onResize = app.FuncOf(func(app.Value, []app.Value) any {
		box := content.Call("getBoundingClientRect")
		height := int(math.Ceil(box.Get("height").Float()))
		if height != s.height && box.Get("width").Float() > 0 {
			s.height = height
			s.tell(embedEvent{"type": "resize", "height": height})
		}
		return nil
	})
	s.observer = app.Window().Get("ResizeObserver").New(s.onResize)
	s.observer.Call("observe", content)
}

// follow tells what there is to tell of a worker's event.
func (s *surround) follow(d *desk, m wire.Message) {
	for _, e := range s.herald.follow(d, m) {
		s.tell(e)
	}
}

// tell posts an event. It goes to whoever has framed the page, "*", and to
// nobody else: there is no origin to name, as neither referrers nor
// ancestorOrigins are there in every browser, and no need for one, as the
// figures of a run on public data are no secret.
func (s *surround) tell(e embedEvent) {
	message := map[string]any{"source": messageSource, "version": messageVersion}
	maps.Copy(message, e)
	s.parent.Call("postMessage", message, "*")
}

// obey follows a command. What isn't one is somebody else's, and what can't be
// done now is ignored, as a press of a disabled button is.
func (p *page) obey(ctx app.Context, message app.Value) {
	if message.Type() != app.TypeObject || message.Get("source").String() != messageSource {
		return
	}
	if v := message.Get("version"); v.Type() != app.TypeNumber || v.Int() != messageVersion {
		return
	}
	command, theme := message.Get("type").String(), message.Get("theme").String()
	ctx.Dispatch(func(ctx app.Context) {
		switch a := action(command); a {
		case actTrain, actPause, actResume, actStop, actReset:
			p.desk.do(a)
		case "theme":
			if isTheme(theme) {
				p.desk.Query.Theme = theme
				useTheme(ctx, p.desk, chosenTheme(p.desk.Query))
			}
		}
	})
}

// sandboxed says whether the page around keeps this one in a sandbox without
// an origin, in which browsers start no worker.
func sandboxed() bool { return app.Window().Get("origin").String() == "null" }
