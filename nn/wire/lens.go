package wire

// The lenses are what the page can look through besides the View, one at a time.
// A command that asks for one ends the one before; its event comes back at once
// and, where it depends on the weights, with every View, until LookAway.

// LookAway ends the lens in use.
type LookAway struct{}

func (m *LookAway) fields(c *coder) {}
