// Says in words why the page does not start, where its loading screen would stay
// for ever. Written so that browsers too old for everything else can read it.
"use strict";

function convlensSay(id) {
  var loader = document.getElementById("app-wasm-loader");
  if (loader && loader.parentNode) loader.parentNode.removeChild(loader);
  var words = document.getElementById(id);
  words.setAttribute("role", "alert");
  words.hidden = false;
}

var convlensAble = (function () {
  // What Go's programs need: WebAssembly with bulk memory (memory.fill of nothing).
  var bulk = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1,
    10, 13, 1, 11, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 11];
  return typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(bulk)) &&
    typeof Promise === "function" && !!window.fetch && !!window.TransformStream && !!window.ReadableStream &&
    !!window.TextDecoder;
})();

if (!convlensAble) convlensSay("no-webassembly");
