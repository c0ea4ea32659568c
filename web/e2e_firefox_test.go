//go:build e2e

package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// updateScript visits the site in two folders, sees the second renewed, lets Update
// take over, and opens both without the host. It tells of each stage.
const updateScript = tellScript + `
const version = () => document.getElementById("version")?.textContent ?? "";
const notice = () => document.querySelector("#update[role=status]")?.textContent ?? "";
const caught = async () => (await caches.keys()).sort().join(" ");
const stored = () => storedText().startsWith("Offline ready");
const go = (folder) => { location.href = location.href.replace(/\/[ab]\//, folder); };
const stages = [
	[stored, () => "a is stored", () => go("/b/")],
	[stored, () => "b is stored", () => location.reload()],
	[notice, () => "old " + version() + ": " + notice(),
		() => [...document.querySelectorAll("button")].find((b) => b.textContent.trim() === "Update").click()],
	[async () => stored() && (await caches.keys()).length === 3, async () => "new " + version() + ": " + await caught(), () => go("/b/")],
	[stored, () => "without the host b has " + version(), () => go("/a/")],
	[stored, () => "without the host a has " + version(), () => {}],
];
let busy = false;
setInterval(async () => {
	if (busy) return;
	busy = true;
	const stage = Number(sessionStorage.getItem("stage") ?? 0), [when, what, then] = stages[stage] ?? [() => false];
	if (!alertText() && !await when()) {
		busy = false;
		return;
	} // else until the next page
	sessionStorage.setItem("stage", stage + 1);
	await tell(alertText() ? "alert: " + alertText() : await what());
	then();
}, 100);`

// TestE2EUpdateFirefox renews one of two copies of the site on an origin, in
// Firefox: the page that is open keeps its version until Update, and each copy its
// own files.
func TestE2EUpdateFirefox(t *testing.T) {
	t.Parallel()
	first, second := newPlace(distSite(t)), newPlace(distSite(t))
	c := newConfidant(pages("600", map[string]http.Handler{"/a": first, "/b": second}))
	c.script = updateScript
	c.heard = func(what string) {
		if what == "b is stored" {
			second.deploy(nextSite(t))
		}
		if strings.HasPrefix(what, "new ") {
			c.gone.Store(true)
		}
	}
	url := serveSite(t, c)
	startUnwatched(t, "firefox", "--profile", profile(t), url+"a/"+shortRun)
	old := version(t)
	for _, want := range []string{
		`^a is stored$`, `^b is stored$`,
		`^old Version ` + old + `: A new version of Convlens is ready`,
		`^new Version ` + nextVersion + `: convlens-data-1 convlens-shell:/a/:` + old + ` convlens-shell:/b/:` + nextVersion + `$`,
		`^without the host b has Version ` + nextVersion + `$`, `^without the host a has Version ` + old + `$`,
	} {
		if got := c.hears(t, 2*time.Minute); !regexp.MustCompile(want).MatchString(got) {
			t.Fatalf("the page tells %q, expected %s", got, want)
		}
	}
}

// incompleteScript tells what the page says that can't be stored, and then of a
// second visit.
const incompleteScript = tellScript + `
const again = sessionStorage.getItem("again");
const timer = setInterval(async () => {
	if (!alertText() && !(again ? storedText().startsWith("Offline ready") : storedText().includes("could not be stored"))) return;
	clearInterval(timer);
	await tell(alertText() ? "alert: " + alertText() : storedText() + " " + (await caches.keys()).length);
	sessionStorage.setItem("again", "yes");
	location.reload();
}, 100);`

// TestE2EOfflineIncompleteFirefox has a file missing that the page needs only
// offline, and then there.
func TestE2EOfflineIncompleteFirefox(t *testing.T) {
	t.Parallel()
	site := newPlace(distSite(t))
	site.missing.Store("icon-maskable.png")
	c := newConfidant(site)
	c.script = incompleteScript
	c.heard = func(string) { site.missing.Store("") }
	url := serveSite(t, c)
	startUnwatched(t, "firefox", "--profile", profile(t), url+shortRun)
	for _, want := range []string{`could not be stored completely.* 1$`, `^Offline ready.* 2$`} {
		if got := c.hears(t, 2*time.Minute); !regexp.MustCompile(want).MatchString(got) {
			t.Fatalf("the page tells %q, expected %s", got, want)
		}
	}
}
