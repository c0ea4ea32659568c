// Package web makes the static site out of the compiled programs, serves it,
// and finds the data to put beside it.
//
//	site.go       Build: everything the site consists of, in order
//	shell.go      the page around the app, rendered by go-app
//	document.go   what go-app's HTML and manifest need before they can be hosted anywhere
//	words.go      what the document says where the app can't
//	icon.go       the icon, drawn              preview.go  the picture of link previews
//	output.go     compressed copies; putting the files in place
//	data.go       the datasets on offer, as files and as wire.Source
//	mnist.go      where MNIST comes from     mirror.go   downloading it
//	policy.go     what the page may load and do
//	server.go     a plain file host          listen.go   its address
//
// Files that are only copied lie in static (to web/ of the site) and root (to
// its top, among them embed.js, which puts the site into other pages, and
// embedding.html, which tells how); serviceworker.js is a template. The command
// is in convlens. imports_test.go holds the rules about which package may import
// which; browser.sh prepares browsers for the tests, generators.sh what makes
// pages that embed the site from testdata/docs.
//
// The site uses relative addresses only, so the same files work at any place
// of any host. Equal inputs make equal bytes, and the site's version is a hash
// of them.
package web
