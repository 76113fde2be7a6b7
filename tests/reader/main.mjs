// Looks at sites as a reader meets them, topic by topic; each thing that is wrong is one line, with its
// page. `run`, beside this, says how it is called.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";
import { serve } from "./server.mjs";
import { build, unmet } from "./sites.mjs";

/** How many lines of a topic are said: one rule that is gone is broken on each page. */
const SAID = 40;

const [program, ...asked] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const topics = readdirSync(join(here, "topics")).map((name) => name.replace(/\.mjs$/, "")).sort();
for (const name of asked) if (!topics.includes(name)) throw new Error(`there is no topic ${name}: ${topics.join(", ")}`);

const folder = mkdtempSync(join(tmpdir(), "casebook-reader-"));
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
let wrong = 0;
let server;
let browser;
try {
  const began = performance.now();
  const sites = build(resolve(program), folder);
  const named = Object.fromEntries(sites.map((site) => [site.name, site]));
  const missing = unmet(named.sample);
  if (missing.length) throw new Error(`the sample has no page of the templates ${missing.join(", ")}`);
  console.log(`reader: ${sites.map(({ name, pages }) => `${name} ${pages.length}`).join(", ")} pages, built in ${seconds(began)}`);
  server = await serve(join(folder, "sites"));
  browser = await launch(server);
  for (const name of asked.length ? asked : topics) {
    const since = performance.now();
    const { about, look } = await import(`./topics/${name}.mjs`);
    const lines = await look({ browser, server, sites, ...named });
    wrong += lines.length;
    console.log(`reader: ${name}: ${about}: ${lines.length ? `${lines.length} wrong` : "all is well"} (${seconds(since)})`);
    for (const line of lines.slice(0, SAID)) console.error(`  ${line}`);
    if (lines.length > SAID) console.error(`  and ${lines.length - SAID} more`);
  }
} finally {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
process.exitCode = wrong ? 1 : 0;
