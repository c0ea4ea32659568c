#!/bin/sh
# Prepares the browsers for the tests: sh web/browser.sh <folder for tools>
#
# Installs Chromium and Firefox if there are none and that is possible without
# asking, and writes three small scripts into the folder:
#
#   headless_shell   starts Chromium the way tests want it. chromedp, which
#                    nearly all of them use, looks on PATH for this name first.
#   firefox          starts Firefox, for the one test that asks a second browser
#   wasm-test        runs a js/wasm test program in Chromium, for go test -exec
set -eu
tools=$1

find_first() {
	for name in "$@"; do
		if command -v "$name"; then return; fi
	done
}
find_browsers() {
	chromium=$(find_first chromium chromium-browser google-chrome google-chrome-stable)
	firefox=$(find_first firefox-esr firefox)
}

find_browsers
if [ -z "$chromium" ] || [ -z "$firefox" ]; then
	missing=
	[ -n "$chromium" ] || missing="chromium"
	[ -n "$firefox" ] || missing="$missing firefox-esr"
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "Installing for the tests:" $missing
		apt-get update
		apt-get install -y --no-install-recommends $missing
		find_browsers
	else
		echo "The tests need browsers that are not installed. On Debian:" >&2
		echo "    sudo apt-get install -y --no-install-recommends" $missing >&2
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
exec "$chromium" $sandbox --disable-quic --no-first-run --disable-background-networking \\
	--disable-component-update --disable-sync "\$@"
END

cat >"$tools/firefox" <<END
#!/bin/sh
exec "$firefox" --headless --no-remote "\$@"
END

# A js/wasm program takes at most 12 kB of arguments and environment, which a
# machine's own environment may exceed.
cat >"$tools/wasm-test" <<END
#!/bin/sh
exec env -i HOME="\$HOME" PATH="\$PATH" TMPDIR="\${TMPDIR:-/tmp}" "$tools/wasmbrowsertest" "\$@"
END
chmod +x "$tools/headless_shell" "$tools/firefox" "$tools/wasm-test"
