package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"syscall"
	"time"
)

// Listen takes a port of this machine, for nobody else to reach. Port "0" means
// any free one.
func Listen(port string) (net.Listener, error) {
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return nil, fmt.Errorf("web: the port is %q, expected a number from 1 to 65535", port)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("web: port %s is already in use: end the program that uses it, or choose another port, as in: make run PORT=8123", port)
	}
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return listener, nil
}

// Serve serves the site until ctx ends. It tells out the address.
func Serve(ctx context.Context, site fs.FS, listener net.Listener, out io.Writer) error {
	if _, err := fs.Stat(site, "index.html"); err != nil {
		listener.Close()
		return fmt.Errorf("web: there is no site (%w): make site builds it", err)
	}
	fmt.Fprintf(out, "Convlens is at http://%s/ (Ctrl-C ends it)\n", listener.Addr())
	server := http.Server{Handler: Server(site), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}
