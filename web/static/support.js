// Says in words why the page does not start, where go-app's loading screen would
// stay for ever. Written so that browsers too old for everything else can read it.
"use strict";

(function () {
  var loader = document.getElementById("app-wasm-loader");

  function say(id) {
    if (loader && loader.parentNode) loader.parentNode.removeChild(loader);
    var words = document.getElementById(id);
    words.setAttribute("role", "alert");
    words.hidden = false;
  }

  // What Go's programs need: WebAssembly with bulk memory (memory.fill of nothing).
  var bulk = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1,
    10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11];
  if (typeof WebAssembly !== "object" || !WebAssembly.validate(new Uint8Array(bulk))) {
    say("no-webassembly");
    return;
  }
  if (typeof Promise !== "function" || !window.fetch || !window.ReadableStream || !window.TextDecoder) {
    say("no-webassembly");
    return;
  }

  // go-app takes the turning icon away when the program can't be loaded, and
  // shows the exception.
  var icon = document.getElementById("app-wasm-loader-icon");
  if (!icon) return;
  function look() {
    if (icon.className === "goapp-logo") say("no-program");
  }
  look(); // it may be so already
  new MutationObserver(look).observe(icon, { attributes: true });
})();
