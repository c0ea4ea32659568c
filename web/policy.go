package web

// contentPolicy is the content security policy of the site: everything comes from
// the host that it is on, no script or style stands in a document, and nothing is
// evaluated but WebAssembly. The document itself says so, for hosts that send no
// headers, and the server says it too. Who may show the site in a frame is left
// open: being embedded is one of its uses.
const contentPolicy = "default-src 'none'; " +
	"script-src 'self' 'wasm-unsafe-eval'; " +
	"style-src 'self'; " +
	"img-src 'self' data: blob:; " +
	"connect-src 'self'; " +
	"worker-src 'self'; " +
	"frame-src 'self'; " + // embedding.html shows the page
	"manifest-src 'self'; " +
	"base-uri 'none'; form-action 'none'"

// securityHeaders are what the server sends with every file. The files are for
// everyone: pages on other hosts load the script and the frame of embed.js, and
// a frame in a sandbox without an origin its own programs.
var securityHeaders = map[string]string{
	"Access-Control-Allow-Origin":  "*",
	"Cross-Origin-Resource-Policy": "cross-origin",
	"Content-Security-Policy":      contentPolicy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
}
