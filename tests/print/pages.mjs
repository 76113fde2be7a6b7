// Prints the board's page and the briefs of a built casebook with headless Chromium, on A4 and on US
// Letter, and counts the pages of each PDF: each must be one. Prints project pages, too, of which no
// sheet may be almost empty.
//
//     node tests/print/pages.mjs FOLDER [--keep DIR] [PAGE …]
//
// FOLDER is what `casebook build` wrote. PAGE is a page in it, as `projects/x/brief/index.html`;
// without one, the board's page, all briefs and the first project pages are printed. `--keep` leaves the PDFs in DIR. CHROMIUM
// names another browser, as tests/chromium.mjs says.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import { launch } from "../chromium.mjs";

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
      const pdf = await print(pathToFileURL(join(folder, page)).href, size);
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

/** Prints a page on paper of a size. */
async function print(url, [paperWidth, paperHeight]) {
  await browser.visit(url);
  // The margins are the page's own, told in its style sheet; the size of the paper is ours.
  const { data } = await browser.ask("Page.printToPDF", { paperWidth, paperHeight, preferCSSPageSize: false, printBackground: false });
  return Buffer.from(data, "base64");
}

/**
 * How many letters each page of a PDF has. Its pages are its page objects, which must be as many as
 * the root of its tree says.
 */
function lettersOf(pdf, page) {
  const inflated = (at) => {
    const from = text.indexOf("stream", at) + 6;
    const start = from + (text[from] === "\r" ? 2 : 1);
    // What is packed may hold any bytes, even those of the word that ends it: its length is told.
    const length = Number(text.slice(text.lastIndexOf(" obj", from), from).match(/\/Length\s+(\d+)(?!\s+\d+\s+R)/)?.[1] ?? NaN);
    if (Number.isNaN(length)) throw new Error(`${page}: a stream of the PDF does not tell its length`);
    // A page on which nothing is drawn has nothing to unpack.
    return length === 0 ? "" : inflateSync(pdf.subarray(start, start + length)).toString("latin1");
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
