package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"
)

// TestManifest wants what browsers ask of a site before they offer to install it:
// names, the window, an address inside the scope, and icons that have the sizes
// they claim, each served with its type.
func TestManifest(t *testing.T) {
	f, _ := testFiles(t, testSite(t))
	site := fstest.MapFS{}
	for name, data := range f {
		site[name] = &fstest.MapFile{Data: data}
	}
	get := func(at, contentType string) []byte {
		w := httptest.NewRecorder()
		Server(site).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+at, nil))
		if got := w.Header().Get("Content-Type"); w.Code != http.StatusOK || got != contentType {
			t.Errorf("%s: status %d, type %q, expected %q", at, w.Code, got, contentType)
		}
		return w.Body.Bytes()
	}
	var m struct {
		ID        *string
		Name      string
		ShortName string `json:"short_name"`
		Scope     string
		Start     string `json:"start_url"`
		Display   string
		Icons     []struct{ Src, Sizes, Type, Purpose string }
	}
	if err := json.Unmarshal(get("manifest.webmanifest", "application/manifest+json"), &m); err != nil {
		t.Fatal(err)
	}
	if m.Name != "Convlens" || m.ShortName != "Convlens" || m.Scope != "./" || m.Start != "./" || m.Display != "standalone" {
		t.Errorf("manifest is %+v", m)
	}
	if m.ID != nil {
		t.Errorf("id is %q, which every copy on a host would share", *m.ID)
	}
	found := map[string]bool{}
	for _, icon := range m.Icons {
		found[icon.Sizes+" "+icon.Purpose] = true
		data := get(icon.Src, icon.Type)
		if icon.Type != "image/png" {
			continue
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if got := fmt.Sprintf("%dx%d", c.Width, c.Height); err != nil || got != icon.Sizes {
			t.Errorf("%s is %s, expected %s (%v)", icon.Src, got, icon.Sizes, err)
		}
	}
	for _, want := range []string{"192x192 ", "512x512 ", "512x512 maskable", "any "} {
		if !found[want] {
			t.Errorf("no icon %q among %v", want, found)
		}
	}
}
