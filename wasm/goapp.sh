#!/bin/sh
# Makes the go-app that goes into the program: a copy without its server, which
# has no business in a browser and links net/http with all its cryptography, a
# sixth of the program. What this leaves out is listed here; nothing else is
# changed. Writes
#
#	goapp/       the copy
#	goapp.mod    go.mod with the copy in the place of the module, for -modfile
#
# into the folder that it is given, below the top of the repository.
set -eu

to=$1
module=github.com/maxence-charriere/go-app/v10

go mod download $module
from=$(go list -m -f '{{.Dir}}' $module)
rm -rf "$to/goapp"
mkdir -p "$to/goapp/pkg"
cp "$from/go.mod" "$from/LICENSE" "$to/goapp/"
cp -R "$from/pkg/app" "$from/pkg/errors" "$to/goapp/pkg/"
chmod -R u+w "$to/goapp"

cd "$to/goapp/pkg/app"
rm -rf gen ./*_test.go ../errors/*_test.go
rm http.go resource.go scripts.go scripts_wasm.go static.go wasm.go wasmexec.go
# Of the files above, the rest needs one function: where the host has "/web/...".
cat > client.go <<'GO'
package app

import "strings"

func clientResourceResolver(web string) func(string) string {
	return func(location string) string {
		if file, ok := strings.CutPrefix(location, "/web/"); ok {
			return web + "/" + file
		}
		return location
	}
}
GO
cd - >/dev/null

cp go.mod "$to/goapp.mod"
cp go.sum "$to/goapp.sum"
go mod edit -replace=$module="./$to/goapp" "$to/goapp.mod"
