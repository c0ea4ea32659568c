export default {
  title: "A lecture",
  head: [
    ["script", { src: "/host.js" }],
    ["script", { async: "", src: "SITE/embed.js" }],
  ],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "convlens-lab" } } },
};
