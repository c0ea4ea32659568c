package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// Serve serves the site in the folder dir on this machine only, at the given
// port, until ctx ends. It tells out the address. Port "0" means any free one.
func Serve(ctx context.Context, dir, port string, out io.Writer) error {
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("web: the port is %q, expected a number from 1 to 65535", port)
	}
	if _, err := os.Stat(filepath.Join(dir, "index.html")); err != nil {
		return fmt.Errorf("web: there is no site in %s (%w): make site builds it", dir, err)
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("web: port %s is already in use: end the program that uses it, or choose another port, as in: make run PORT=8123", port)
	}
	if err != nil {
		return fmt.Errorf("web: %w", err)
	}
	fmt.Fprintf(out, "Convlens is at http://%s/ (Ctrl-C ends it)\n", listener.Addr())

	server := http.Server{Handler: Server(os.DirFS(dir)), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}
