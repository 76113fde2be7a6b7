// What a hosted site says with its files, and whether its pages look as they should in Chromium.
//
//     node tests/hosting/pages.mjs ADDRESS SITE

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../chromium.mjs";

const [address, site] = process.argv.slice(2);

/** Asks for a file, once the server answers. */
async function get(path) {
  for (let tries = 0; ; tries += 1) {
    try {
      const response = await fetch(new URL(path, address), { redirect: "manual" });
      return { status: response.status, text: await response.text(), of: (name) => response.headers.get(name) };
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

const style = readdirSync(join(site, "assets")).find((name) => /^style.*\.css$/.test(name));
const strict = {
  "x-content-type-options": /^nosniff$/,
  "referrer-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "x-frame-options": /^DENY$/,
  "content-security-policy": /^default-src 'none';.*frame-ancestors 'none'/,
};
for (const [path, status, type, kept] of [
  ["", 200, "text/html; charset=utf-8", "no-cache"],
  ["data/projects.csv", 200, "text/csv; charset=utf-8", "no-cache"],
  ["data/portfolio.json", 200, "application/json; charset=utf-8", "no-cache"],
  ["calendar.ics", 200, "text/calendar; charset=utf-8", "no-cache"],
  [`assets/${style}`, 200, "text/css; charset=utf-8", "public, max-age=31536000, immutable"],
  ["assets/none.css", 404, "text/html; charset=utf-8", null],
  ["nowhere/", 404, "text/html; charset=utf-8", "no-cache"],
  [".casebook-manifest", 404, "text/html; charset=utf-8", "no-cache"],
]) {
  const { status: its, of, text } = await get(path);
  assert.equal(its, status, path);
  assert.equal(of("content-type"), type, path);
  if (kept) assert.equal(of("cache-control"), kept, path);
  for (const [name, value] of Object.entries(strict)) assert.match(of(name) ?? "", value, `${path}: ${name}`);
  if (status === 404) assert.match(text, /<main/, `${path} is answered with the site's own page`);
}

const browser = await launch();
const errors = [];
try {
  browser.hear("Log.entryAdded", ({ entry }) => {
    // Chromium asks for it by itself; no page names it.
    if (!entry.url?.endsWith("/favicon.ico")) errors.push(`${entry.level}: ${entry.text} ${entry.url ?? ""}`);
  });
  browser.hear("Runtime.consoleAPICalled", ({ type, args }) => errors.push(`${type}: ${args.map((one) => one.value)}`));
  browser.hear("Runtime.exceptionThrown", ({ exceptionDetails }) => errors.push(exceptionDetails.text));
  await browser.ask("Log.enable");
  await browser.ask("Runtime.enable");
  const project = readdirSync(join(site, "projects"), { withFileTypes: true }).find((one) => one.isDirectory() && one.name !== "by" && one.name !== "page");
  for (const page of ["", "kpis/", "search/", `projects/${project.name}/`, `projects/${project.name}/brief/`]) {
    await browser.visit(new URL(page, address).href);
    const expression = `getComputedStyle(document.documentElement).getPropertyValue("--accent").trim() && document.styleSheets[0].cssRules.length`;
    const { result } = await browser.ask("Runtime.evaluate", { expression, returnByValue: true });
    assert.ok(result.value > 10, `${page} is dressed: ${result.value}`);
  }
} finally {
  await browser.close();
}
assert.deepEqual(errors, []);
console.log("hosting: nginx says what it must, and the pages are dressed and silent");
