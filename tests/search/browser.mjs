// The search as a browser has it: a casebook of its own is built, and headless Chromium looks for
// words in it, opened as files and served under a sub-path, markup among them (T49); and once without
// JavaScript.
//
//     node tests/search/browser.mjs PROGRAM
//
// PROGRAM is the casebook to build with. Nothing waits for a fixed time: each step is waited for until
// it is so, at most twenty seconds.

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "../chromium.mjs";

const TYPES = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript; charset=utf-8" };

const program = resolve(process.argv[2]);
const root = mkdtempSync(join(tmpdir(), "casebook-search-"));
save("casebook.yaml", "as_of: 2026-06-30\n");
save("content/projects/claims.md", project("Same-day motor claims", "Simple claims are paid on the day.", "  - {name: Median time to pay, baseline: 9, target: 5, actual: 4, on: 2025}"));
save("content/projects/roster.md", project("Röster <b>of</b> shifts", "Shifts are known early, and claims are mentioned."));
for (let nth = 0; nth < 30; nth += 1) save(`content/projects/p${nth}.md`, project(`Lighthouse ${nth}`, "A lamp was mended."));
save("content/units/it.md", "---\nname: IT\n---\n\nIt is for all.\n");
const built = spawnSync(program, ["build", "--root", root], { encoding: "utf8" });
if (built.status !== 0) throw new Error(built.stdout + built.stderr);

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://x").pathname.replace(/^\/below\//, "").replace(/(^|\/)$/, "$1index.html");
  try {
    const bytes = readFileSync(join(root, "public", path));
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "application/octet-stream" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

const browser = await launch();
const { run, leave, until, press } = browser;
const violations = [];
let from;
try {
  await browser.ask("Runtime.enable");
  await browser.ask("Log.enable");
  browser.hear("Log.entryAdded", ({ entry }) => {
    if (entry.source === "security" || /policy|violat|error/i.test(entry.text)) violations.push(`${from}: ${entry.text} ${entry.url}`);
  });
  browser.hear("Runtime.exceptionThrown", ({ exceptionDetails }) => violations.push(`${from}: ${exceptionDetails.exception?.description}`));
  await looked("file", pathToFileURL(join(root, "public")).href);
  await looked("sub-path", `http://127.0.0.1:${server.address().port}/below`);

  await step("without JavaScript the list from A to Z is all there is", async () => {
    await browser.ask("Emulation.setScriptExecutionDisabled", { value: true });
    await browser.visit(`http://127.0.0.1:${server.address().port}/below/search/index.html`);
    await until('document.querySelector("#find").getClientRects().length === 0');
    await until('document.querySelector(".letter").offsetHeight > 0 && document.body.innerText.includes("Same-day motor claims")');
    await browser.ask("Emulation.setScriptExecutionDisabled", { value: false });
  });

  if (violations.length) throw new Error(`this was said:\n${violations.join("\n")}`);
  console.log("search: all is well");
} finally {
  await browser.close();
  server.close();
  rmSync(root, { recursive: true, force: true });
}

async function looked(name, base) {
  from = name;
  const first = 'document.querySelector(".find-results a")';

  await step(`${name}: / leads to the search from another page`, async () => {
    await browser.visit(`${base}/projects/roster/index.html`);
    await press("/");
    await until('location.pathname.endsWith("/search/index.html") && document.activeElement?.id === "find-query"');
  });

  await step(`${name}: words are found, marked and counted`, async () => {
    await browser.visit(`${base}/search/index.html`);
    await until('document.querySelector("#find").offsetHeight > 0 && document.querySelector(".letter").offsetHeight > 0');
    await press("/");
    await until('document.activeElement.id === "find-query"');
    await type("claim pay");
    await until(`${first}?.textContent === "Same-day motor claims"`);
    await until('document.querySelector(".find-results mark")?.textContent === "claims"');
    await until('document.querySelector("[role=status]").textContent === "1 result."');
    await until('document.querySelector(".letter").offsetHeight === 0');
    await until(`${first}.href === "${base}/projects/claims/index.html"`);
  });

  await step(`${name}: the query stays in the address`, async () => {
    await until('decodeURIComponent(location.href).includes("q=claim+pay")');
    await leave("window.old = true; location.reload()");
    await until(`window.old === undefined && document.querySelector("#find-query")?.value === "claim pay" && ${first}`);
  });

  await step(`${name}: what was found is there again on the way back`, async () => {
    await leave(`${first}.click()`);
    await until('location.pathname.endsWith("/projects/claims/index.html") && document.readyState === "complete"');
    await leave("history.back()");
    await until(`document.querySelector("#find-query")?.value === "claim pay" && ${first}?.textContent === "Same-day motor claims"`);
  });

  await step(`${name}: a letter amiss is forgiven, at the beginning and at the end`, async () => {
    for (const slip of ["lighthuose", "kighthouse", "lighthousr", "lighthose"]) {
      await clear();
      await type(slip);
      await until('document.querySelector("[role=status]").textContent.startsWith("30 results. These are for lighthouse")');
    }
  });

  await step(`${name}: arrows move, Escape clears`, async () => {
    await press("ArrowDown");
    await until(`document.activeElement === ${first}`);
    await press("ArrowDown");
    await until('document.activeElement === document.querySelectorAll(".find-results a")[1]');
    await press("ArrowUp");
    await press("ArrowUp");
    await until('document.activeElement.id === "find-query"');
    await press("Escape");
    await until('document.querySelector("#find-query").value === "" && document.querySelector(".letter").offsetHeight > 0');
    await until('!location.href.includes("claim") && !location.href.includes("lighth")');
  });

  await step(`${name}: titles and queries are text, whatever stands in them`, async () => {
    await type("rost");
    await until(`${first}?.textContent === "Röster <b>of</b> shifts" && document.querySelector(".find-results mark").textContent === "Röster"`);
    await clear();
    await type("<img src=x onerror=alert(1)>zzz \"{n}\"");
    await until('document.querySelector("[role=status]").textContent.includes("<img src=x")');
    await until('document.querySelectorAll(".find img, .find b").length === 0');
  });

  await step(`${name}: more is shown, and less by choice`, async () => {
    await clear();
    await type("lamp");
    await until('document.querySelectorAll(".find-results li").length === 10 && !document.querySelector(".find-more").hidden');
    await run('document.querySelector(".find-more").click()');
    await until('document.querySelectorAll(".find-results li").length === 20 && document.activeElement === document.querySelectorAll(".find-results a")[10]');
    await clear();
    await type("osei");
    await until('document.querySelectorAll(".find-choices button").length > 1');
    await run(`{ const one = [...document.querySelectorAll(".find-choices button")].find((b) => b.textContent.startsWith("Person")); one.focus(); one.click(); }`);
    await until(`document.querySelectorAll(".find-results li").length === 1 && ${first}.textContent === "Amara Osei" && location.href.includes("kind=Person")`);
    await until('document.activeElement.getAttribute("aria-pressed") === "true"');
  });

  await step(`${name}: a choice that leaves nothing says so, one that there is not is gone`, async () => {
    await browser.visit("about:blank");
    await browser.visit(`${base}/search/index.html#q=amara&kind=Person&status=Active&year=Nonsense`);
    await until('document.querySelector("[role=status]").textContent === "Nothing fits what is chosen; 33 results without it."');
    await until('document.querySelectorAll(".find-choices [aria-pressed=true]").length === 2');
    await browser.visit("about:blank");
    await browser.visit(`${base}/search/index.html#q=lamp&status=Nonsense`);
    await until('document.querySelector("[role=status]").textContent === "30 results."');
  });

  await step(`${name}: a name that is a common word is found, and is no other word`, async () => {
    await clear();
    await type("IT");
    await until(`${first}?.textContent === "IT" && document.querySelectorAll(".find-results li").length === 1`);
    await clear();
    await type("the");
    await until('document.querySelector("[role=status]").textContent.startsWith("These words are on nearly every page")');
    await clear();
    await type("%");
    await until('document.querySelector("[role=status]").textContent === "Type three letters or more."');
  });

  await step(`${name}: it fits a narrow screen`, async () => {
    await browser.ask("Emulation.setDeviceMetricsOverride", { width: 320, height: 640, deviceScaleFactor: 1, mobile: false });
    await until("innerWidth === 320 && document.documentElement.scrollWidth <= 320");
    await until('[...document.querySelectorAll(".find button, .find input")].every((one) => one.hidden || one.offsetHeight >= 24)');
    await browser.ask("Emulation.clearDeviceMetricsOverride");
  });
}

function save(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function project(title, body, kpis = "") {
  return `---\ntitle: ${title}\nstatus: active\nowner: Amara Osei\nunit: ops\n${kpis && `kpis:\n${kpis}\n`}---\n\n${body}\n`;
}

async function step(name, what) {
  try {
    await what();
    console.log(`search: ${name}`);
  } catch (error) {
    throw new Error(`${name}: ${error.message}\n${violations.join("\n")}`);
  }
}

async function type(text) {
  for (const letter of text) await browser.ask("Input.dispatchKeyEvent", { type: "char", text: letter });
}

async function clear() {
  await run('document.querySelector("#find-query").focus()');
  await press("Escape");
}
