// Boots the training worker: loads the Go program (wasm/worker) and hands it
// the page's messages. To the page go Go's own messages (Uint8Array, see
// nn/wire) and, if there is no Go program to speak for itself, one of
//
//	{error: "in words"}    it could not be started, or a trap has ended it
//	{exited: code}         it has ended; a worker is meant to run for ever
"use strict";

const build = "{{.Version}}";

// What arrives before Go listens. Go drains this and takes over onmessage.
self.convlensInbox = [];
self.onmessage = (event) => self.convlensInbox.push(event.data);

const tell = (error) => self.postMessage({ error });
self.onunhandledrejection = (event) => tell(`The training program failed: ${event.reason}`);

// A function of one SIMD instruction, which browsers without SIMD refuse.
const simd = WebAssembly.validate(new Uint8Array({{.SIMDProbe}}));
const program = new URL(simd ? "worker.wasm" : "worker-generic.wasm", self.location).href;

async function instantiate(imports) {
  const response = await fetch(program).catch((err) => {
    throw new Error(`${program} could not be fetched (${err.message})`);
  });
  if (!response.ok) {
    throw new Error(`${program} was answered with status ${response.status} ${response.statusText}`);
  }
  // Streaming insists on this type, which not every host sends.
  const streams = response.headers.get("Content-Type")?.toLowerCase() === "application/wasm";
  const result = streams
    ? WebAssembly.instantiateStreaming(response, imports)
    : response.arrayBuffer().then((bytes) => WebAssembly.instantiate(bytes, imports));
  return (await result.catch((err) => {
    throw new Error(`${program} could not be compiled (status ${response.status}, ${err.message})`);
  })).instance;
}

async function boot() {
  importScripts("../wasm_exec.js");
  const go = new Go();
  go.argv = ["worker", build];
  go.exit = (code) => self.postMessage({ exited: code });
  const instance = await instantiate(go.importObject);
  await go.run(instance);
}

boot().catch((err) => tell(`The training program could not be started: ${err.message}`));
