// One Chromium for all topics, driven by puppeteer-core: a few tabs at a time, each set to how a reader
// looks at pages.

import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { forget, heard, listen } from "./heard.mjs";

/** How many tabs work at once: a page is laid out by one processor. */
const TABS = 3;

/** Starts Chromium: `each` looks at pages, and collects what is wrong with them, in their order. */
export async function launch(server) {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];
  const program = names.map((name) => spawnSync("which", [name], { encoding: "utf8" }).stdout.trim()).find(Boolean);
  if (!program) throw new Error(`none of these is found: ${names.join(", ")}`);
  const args = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";
  const browser = await puppeteer.launch({ executablePath: program, headless: true, pipe: true, args: args.split(" "), defaultViewport: null, protocolTimeout: 60_000 });
  const addressed = (page, how) => (how.from === "file" ? pathToFileURL(page.file).href : server.address(page));
  return {
    /**
     * Looks at each page in a tab of its own kind: `look(tab, page)` gives lines that say what is wrong.
     * How: width, height and zoom in CSS pixels, dark, forced, still (less motion), print, script (false
     * to be without), from ("file" or the server), hear (with what Chromium says of each page), tabs at
     * once.
     */
    async each(pages, how, look) {
      const waiting = pages.map((page, nth) => ({ page, nth }));
      const lines = pages.map(() => []);
      const work = async () => {
        const tab = await browser.newPage();
        await set(tab, how);
        if (how.hear) await listen(tab);
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const { page, nth } = next;
          try {
            if (how.hear) forget(tab);
            await tab.goto(addressed(page, how), { waitUntil: "load" });
            lines[nth] = await look(tab, page);
            if (how.hear) lines[nth].push(...(await heard(tab)));
          } catch (error) {
            lines[nth] = [`cannot be looked at: ${error.message.split("\n")[0]}`];
          }
        }
        await tab.close();
      };
      await Promise.all(Array.from({ length: Math.min(how.tabs ?? TABS, pages.length) }, work));
      return pages.flatMap((page, nth) => lines[nth].map((line) => `${page.site}: ${page.path}: ${line}`));
    },
    close: () => browser.close(),
  };
}

/** Sets how a tab shows its pages. */
export async function set(tab, { width = 1440, height = 900, zoom = 1, dark, forced, still, print, script = true }) {
  const client = tab.its ?? (tab.its = await tab.createCDPSession());
  await tab.setViewport({ width, height, deviceScaleFactor: zoom });
  await client.send("Emulation.setEmulatedMedia", {
    media: print ? "print" : "",
    features: [
      { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
      { name: "forced-colors", value: forced ? "active" : "none" },
      { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" },
    ],
  });
  await client.send("Emulation.setFocusEmulationEnabled", { enabled: true });
  await tab.setJavaScriptEnabled(script);
}
