// Prints the board's page and the briefs of a built casebook with headless Chromium, on A4 and on US
// Letter, and counts the pages of each PDF: each must be one. Prints project pages, too, of which no
// sheet may be almost empty.
//
//     node tests/print/pages.mjs FOLDER [--keep DIR] [PAGE …]
//
// FOLDER is what `casebook build` wrote. PAGE is a page in it, as `projects/x/brief/index.html`;
// without one, the board's page, all briefs and the first project pages are printed. `--keep` leaves the PDFs in DIR. CHROMIUM
// names another browser than the first of chromium, chromium-browser and google-chrome.
// Chromium is spoken to through a pipe, so that neither a port nor a package is needed.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";

const INCH = 25.4;
/** How many letters a sheet has at least, of the thousand to two thousand that it has room for. */
const LEAST = 150;
/** How many project pages are printed: as many as the sample has. */
const LONG = 14;
const PAPERS = { A4: [210 / INCH, 297 / INCH], Letter: [8.5, 11] };

const typed = process.argv.slice(2);
const at = typed.indexOf("--keep");
const keep = at < 0 ? null : resolve(typed.splice(at, 2)[1]);
const folder = resolve(typed.shift() ?? "public");
const pages = typed.length ? typed : sheets(folder);
if (keep) mkdirSync(keep, { recursive: true });

const browser = await launch();
let wrong = 0;
try {
  for (const [paper, size] of Object.entries(PAPERS)) {
    const counts = {};
    for (const page of pages) {
      const pdf = await browser.print(pathToFileURL(join(folder, page)).href, size);
      const letters = lettersOf(pdf, page);
      const count = letters.length;
      if (keep) writeFileSync(join(keep, `${page.replaceAll("/", "_")}.${paper}.pdf`), pdf);
      counts[count] = (counts[count] ?? 0) + 1;
      if (isOne(page) && count !== 1) {
        wrong += 1;
        console.error(`${page}: ${count} pages of ${paper}`);
      }
      const empty = letters.filter((n) => n < LEAST).length;
      if (!isOne(page) && empty) {
        wrong += 1;
        console.error(`${page}: ${empty} of ${count} pages of ${paper} with fewer than ${LEAST} letters: ${letters.join(", ")}`);
      }
    }
    const told = Object.entries(counts).map(([n, many]) => `${many} of ${n} page${n === "1" ? "" : "s"}`);
    console.log(`${paper}: ${pages.length} printed, ${told.join(", ")}`);
  }
} finally {
  await browser.close();
}
process.exitCode = wrong ? 1 : 0;

/** Whether a page must print on one sheet. */
function isOne(page) {
  return /(^|\/)(board|brief)\/index\.html$/.test(page);
}

/** The board's page, the brief of each project, and the first pages of projects. */
function sheets(folder) {
  const projects = readdirSync(join(folder, "projects"), { withFileTypes: true });
  const briefs = projects.filter((entry) => entry.isDirectory()).map((entry) => `projects/${entry.name}/brief/index.html`);
  const found = ["board/index.html", ...briefs.sort()].filter((page) => existsSync(join(folder, page)));
  if (found.length < 2) throw new Error(`${folder} holds no briefs: is it a built casebook?`);
  const own = found.filter((page) => page.includes("/brief/")).slice(0, LONG);
  return [...found, ...own.map((page) => page.replace("brief/", ""))];
}

/** Starts Chromium with a folder of its own, and gives what prints a page. */
async function launch() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];
  const program = names.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!program) throw new Error(`none of these runs: ${names.join(", ")}`);
  const home = mkdtempSync(join(tmpdir(), "casebook-print-"));
  const options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe";
  const child = spawn(program, [...options.split(" "), `--user-data-dir=${home}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , write, read] = child.stdio;
  const waiting = new Map();
  const events = new Map();
  let held = "";
  let last = 0;
  child.on("exit", (code) => waiting.forEach(({ fail }) => fail(new Error(`Chromium ended with ${code}`))));
  read.setEncoding("utf8");
  read.on("data", (chunk) => {
    const messages = (held + chunk).split("\0");
    held = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (!message.id) {
        events.get(message.method)?.(message.params);
        continue;
      }
      const { done, fail } = waiting.get(message.id);
      waiting.delete(message.id);
      message.error ? fail(new Error(message.error.message)) : done(message.result);
    }
  });
  const send = (method, params = {}, sessionId) =>
    new Promise((done, fail) => {
      last += 1;
      waiting.set(last, { done, fail });
      write.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
    });
  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const ask = (method, params) => send(method, params, sessionId);
  await ask("Page.enable");
  return {
    async print(url, [paperWidth, paperHeight]) {
      const loaded = new Promise((done) => events.set("Page.loadEventFired", done));
      const { errorText } = await ask("Page.navigate", { url });
      if (errorText) throw new Error(`${url}: ${errorText}`);
      await loaded;
      // The margins are the page's own, told in its style sheet; the size of the paper is ours.
      const { data } = await ask("Page.printToPDF", { paperWidth, paperHeight, preferCSSPageSize: false, printBackground: false });
      return Buffer.from(data, "base64");
    },
    async close() {
      const gone = new Promise((done) => child.once("exit", done));
      await send("Browser.close").catch(() => child.kill());
      await gone;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * How many letters each page of a PDF has. Its pages are its page objects, which must be as many as
 * the root of its tree says.
 */
function lettersOf(pdf, page) {
  const inflated = (at) => {
    const from = text.indexOf("stream", at) + 6;
    const start = from + (text[from] === "\r" ? 2 : 1);
    return inflateSync(pdf.subarray(start, pdf.indexOf("endstream", start))).toString("latin1");
  };
  let text = pdf.toString("latin1");
  // Newer writers pack objects into compressed streams.
  for (const { index } of text.matchAll(/\/Type\s*\/ObjStm\b/g)) {
    text += inflated(index);
  }
  const objects = text.split(/\/Type\s*\/Page(?![A-Za-z])/).slice(1);
  const trees = text.split("endobj").filter((object) => /\/Type\s*\/Pages\b/.test(object));
  const counts = trees.map((tree) => Number(tree.match(/\/Count\s+(\d+)/)?.[1] ?? 0));
  const root = Math.max(0, ...counts);
  if (objects.length === 0 || objects.length !== root) throw new Error(`${page}: the PDF has ${objects.length} pages, but tells of ${root}`);
  // A letter is a number of four digits in a text that is shown.
  return objects.map((object) => {
    const drawn = object.match(/\/Contents\s+(\d+) 0 R/)[1];
    const shown = inflated(text.search(new RegExp(`(?<![0-9])${drawn} 0 obj\\b`))).matchAll(/<([0-9A-Fa-f]+)>/g);
    return [...shown].reduce((sum, [, letters]) => sum + letters.length / 4, 0);
  });
}
