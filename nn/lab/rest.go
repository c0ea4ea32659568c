package lab

import "convlens/nn/wire"

const (
	restEvery = 8    // ms of a step between two looks at what the page has sent
	restLasts = 2000 // ms for which there may be more to draw
)

// rest is called between the layers of a batch, and in the course of large ones.
// While the visitor draws it looks for a drawing among the page's commands, which
// can't wait for a step to end; the others can. A look takes a fraction of a
// millisecond.
func (l *Lab) rest() {
	if l.drawn.Len() == 0 || len(l.waiting) > 0 {
		return
	}
	now := l.host.Now()
	if now-l.rested < restEvery || now-l.drawn.came > restLasts {
		return
	}
	m, ok := l.host.Receive(false)
	l.rested = l.host.Now()
	if m == nil && ok {
		return
	}
	if d, drawn := m.(*wire.Drawings); drawn && ok {
		l.try(d)
		return
	}
	l.waiting = append(l.waiting, received{m, ok})
}

// received is what a Host's Receive has returned.
type received struct {
	m  wire.Message
	ok bool
}

// next returns the page's next command, as the Host's Receive does.
func (l *Lab) next(wait bool) (wire.Message, bool) {
	if len(l.waiting) > 0 {
		r := l.waiting[0]
		l.waiting = l.waiting[:0] // there is one at most
		return r.m, r.ok
	}
	return l.host.Receive(wait)
}
