// Loads the program (wasm/) and starts it for the page, in the place of go-app's
// own loader, which would keep the compiled program to itself: the training
// worker and its replicas run the same one (see worker.js). The training worker
// starts beside the page, which takes it over with what it has said until then
// (app/worker.go).
"use strict";

const startWorker = () => {
  const worker = new Worker("web/worker.js"), events = [];
  const note = (event) => events.push(event), types = ["message", "messageerror", "error"];
  for (const type of types) worker.addEventListener(type, note);
  const take = () => {
    for (const type of types) worker.removeEventListener(type, note);
    return events;
  };
  return { worker, take };
};

if (convlensAble) (async () => {
  // What a crawler reads is in the document.
  if (/bot|crawl|spider/i.test(navigator.userAgent)) {
    document.getElementById("app-wasm-loader").remove();
    return;
  }
  // A function of one SIMD instruction, which browsers without SIMD refuse.
  const simd = WebAssembly.validate(new Uint8Array({{.SIMDProbe}}));
  let early;
  try {
    early = startWorker();
  } catch { // as in a sandbox: the page will find out and say so
  }
  const label = document.getElementById("app-wasm-loader-label");
  try {
    const response = await fetch(simd ? "web/app.wasm" : "web/app-generic.wasm");
    if (!response.ok) throw new Error(`status ${response.status} ${response.statusText}`);
    const total = {{.ProgramBytes}}; // when unpacked, which a response doesn't say
    let loaded = 0;
    const counted = new TransformStream({
      transform(chunk, controller) {
        loaded += chunk.byteLength;
        label.textContent = `Loading Convlens: ${Math.min(100, Math.round(100 * loaded / total))} %`;
        controller.enqueue(chunk);
      },
    });
    // Streaming insists on this type, which not every host sends.
    const headers = { "Content-Type": "application/wasm" };
    self.convlensModule = await WebAssembly.compileStreaming(new Response(response.body.pipeThrough(counted), { headers }));
    early?.worker.postMessage({ module: self.convlensModule });
    self.convlensWorker = early;
    const go = new Go();
    const instance = await WebAssembly.instantiate(self.convlensModule, go.importObject);
    go.run(instance);
    document.getElementById("app-wasm-loader").remove();
  } catch (err) {
    early?.worker.terminate();
    convlensSay("no-program");
    console.error("The program could not be loaded:", err);
  }
})();
