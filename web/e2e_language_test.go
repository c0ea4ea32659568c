//go:build e2e

package web

import (
	"testing"
	"time"
)

// TestE2ELanguage reads the page in each language, at both sizes: as a link asks
// for it, as the visitor chooses it, and as it was chosen the last time.
func TestE2ELanguage(t *testing.T) {
	t.Parallel()
	url := serveSite(t, Server(distSite(t)))
	browser := startBrowser(t)
	const lang, lead = `document.documentElement.lang`, `document.querySelector(".lead").textContent`
	seen := map[string]string{}
	for _, code := range []string{"en", "de", "fr", "es"} {
		p := openTab(t, browser, url+"?lang="+code)
		p.wait("the language "+code, 60*time.Second, lang+` === "`+code+`" && Number(document.getElementById("progress").getAttribute("aria-valuemax")) > 0`)
		text := eval[string](p, lead)
		if other, ok := seen[text]; ok {
			t.Errorf("%s says the same as %s: %q", code, other, text)
		}
		seen[text] = code
		p.wait("the kernels", 20*time.Second, `document.querySelectorAll("canvas[role=img][style]").length > 4`)
		p.look("language-" + code)
	}

	p := openTab(t, browser, url)
	p.ready()
	if got := eval[string](p, lang); got != "en" {
		t.Errorf("a browser that prefers English gets %s", got)
	}
	eval[any](p, `void (s => { s.value = "fr"; s.dispatchEvent(new Event("change")) })(document.getElementById("language"))`)
	p.wait("French", 5*time.Second, lang+` === "fr" && document.getElementById("run-primary").textContent === "Entraîner"`)
	if address := eval[string](p, "location.search"); address != "" {
		t.Errorf("choosing a language changed the address to %s", address)
	}
	q := openTab(t, browser, url)
	q.wait("French again", 60*time.Second, lang+` === "fr"`)
	q.press("Entraîner")
	q.wait("training in French", 60*time.Second, `document.querySelector(".run-words").textContent.includes("encore")`)
}
