package lab

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"convlens/nn"
	"convlens/nn/mnist"
	"convlens/nn/wire"
)

// load fetches and checks the four files of a dataset and puts it in place of
// the one in use. On an error it answers LoadFailed and leaves everything as it
// was.
func (l *Lab) load(src wire.Source) error {
	if l.run.active() {
		return errors.New("lab: a run is under way; stop it before loading other data")
	}
	get := l.fetchAll
	if wire.IsOwn(src.Name) {
		get = l.openedFiles
	}
	data, loaded, failed := get(src)
	if failed != nil {
		failed.Name = src.Name
		l.host.Send(failed)
		return nil
	}
	if l.model != nil {
		if _, err := l.settings.Plan(samples{&data.Train}.Shape().Dims(), data.Train.Classes); err != nil {
			l.host.Send(&wire.LoadFailed{Name: src.Name, Kind: wire.Invalid, Detail: fmt.Sprintf(
				"the network as it is set can't take images of %dx%d pixels: %s", data.Train.H, data.Train.W, strings.TrimPrefix(err.Error(), "wire: "))})
			return nil
		}
	}
	l.data, l.source = data, src.Name
	l.host.Send(loaded)
	return l.adopt()
}

// fetchAll gets the four files, and the dataset in them.
func (l *Lab) fetchAll(src wire.Source) (*mnist.Dataset, *wire.Loaded, *wire.LoadFailed) {
	if len(src.Files) != len(wire.Roles) {
		return nil, nil, &wire.LoadFailed{Kind: wire.Invalid,
			Detail: fmt.Sprintf("%d files, expected %d", len(src.Files), len(wire.Roles))}
	}
	var raw [len(wire.Roles)][]byte
	p := wire.Loading{}
	for _, f := range src.Files {
		p.Total += f.Bytes
	}
	loaded := &wire.Loaded{Name: src.Name, Title: src.Title, Verified: true, Stored: true}
	for i, f := range src.Files {
		if f.Role != wire.Roles[i] {
			return nil, nil, &wire.LoadFailed{File: f.Role, Kind: wire.Invalid,
				Detail: fmt.Sprintf("file %d is %q, expected %q", i, f.Role, wire.Roles[i])}
		}
		p.File = f.Role
		b, stored, err := l.file(f, p)
		if err != nil {
			return nil, nil, failure(f.Role, err)
		}
		raw[i] = b
		p.Bytes += f.Bytes
		loaded.Verified = loaded.Verified && f.SHA256 != ""
		loaded.Stored = loaded.Stored && stored
	}
	p.Phase = "parse"
	l.host.Send(&p)
	data, err := parse(raw)
	if err != nil {
		// Without a checksum, what was stored is known to be wrong only now.
		for _, f := range src.Files {
			l.host.Forget(f.URL)
		}
		return nil, nil, failure("", err)
	}
	tell(loaded, data)
	for i := range data.Train.Classes {
		loaded.Classes = append(loaded.Classes, fmt.Sprint(i))
	}
	return data, loaded, nil
}

// tell describes a dataset.
func tell(m *wire.Loaded, d *mnist.Dataset) {
	m.TrainN, m.TestN = d.Train.N, d.Test.N
	m.SampleShape = samples{&d.Train}.Shape().Dims()
	m.TrainPerClass, m.TestPerClass = d.Train.PerClass(), d.Test.PerClass()
}

// parse makes a dataset of the files' bytes, one that the network can take.
func parse(raw [len(wire.Roles)][]byte) (*mnist.Dataset, error) {
	data, err := mnist.Parse(raw[0], raw[1], raw[2], raw[3])
	if err != nil {
		return nil, err
	}
	if _, err := nn.NewSequential(samples{&data.Train}.Shape(), 1, 0, nn.Tutorial(data.Train.Classes)...); err != nil {
		return nil, &mnist.Error{File: mnist.TrainImages, Fault: mnist.Invalid, Err: err,
			Msg: fmt.Sprintf("the network can't take images of %dx%d pixels: %v", data.Train.H, data.Train.W, err)}
	}
	return data, nil
}

// file returns a file's decompressed bytes, from storage if it is there and
// sound, and whether it is stored now.
func (l *Lab) file(f wire.File, p wire.Loading) (raw []byte, stored bool, err error) {
	before := p.Bytes
	if b := l.host.Stored(f.URL); b != nil {
		p.FromStorage = true
		if raw, err = l.check(f, b, p); err == nil {
			return raw, true, nil
		}
		l.host.Forget(f.URL)
		p.FromStorage = false
	}
	p.Phase = "fetch"
	l.host.Send(&p)
	last := l.host.Now()
	b, err := l.host.Fetch(f.URL, func(n int) {
		if now := l.host.Now(); now-last > 50 {
			last = now
			p.Bytes = before + n
			l.host.Send(&p)
		}
	})
	if err != nil {
		return nil, false, err
	}
	p.Bytes = before + f.Bytes
	if raw, err = l.check(f, b, p); err != nil {
		return nil, false, err
	}
	return raw, l.host.Store(f.URL, b), nil
}

// check decompresses a file and compares it with what it should be.
func (l *Lab) check(f wire.File, b []byte, p wire.Loading) ([]byte, error) {
	p.Phase = "verify"
	l.host.Send(&p)
	raw, sum, err := l.unpack(f, b)
	if err != nil {
		return nil, err
	}
	if f.RawBytes > 0 && len(raw) < f.RawBytes {
		return nil, &mnist.Error{Fault: mnist.Truncated,
			Msg: fmt.Sprintf("expected %d bytes, the file ends after %d", f.RawBytes, len(raw))}
	}
	if f.SHA256 != "" && hex.EncodeToString(sum[:]) != f.SHA256 {
		return nil, &mnist.Error{Fault: mnist.Corrupt,
			Msg: fmt.Sprintf("its SHA-256 is %x…, expected %s…", sum[:6], f.SHA256[:min(12, len(f.SHA256))])}
	}
	return raw, nil
}

// unpack decompresses a file and returns the SHA-256 of what was in it. The host
// does that for gzip where the size is known, and what it makes of a file is taken
// only if it is right: Go tells what is wrong, and stops at the limit.
func (l *Lab) unpack(f wire.File, b []byte) (raw []byte, sum [sha256.Size]byte, err error) {
	limit := mnist.MaxBytes
	if f.RawBytes > 0 {
		limit = min(limit, f.RawBytes)
		if mnist.IsGzip(b) && mnist.Claimed(b) == f.RawBytes {
			if raw, sum, ok := l.host.Unpack(b); ok && len(raw) == f.RawBytes {
				return raw, sum, nil
			}
		}
	}
	if raw, err = mnist.Inflate(b, limit); err == nil && f.SHA256 != "" {
		sum = sha256.Sum256(raw)
	}
	return raw, sum, err
}

// failure puts an error of fetching, checking or parsing into an event.
func failure(role string, err error) *wire.LoadFailed {
	f := &wire.LoadFailed{File: role, Kind: wire.Invalid, Detail: err.Error()}
	var fe *FetchError
	var me *mnist.Error
	switch {
	case errors.As(err, &fe):
		f.Kind = fe.Fault
	case errors.As(err, &me):
		f.Kind = map[mnist.Fault]wire.LoadFault{
			mnist.Truncated: wire.Truncated, mnist.Corrupt: wire.Corrupt, mnist.Invalid: wire.Invalid}[me.Fault]
		if me.File != "" {
			f.File = me.File
		}
	}
	return f
}
