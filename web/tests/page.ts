import type { Environment } from "vitest/runtime";

// Like a page: state tells of its changes as in a browser. What is drawn is not there.
export default {
  name: "page",
  viteEnvironment: "client",
  setup(global) {
    const page = { document: { baseURI: "http://page.test/" }, location: { hash: "" }, navigator: { languages: ["en"] }, window: global };
    for (const [name, value] of Object.entries(page)) Object.defineProperty(global, name, { value, configurable: true });
    return { teardown: () => Object.keys(page).forEach((name) => delete global[name]) };
  },
} satisfies Environment;
