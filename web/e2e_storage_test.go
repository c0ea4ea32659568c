//go:build e2e

package web

import (
	"testing"
	"time"
)

// TestE2EStorage verifies the stored data, finds a damaged file and mends it, and
// removes and stores the data again, partly during a run, which notices nothing.
func TestE2EStorage(t *testing.T) {
	t.Parallel()
	p := openTab(t, startBrowser(t), serveSite(t, Server(distSite(t)))+shortRun)
	p.ready()
	p.stored()
	says := func(what, text string) {
		p.wait(what, 60*time.Second, offlineLine+`.includes("`+text+`")`)
		t.Log(eval[string](p, offlineLine))
	}
	p.press("Verify")
	says("the verification", "Verified: all 4 files")

	if got := p.settle(`(async () => {
		const cache = await caches.open("convlens-data-1");
		for (const request of await cache.keys()) {
			if (!request.url.includes("train-images")) continue;
			const bytes = new Uint8Array(await (await cache.match(request)).arrayBuffer());
			bytes[bytes.length - 100] ^= 1;
			await cache.put(request, new Response(bytes));
			return "damaged";
		}
	})()`); got != "damaged" {
		t.Fatalf("no file to damage: %s", got)
	}
	p.press("Verify")
	says("the damaged file", "train-images of Generated digits is damaged")
	p.look("storage-damaged")
	p.press("Store again")
	says("the mended file", "Verified: all 4 files")

	p.press("Train")
	p.wait("some steps", 30*time.Second, progressNow+" > 200")
	p.press("Verify")
	p.press("Remove")
	says("the data to be removed", "Not available: Generated digits is not stored")
	if badge := eval[bool](p, `document.getElementById("data-title").textContent.includes("kept")`); badge {
		t.Error("the data view says that the data are kept")
	}
	p.wait("the end of the run", 120*time.Second, fingerprint)
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("the fingerprint is %s, of an undisturbed run %s", got, want)
	}
	p.look("storage-removed")
	p.press("Next")
	p.press("Store again")
	p.stored()
	if got, want := eval[string](p, fingerprint), nativeFingerprint(t); got != want {
		t.Errorf("storing the data again changes the network to %q, expected %s", got, want)
	}
	p.noAlert("at the end")
}
