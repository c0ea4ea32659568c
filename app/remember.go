package app

import (
	"encoding/json"

	"github.com/maxence-charriere/go-app/v10/pkg/app"
)

// remembered reads a text from localStorage or sessionStorage, where go-app keeps
// it as JSON. Somebody else's value is as good as none.
func remembered(storage, key string) (text string) {
	item := app.Window().Get(storage).Call("getItem", key)
	if item.IsNull() || json.Unmarshal([]byte(item.String()), &text) != nil {
		return ""
	}
	return text
}
