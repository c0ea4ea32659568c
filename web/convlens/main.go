// Command convlens builds and serves the site.
//
//	convlens site  [-programs dir] [-cache dir] [-out dir] [-url address]
//	convlens serve [-dir dir] [-port number]
//	convlens       [-port number] [-open=false]
//
// The last one is for a program that make binary has made: it has the site and
// its data in it, serves it and opens it in the browser.
//
// The environment variable MNIST_DIR names a folder with the MNIST files, and
// PORT the port to serve on. The Makefile has the usual ways to call it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/pkg/browser"

	"convlens/app"
	"convlens/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 {
		switch args[0] {
		case "site":
			return site(ctx, args[1:])
		case "serve":
			return serve(ctx, args[1:])
		}
	}
	if bundled, ok := web.Bundled(); ok {
		return open(ctx, bundled, args)
	}
	return errors.New("usage: convlens site|serve [flags] (-h after either lists its flags)")
}

// site builds the site with MNIST, if it can be had, and generated digits.
func site(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("convlens site", flag.ExitOnError)
	programs := flags.String("programs", ".cache/build", "`folder` with the compiled programs")
	cache := flags.String("cache", ".cache/data", "`folder` to keep downloaded data in")
	out := flags.String("out", "web/dist", "`folder` to write the site to")
	url := flags.String("url", "", "`address` the site will have, for search engines and link previews")
	flags.Parse(args)

	// Enough for a slow line; silence ends a download much earlier.
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	mnist, err := web.MNIST{
		Dir:     os.Getenv("MNIST_DIR"),
		Cache:   filepath.Join(*cache, "mnist"),
		Mirrors: web.PublicMirrors,
		Log:     os.Stdout,
	}.Dataset(ctx)
	var datasets []web.Dataset
	switch {
	case err == nil:
		datasets = append(datasets, mnist)
	case errors.Is(err, web.ErrNoMNIST) && !errors.Is(ctx.Err(), context.Canceled):
		fmt.Println("MNIST is not at hand and no mirror can be reached: the site has generated digits only.")
		fmt.Println("Set MNIST_DIR to a folder with the four files to build it with MNIST.")
	default:
		return err
	}
	datasets = append(datasets, web.Digits(0, 0))

	app.Routes()
	version, err := web.Site{Programs: *programs, Datasets: datasets, URL: *url}.Build(*out)
	if err != nil {
		return err
	}
	fmt.Printf("The site is in %s, version %s, with %s.\n", *out, version, titles(datasets))
	return nil
}

// titles writes the names of datasets: "MNIST and Generated digits".
func titles(datasets []web.Dataset) string {
	s := ""
	for i, d := range datasets {
		if i > 0 {
			s += " and "
		}
		s += d.Source.Title
	}
	return s
}

func serve(ctx context.Context, args []string) error {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8000"
	}
	flags := flag.NewFlagSet("convlens serve", flag.ExitOnError)
	dir := flags.String("dir", "web/dist", "`folder` with the site")
	flags.StringVar(&port, "port", port, "`number` of the port")
	flags.Parse(args)
	listener, err := web.Listen(port)
	if err != nil {
		return err
	}
	return web.Serve(ctx, os.DirFS(*dir), listener, os.Stdout)
}

// open serves the site that is part of this program and shows it.
func open(ctx context.Context, site fs.FS, args []string) error {
	flags := flag.NewFlagSet("convlens", flag.ExitOnError)
	port := flags.String("port", "", "`number` of the port (default 8000, or another one if that is taken)")
	show := flags.Bool("open", true, "open the page in the browser")
	flags.Parse(args)
	wanted := *port
	if wanted == "" {
		wanted = "8000"
	}
	listener, err := web.Listen(wanted)
	if err != nil && *port == "" {
		listener, err = web.Listen("0")
	}
	if err != nil {
		return err
	}
	if *show {
		browser.Stdout = io.Discard // it may talk as long as the browser runs
		if err := browser.OpenURL(fmt.Sprintf("http://%s/", listener.Addr())); err != nil {
			fmt.Println("The browser could not be opened; please open this address yourself:")
		}
	}
	return web.Serve(ctx, site, listener, os.Stdout)
}
