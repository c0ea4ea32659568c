#!/bin/sh
# Prepares the browser for the tests: sh web/browser.sh <folder for tools>
#
# Installs Chromium if there is none and that is possible without asking, and
# writes two small scripts into the folder:
#
#   headless_shell   starts the browser the way tests want it. chromedp, which
#                    all of them use, looks on PATH for this name first.
#   wasm-test        runs a js/wasm test program in it, for go test -exec
set -eu
tools=$1

find_browser() {
	for name in chromium chromium-browser google-chrome google-chrome-stable; do
		if command -v "$name"; then return; fi
	done
	return 1
}

if ! browser=$(find_browser); then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "Installing Chromium for the tests."
		apt-get update
		apt-get install -y --no-install-recommends chromium
		browser=$(find_browser)
	else
		echo "The tests need Chromium, which is not installed. On Debian:" >&2
		echo "    sudo apt-get install -y --no-install-recommends chromium" >&2
		exit 1
	fi
fi

# Root, as in a container, can't have the sandbox. The rest keeps the browser
# from calling its maker during a test.
sandbox=
if [ "$(id -u)" = 0 ]; then sandbox=--no-sandbox; fi

mkdir -p "$tools"
cat >"$tools/headless_shell" <<END
#!/bin/sh
exec "$browser" $sandbox --disable-quic --no-first-run --disable-background-networking \\
	--disable-component-update --disable-sync "\$@"
END

# A js/wasm program takes at most 12 kB of arguments and environment, which a
# machine's own environment may exceed.
cat >"$tools/wasm-test" <<END
#!/bin/sh
exec env -i HOME="\$HOME" PATH="\$PATH" TMPDIR="\${TMPDIR:-/tmp}" "$tools/wasmbrowsertest" "\$@"
END
chmod +x "$tools/headless_shell" "$tools/wasm-test"
