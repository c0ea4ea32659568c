// go-app reads localStorage when it starts. Where the browser refuses that (an
// iframe with third-party storage blocked) the exception would end the page's
// Go program, so a store that forgets takes the place of one that throws.
"use strict";

for (const name of ["localStorage", "sessionStorage"]) {
  try {
    window[name].length;
  } catch {
    const items = new Map();
    const value = {
      get length() { return items.size; },
      key: (i) => [...items.keys()][i] ?? null,
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, item) => { items.set(key, String(item)); },
      removeItem: (key) => { items.delete(key); },
      clear: () => items.clear(),
    };
    Object.defineProperty(window, name, { value });
  }
}
