package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// Mirrors are places that carry the four MNIST files under their own names.
type Mirrors struct {
	URLs []string // each with a slash at its end

	// Patience is how long a mirror may be silent: while connecting, before
	// its answer, and between two pieces of it. The zero value means 10 s.
	Patience time.Duration
}

// PublicMirrors are those that TensorFlow and PyTorch download MNIST from.
var PublicMirrors = Mirrors{URLs: []string{
	"https://storage.googleapis.com/cvdf-datasets/mnist/",
	"https://ossci-datasets.s3.amazonaws.com/mnist/",
}}

// maxDownload bounds what a mirror may send: MNIST's largest file has 10 MB.
const maxDownload = 32 << 20

// session is a round of downloads. A mirror that failed is not asked again, so
// that without a network the wait is one for all files.
type session struct {
	client   *http.Client
	patience time.Duration
	urls     []string
	failures error // of the mirrors already given up
}

func (m Mirrors) session() *session {
	patience := m.Patience
	if patience == 0 {
		patience = 10 * time.Second
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: patience}).DialContext
	transport.TLSHandshakeTimeout = patience
	transport.ResponseHeaderTimeout = patience
	return &session{client: &http.Client{Transport: transport}, patience: patience, urls: m.URLs}
}

// fetch returns the file o, compressed and verified, from the first mirror
// that has it. Each one gets a second chance.
func (s *session) fetch(ctx context.Context, o original, log io.Writer) ([]byte, error) {
	for ; len(s.urls) > 0; s.urls = s.urls[1:] {
		from := s.urls[0] + o.name + ".gz"
		fmt.Fprintf(log, "MNIST: fetching %s\n", from)
		stored, err := s.try(ctx, from, o)
		if err != nil && !errors.As(err, new(refusal)) && ctx.Err() == nil {
			fmt.Fprintf(log, "MNIST: %v: once more\n", err)
			stored, err = s.try(ctx, from, o)
		}
		if err == nil {
			return stored, nil
		}
		fmt.Fprintf(log, "MNIST: %v\n", err)
		s.failures = errors.Join(s.failures, err)
	}
	if s.failures == nil {
		return nil, errors.New("no mirrors to ask")
	}
	return nil, s.failures
}

// refusal is a status that asking again won't change.
type refusal string

func (r refusal) Error() string { return string(r) }

func (s *session) try(ctx context.Context, from string, o original) ([]byte, error) {
	stored, err := s.get(ctx, from)
	if err == nil {
		stored, err = o.verify(stored)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	return stored, nil
}

// get returns the body at the address from.
func (s *session) get(ctx context.Context, from string) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, nil)
	if err != nil {
		return nil, err
	}
	res, err := s.client.Do(req)
	if err != nil {
		// Its text would repeat method and address.
		if e := new(url.Error); errors.As(err, &e) {
			err = e.Err
		}
		return nil, err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		err := fmt.Errorf("status %s, expected 200", res.Status)
		if res.StatusCode < 500 {
			err = refusal(err.Error())
		}
		return nil, err
	}
	silence := time.AfterFunc(s.patience, func() {
		cancel(fmt.Errorf("nothing came for %v", s.patience))
	})
	defer silence.Stop()
	body := &watched{io.LimitReader(res.Body, maxDownload+1), func() { silence.Reset(s.patience) }}
	data, err := io.ReadAll(body)
	switch {
	case err != nil && context.Cause(ctx) != nil:
		return nil, fmt.Errorf("broke off after %d bytes: %w", len(data), context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("broke off after %d bytes: %w", len(data), err)
	case len(data) > maxDownload:
		return nil, fmt.Errorf("more than the %d bytes that MNIST's files can have", maxDownload)
	}
	return data, nil
}

// watched tells of every piece that was read.
type watched struct {
	r    io.Reader
	tell func()
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.tell()
	return n, err
}
