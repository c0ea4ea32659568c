// The service worker: keeps the app shell for offline use. It takes the place
// of go-app's own, which cannot be relied on: no waitUntil, updates filled from
// the HTTP cache, other apps' caches of the origin deleted, queries not matched.
// Datasets are not its business: the training worker stores those itself.
"use strict";

const SCOPE = new URL("./", self.location).pathname;
const PREFIX = "convlens-shell:" + SCOPE + ":"; // an origin may host this app twice
const NAME = PREFIX + "{{.Version}}";

// Of the two builds of the program only the one that will run is kept.
const simd = WebAssembly.validate(new Uint8Array({{.SIMDProbe}}));
const unused = simd ? "web/app-generic.wasm" : "web/app.wasm";
const SHELL = {{.ResourcesToCache}}.filter((url) => url !== unused);

// A first visit is for the page, which says "store" when it is ready. It may have
// been closed by then.
const patience = 10_000; // ms
let store;
const asked = new Promise((resolve) => { store = resolve; });

self.addEventListener("install", (event) => event.waitUntil((async () => {
  if (!self.registration.active) {
    await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patience))]);
  }
  const cache = await caches.open(NAME);
  // "no-cache" asks the host whether the browser's copy is still right: neither
  // an old file from the HTTP cache nor a second download of a new one.
  try {
    await cache.addAll(SHELL.map((url) => new Request(url, { cache: "no-cache" })));
  } catch (err) { // all or nothing: an older version stays in use
    await caches.delete(NAME);
    throw err;
  }
})()));

// An update waits until Update is pressed, or no page of the old version is left:
// pages that are open go on with files that belong together. (app/shell.go sends
// these messages.)
self.addEventListener("message", (event) => {
  if (event.data === "store") store();
  if (event.data === "skip waiting") self.skipWaiting();
});

// tidy deletes other versions' files, unless one of those is on its way.
const tidy = async (coming) => {
  for (const name of await caches.keys()) {
    if (coming()) return;
    if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name);
  }
};

// No clients.claim(): with it go-app announces an update on the first visit.
self.addEventListener("activate", (event) => event.waitUntil(tidy(() => false)));

self.addEventListener("fetch", (event) => {
  const request = event.request, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const page = request.mode === "navigate";
  // A page of the old version, or the browser's end, may have undone what was done
  // on activation.
  if (page) event.waitUntil(tidy(() => self.registration.installing || self.registration.waiting));
  event.respondWith((async () => {
    // Not by caches.open, which would make the cache anew after a newer worker has
    // deleted it.
    let response = await caches.match(request, { cacheName: NAME, ignoreSearch: page });
    if (!response && page && /\/(index\.html)?$/.test(url.pathname)) response = await caches.match("./", { cacheName: NAME });
    return response || fetch(request);
  })());
});
