package lab

import (
	"errors"

	"convlens/nn/wire"
)

// The commands about the host's storage neither read nor change the dataset in
// use, the network or the run.

// verify reads the stored files of a source again and tells what they are.
func (l *Lab) verify(src wire.Source) {
	quiet := &Lab{host: mute{l.host}}
	stored := &wire.Stored{Name: src.Name, Checked: true}
	for _, f := range src.Files {
		stored.Checked = stored.Checked && f.SHA256 != ""
		b := l.host.Stored(f.URL)
		if b == nil {
			continue
		}
		if _, err := quiet.check(f, b, wire.Loading{}); err != nil {
			stored.Damaged = append(stored.Damaged, f.Role)
			if stored.Detail == "" {
				stored.Detail = f.Role + ": " + err.Error()
			}
			continue
		}
		stored.Files++
		stored.Bytes += len(b)
	}
	l.host.Send(stored)
}

// remove drops the stored files of a source and tells what is left, which is
// something only where the storage refuses.
func (l *Lab) remove(src wire.Source) {
	stored := &wire.Stored{Name: src.Name}
	for _, f := range src.Files {
		l.host.Forget(f.URL)
		if b := l.host.Stored(f.URL); b != nil {
			stored.Files++
			stored.Bytes += len(b)
		}
	}
	l.host.Send(stored)
}

// keep fetches the files of a source that are not stored, or are damaged, and
// stores them.
func (l *Lab) keep(src wire.Source) error {
	if l.run.active() {
		return errors.New("lab: a run is under way, which fetching would hold up; pause it first")
	}
	p := wire.Loading{}
	for _, f := range src.Files {
		p.Total += f.Bytes
	}
	stored := &wire.Stored{Name: src.Name, Checked: true}
	for _, f := range src.Files {
		p.File = f.Role
		stored.Checked = stored.Checked && f.SHA256 != ""
		_, ok, err := l.file(f, p)
		if err != nil {
			if stored.Detail == "" {
				stored.Detail = f.Role + ": " + err.Error()
			}
			continue
		}
		p.Bytes += f.Bytes
		if ok {
			stored.Files++
			stored.Bytes += f.Bytes
		}
	}
	l.host.Send(stored)
	return nil
}
