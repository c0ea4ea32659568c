#!/bin/sh
# Prepares two documentation generators for their tests:
# sh web/generators.sh <folder to install into>
#
# Hugo, and Node.js for VitePress, come from apt where they are missing and that
# is possible without asking. VitePress comes from npm, in the versions that
# web/testdata/docs/vitepress/package-lock.json says.
set -eu
folder=$1
project=web/testdata/docs/vitepress

missing=
command -v hugo >/dev/null || missing="hugo"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
if [ -n "$missing" ]; then
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "Installing for the tests:" $missing
		apt-get update
		apt-get install -y --no-install-recommends $missing
	else
		echo "The tests need programs that are not installed. On Debian:" >&2
		echo "    sudo apt-get install -y --no-install-recommends" $missing >&2
		exit 1
	fi
fi

mkdir -p "$folder"
if ! cmp -s "$project/package-lock.json" "$folder/package-lock.json" || [ ! -d "$folder/node_modules" ]; then
	cp "$project/package.json" "$folder/"
	rm -f "$folder/package-lock.json"
	cp "$project/package-lock.json" "$folder/npm-shrinkwrap.json"
	npm ci --prefix "$folder" --no-audit --no-fund --ignore-scripts
	mv "$folder/npm-shrinkwrap.json" "$folder/package-lock.json" # last, as a sign that it is complete
fi
