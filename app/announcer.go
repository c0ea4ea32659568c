package app

import (
	"convlens/nn/wire"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// announcer tells those who listen to the page how a run goes: where it begins,
// rests and ends, and at each quarter of an epoch. What is seen changes several
// times a second, and nobody could listen to that.
type announcer struct {
	app.Compo
	Desk *desk
	Rev  int

	at   moment
	said string
}

// A moment is what a new announcement differs in from the one before.
type moment struct {
	State          wire.State
	Epoch, Quarter int
	Dead           bool
	Data           string
}

func (v *announcer) Render() app.UI {
	if now := v.Desk.State.moment(); now != v.at {
		v.at, v.said = now, v.Desk.announcement(now)
	}
	return app.P().ID("announcer").Class("unseen").Aria("live", "polite").Aria("atomic", "true").Text(v.said)
}

func (s *State) moment() moment {
	m := moment{State: s.Run.State, Epoch: s.Run.Epoch, Dead: s.Dead()}
	if s.Run.State == wire.Training && s.Run.Samples > 0 {
		m.Quarter = min(4*s.Run.Seen/s.Run.Samples, 3) // what follows the last one speaks for itself
	}
	if s.Data != nil {
		m.Data = s.Data.Name
	}
	return m
}
