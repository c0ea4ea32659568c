// Boots a training worker: starts the Go program (wasm/worker) and hands it the
// page's messages. The first message to it is {module}, the compiled program,
// which whoever starts a worker has at hand: the page, or for a worker of the
// name "replica" another worker. To the page go Go's own messages (Uint8Array,
// see nn/wire) and, if there is no Go program to speak for itself, one of
//
//	{error: "in words"}    it could not be started, or a trap has ended it
//	{exited: code}         it has ended; a worker is meant to run for ever
"use strict";

const build = "{{.Version}}";
const replica = self.name === "replica";

// What arrives before Go listens. Go drains this and takes over onmessage.
self.convlensInbox = [];
const sent = new Promise((resolve) => {
  self.onmessage = ({ data }) => data.module ? resolve(data.module) : self.convlensInbox.push(data);
  self.onmessageerror = () => tell("The training program could not be handed to its worker.");
});

const tell = (error) => self.postMessage({ error });
self.onunhandledrejection = (event) => tell(`The training program failed: ${event.reason}`);

// While Go waits for another worker, its processor is kept awake, by turns that
// messages come before. The waits in a training step are short, and to sleep
// through them is dear where waking up is: in a virtual machine with two
// processors, two workers are a tenth faster for it. A longer wait sleeps.
const longestAwake = 20; // ms
let awake = false, turning = false, until = 0;
const next = self.scheduler?.postTask
  ? () => { turning = true; scheduler.postTask(turn, { priority: "background" }); }
  : () => {};
const turn = () => {
  turning = false;
  if (awake && performance.now() < until) next();
};
self.convlensAwake = (on) => {
  awake = on;
  until = performance.now() + longestAwake;
  if (on && !turning) next();
};

async function boot() {
  importScripts("../wasm_exec.js");
  const go = new Go();
  go.argv = replica ? ["worker", build, "replica"] : ["worker", build];
  go.exit = (code) => self.postMessage({ exited: code });
  self.convlensModule = await sent; // Go passes it on to replicas
  const instance = await WebAssembly.instantiate(self.convlensModule, go.importObject);
  self.convlensMemory = instance.exports.mem; // for Go to tell how large it is
  await go.run(instance);
}

boot().catch((err) => tell(`The training program could not be started: ${err.message}.`));
