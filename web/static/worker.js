// Boots the training worker: loads the Go program (wasm/worker) and hands it
// the page's messages. To the page go Go's own messages (Uint8Array, see
// nn/wire) and, if there is no Go program to speak for itself, one of
//
//	{error: "in words"}    it could not be started, or a trap has ended it
//	{exited: code}         it has ended; a worker is meant to run for ever
//
// A worker of the name "replica" is started by another one, not by the page. It
// gets the compiled program from there, as {module}, in its first message.
"use strict";

const build = "{{.Version}}";
const replica = self.name === "replica";

// What arrives before Go listens. Go drains this and takes over onmessage.
self.convlensInbox = [];
const sent = new Promise((resolve) => {
  self.onmessage = ({ data }) => data.module ? resolve(data.module) : self.convlensInbox.push(data);
});

const tell = (error) => self.postMessage({ error });
self.onunhandledrejection = (event) => tell(`The training program failed: ${event.reason}`);

// A function of one SIMD instruction, which browsers without SIMD refuse.
const simd = WebAssembly.validate(new Uint8Array({{.SIMDProbe}}));
const program = new URL(simd ? "worker.wasm" : "worker-generic.wasm", self.location).href;

async function compile() {
  const response = await fetch(program).catch((err) => {
    throw new Error(`${program} could not be fetched (${err.message})`);
  });
  if (!response.ok) {
    throw new Error(`${program} was answered with status ${response.status} ${response.statusText}`);
  }
  // Streaming insists on this type, which not every host sends.
  const streams = response.headers.get("Content-Type")?.toLowerCase() === "application/wasm";
  const module = streams
    ? WebAssembly.compileStreaming(response)
    : response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes));
  return module.catch((err) => {
    throw new Error(`${program} could not be compiled (status ${response.status}, ${err.message})`);
  });
}

async function boot() {
  importScripts("../wasm_exec.js");
  const go = new Go();
  go.argv = replica ? ["worker", build, "replica"] : ["worker", build];
  go.exit = (code) => self.postMessage({ exited: code });
  self.convlensModule = await (replica ? sent : compile()); // Go passes it on to replicas
  const instance = await WebAssembly.instantiate(self.convlensModule, go.importObject);
  self.convlensMemory = instance.exports.mem; // for Go to tell how large it is
  await go.run(instance);
}

boot().catch((err) => tell(`The training program could not be started: ${err.message}.`));
