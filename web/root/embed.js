// <convlens-lab> puts a panel of Convlens into any page:
//
//   <script async src="https://…/embed.js"></script>
//   <convlens-lab panel="kernels" data="digits">Convlens needs JavaScript.</convlens-lab>
//
// The element shows the site that this script comes from in a frame, as high as
// its content, and starts it when it comes into view. embedding.html has the
// attributes, the events and the commands.
//
// Labs of one page train one after the other, as they would share the same
// processors: the one that the reader starts goes first, those that trained
// until then wait for its end, and autoplay waits for its turn.
(() => {
  "use strict";
  if (customElements.get("convlens-lab")) return; // this script stands here twice

  const VERSION = 1; // of the messages

  // A module has no currentScript, but the page knows where it had it from.
  const script = document.currentScript?.src ??
    [...document.scripts].map(({ src }) => src).findLast((src) => /\/embed\.js([?#]|$)/.test(src));

  // These attributes go into the frame's address. A change of theme reaches the
  // frame as a command, one of the others begins anew.
  const ADDRESS = ["data", "epochs", "batch", "seed", "limit", "workers", "theme", "lang", "image", "split", "layer"];
  const ANEW = new Set(["panel", "site", "sandbox", "start", ...ADDRESS]);
  ANEW.delete("theme");

  // About how high the panels are in a column of text, so that what stands below
  // moves little when the frame says it exactly.
  const HEIGHTS = { train: 680, kernels: 550, maps: 560, draw: 640 };

  const WORDS = {
    de: { start: "Convlens starten", open: "In Convlens öffnen" },
    en: { start: "Start Convlens", open: "Open in Convlens" },
    es: { start: "Iniciar Convlens", open: "Abrir en Convlens" },
    fr: { start: "Démarrer Convlens", open: "Ouvrir dans Convlens" },
  };

  // Constructed, as a page's content policy may forbid styles in documents.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; margin: 1em 0; }
    :host([hidden]) { display: none; }
    .room { display: grid; place-items: center; border: 1px solid rgb(128 128 128 / 0.4); border-radius: 4px; }
    iframe { display: block; width: 100%; max-width: 100%; border: 0; border-radius: 4px; }
    button { min-height: 40px; padding: 0 16px; font: inherit; cursor: pointer; }
  `);

  class ConvlensLab extends HTMLElement {
    static observedAttributes = [...ANEW, "theme", "width", "height", "title"];
    static #labs = new Set(); // in the document, in the order they came

    static {
      addEventListener("message", (event) => {
        for (const lab of this.#labs) {
          if (event.source && event.source === lab.#frame?.contentWindow && event.origin === lab.#origin) lab.#hear(event.data);
        }
      });
    }

    #root = this.attachShadow({ mode: "open" });
    #frame = null;
    #origin = "";       // of the frame's document
    #sight = null;      // IntersectionObserver, while waiting to be seen
    #outbox = null;     // commands for a frame that doesn't listen yet
    #height = 0;        // of the content
    #state = "";        // of the run, as last told; "starting" from a command on
    #held = false;      // paused until another lab has ended
    #waiting = false;   // autoplay, until its turn
    #ready = false;     // the data are there
    #renewal = false;   // after changed attributes, on its way

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      ConvlensLab.#labs.add(this);
      this.#prepare();
    }

    disconnectedCallback() {
      this.#clear();
      ConvlensLab.#labs.delete(this);
    }

    attributeChangedCallback(name, before, now) {
      if (!this.isConnected || before === now) return;
      if (name === "theme") {
        this.#post({ type: "theme", theme: now ?? "auto" });
      } else if (!ANEW.has(name)) {
        this.#dress();
      } else if (!this.#renewal) { // once for all that change together
        this.#renewal = true;
        queueMicrotask(() => {
          this.#renewal = false;
          if (this.isConnected) this.#prepare();
        });
      }
    }

    // Commands. What is not possible at the moment is ignored.

    train() {
      if (this.#state === "paused") return this.resume();
      if (!this.#frame) this.#load();
      this.#begin("train");
    }
    pause() { this.#post({ type: "pause" }); }
    resume() { if (this.#state === "paused") this.#begin("resume"); }
    stop() { this.#post({ type: "stop" }); }
    reset() {
      if (this.#state === "starting") this.#enter("");
      this.#post({ type: "reset" });
    }

    // The frame, from nothing to its removal.

    // prepare loads the frame now or makes room for it and waits.
    #prepare() {
      this.#clear();
      const start = this.getAttribute("start");
      if (start === "load") return this.#load();
      const room = document.createElement("div");
      room.className = "room";
      room.style.minHeight = this.#size("height") || this.#usual;
      if (start === "click") {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = this.#words.start;
        button.addEventListener("click", () => this.#load());
        room.append(button);
      } else {
        this.#sight = new IntersectionObserver((entries) => {
          if (entries.some((entry) => entry.isIntersecting)) this.#load();
        });
        this.#sight.observe(this);
      }
      this.#root.replaceChildren(room);
    }

    #load() {
      this.#clear();
      const address = this.#address({ embed: this.getAttribute("panel") ?? "all" });
      const sandbox = this.getAttribute("sandbox");
      const opaque = sandbox !== null && !sandbox.split(/\s+/).includes("allow-same-origin");
      this.#origin = opaque ? "null" : address.origin;
      this.#outbox = [];
      this.#waiting = this.hasAttribute("autoplay");
      this.#frame = document.createElement("iframe");
      this.#frame.allow = "clipboard-write";
      if (sandbox !== null) this.#frame.setAttribute("sandbox", sandbox);
      this.#frame.src = address;
      this.#dress();
      this.#root.replaceChildren(this.#frame);
      if (opaque) { // nothing trains in there, and its own link may be dead too
        const link = document.createElement("a");
        link.href = this.#address({});
        link.target = "_blank";
        link.rel = "noopener";
        link.textContent = this.#words.open;
        this.#root.append(link);
      }
    }

    #clear() {
      this.#sight?.disconnect();
      this.#sight = this.#frame = this.#outbox = null;
      this.#root.replaceChildren();
      this.#height = 0;
      this.#waiting = this.#held = this.#ready = false;
      this.#enter("");
    }

    #dress() {
      if (!this.#frame) return;
      this.#frame.title = this.getAttribute("title") ?? "Convlens";
      this.#frame.style.width = this.#size("width");
      this.#frame.style.height = this.#size("height") || (this.#height ? `${this.#height}px` : this.#usual);
    }

    // size is an attribute as a length of CSS, or "".
    #size(name) {
      const value = this.getAttribute(name) ?? "";
      return /^\d+$/.test(value) ? `${value}px` : value;
    }

    get #usual() { return `${HEIGHTS[this.getAttribute("panel")] ?? 720}px`; }

    #address(query) {
      const site = new URL("./", new URL(this.getAttribute("site") ?? script ?? "./", document.baseURI));
      for (const name of ADDRESS) {
        if (this.hasAttribute(name)) query[name] = this.getAttribute(name);
      }
      site.search = new URLSearchParams(query);
      return site;
    }

    get #words() {
      const [code] = (this.getAttribute("lang") ?? navigator.language).split("-");
      return WORDS[code] ?? WORDS.en;
    }

    // Messages.

    #post(command) {
      const message = { source: "convlens", version: VERSION, ...command };
      if (this.#outbox) {
        this.#outbox.push(message);
      } else {
        this.#frame?.contentWindow.postMessage(message, this.#origin === "null" ? "*" : this.#origin);
      }
    }

    #hear(message) {
      if (message?.source !== "convlens" || message.version !== VERSION) return;
      const outbox = this.#outbox; // whoever speaks listens
      this.#outbox = null;
      for (const command of outbox ?? []) this.#post(command);
      const { source, version, type, ...detail } = message;
      if (type === "resize") {
        this.#height = detail.height;
        this.#dress();
      } else if (type === "progress") {
        // Idle is what a network is before the run that is about to begin.
        if (this.#state !== "starting" || detail.state !== "idle") this.#enter(detail.state);
      } else if (type === "error" && this.#state === "starting") {
        this.#enter("");
      }
      this.dispatchEvent(new CustomEvent(`convlens-${type}`, { detail, bubbles: true, composed: true }));
      if (type === "ready") {
        this.#ready = true;
        ConvlensLab.#next();
      }
    }

    // Turns.

    get #busy() { return ["starting", "training", "evaluating"].includes(this.#state); }

    #begin(command) {
      this.#waiting = this.#held = false;
      this.#enter("starting");
      this.#post({ type: command });
    }

    // enter follows the run from state to state, whoever caused the change: the
    // reader may press the buttons in the frame.
    #enter(state) {
      const before = this.#state, wasBusy = this.#busy;
      this.#state = state;
      if (this.#busy && this.#held && before !== "paused") {
        this.pause(); // it was too early for that before
      } else if (this.#busy && !wasBusy) {
        this.#held = this.#waiting = false;
        this.#holdOthers();
      } else if (["done", "stopped", "idle", ""].includes(state) && before !== state) {
        this.#held = false;
        ConvlensLab.#next();
      }
    }

    #holdOthers() {
      if (this.hasAttribute("parallel")) return;
      for (const lab of ConvlensLab.#labs) {
        if (lab !== this && lab.#busy && !lab.hasAttribute("parallel")) {
          lab.#held = true;
          lab.pause();
        }
      }
    }

    // next gives the turn to a lab that was interrupted, or else to one that is
    // to play by itself, if nobody has it.
    static #next() {
      const labs = [...this.#labs];
      for (const lab of labs) {
        if (lab.#waiting && lab.#ready && lab.hasAttribute("parallel")) lab.#begin("train");
      }
      const shared = labs.filter((lab) => !lab.hasAttribute("parallel"));
      if (shared.some((lab) => lab.#busy && !lab.#held)) return;
      const held = shared.findLast((lab) => lab.#held && lab.#state === "paused");
      if (held) return held.#begin("resume");
      shared.find((lab) => lab.#waiting && lab.#ready)?.#begin("train");
    }
  }

  customElements.define("convlens-lab", ConvlensLab);
})();
