// embedding.html: puts this site's address into the examples, and shows what
// the first lab tells.
"use strict";

const site = new URL("./", document.baseURI).href;
for (const code of document.querySelectorAll("pre code")) {
  code.textContent = code.textContent.replaceAll("SITE/", site);
}

const shown = document.querySelector(".event");
for (const type of ["ready", "progress", "epoch", "done", "error"]) {
  document.querySelector("convlens-lab").addEventListener(`convlens-${type}`, ({ detail }) => {
    shown.textContent = `convlens-${type} ${JSON.stringify(Object.fromEntries(Object.entries(detail).sort()))}`;
  });
}
