// The preview as a browser has it: `casebook serve` on a casebook of its own, looked at with
// headless Chromium while files are saved, broken and mended, and while the server goes away.
//
//     node tests/preview/browser.mjs PROGRAM
//
// PROGRAM is the casebook to serve with. Nothing waits for a fixed time: each step is waited for
// until it is so, at most twenty seconds.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { launch, LIMIT } from "../chromium.mjs";


const program = resolve(process.argv[2]);
const house = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const root = mkdtempSync(join(tmpdir(), "casebook-preview-"));
const templates = join(root, "themes/default/templates");
mkdirSync(templates, { recursive: true });
mkdirSync(join(root, "themes/default/assets"), { recursive: true });
writeFileSync(join(root, "casebook.yaml"), "as_of: 2026-06-30\n");
save("content/projects/claims.md", project("Claims", "Paid on the day."));
save("content/projects/roster.md", project("Roster", tall("Shifts are known.")));
// A field and something to open, which the default theme has none of.
const base = readFileSync(join(house, "themes/default/templates/base.html"), "utf8");
const form = '<form><input name="q"><input type="checkbox" name="c"><select name="s"><option>a<option>b</select></form><details><summary>More</summary>x</details>';
writeFileSync(join(templates, "base.html"), base.replace("</main>", `${form}</main>`));
cpSync(join(house, "themes/default/assets/style.css"), join(root, "themes/default/assets/style.css"));

let server = await serve(0);
const port = server.port;
const browser = await launch();
const { run, until, press } = browser;
const page = `http://127.0.0.1:${port}/projects/roster/`;
const violations = [];
try {
  await browser.ask("Runtime.enable");
  await browser.ask("Log.enable");
  browser.hear("Log.entryAdded", ({ entry }) => {
    if (entry.source === "security" || /policy|violat/i.test(entry.text)) violations.push(entry.text);
  });
  await browser.visit(page);
  await connected();

  await step("a page that changed is loaded again, and stays where it was", async () => {
    await run(`window.old = true; scrollTo(0, 700); document.querySelector("[name=q]").value = "typed";
      document.querySelector("[name=c]").checked = true; document.querySelector("[name=s]").value = "b";
      document.querySelector("details").open = true; document.querySelector("[name=q]").focus({ preventScroll: true })`);
    save("content/projects/roster.md", project("Roster", tall("Shifts are known early.")));
    await until('document.body.innerText.includes("known early")');
    await until("window.old === undefined && scrollY === 700");
    await until('document.querySelector("[name=q]").value === "typed" && document.querySelector("[name=c]").checked');
    await until('document.querySelector("[name=s]").value === "b" && document.querySelector("details").open');
    await until('document.activeElement.name === "q"');
    await connected();
  });

  await step("a page that did not change is not loaded again", async () => {
    await run("window.old = true");
    save("content/projects/claims.md", project("Claims", "Paid within the day."));
    await server.said("claims.md: ");
    // What comes later on the same line is heard later: the style shows that the rest was heard.
    await restyle("rgb(1, 2, 3)");
    await until("window.old === true");
  });

  await step("a style sheet is put in its place without loading", async () => {
    await restyle("rgb(4, 5, 6)");
    await until('window.old === true && document.querySelectorAll("link[rel=stylesheet][href*=assets]").length === 1');
  });

  await step("what is wrong is laid over the page, hidden by Escape, and goes when it is mended", async () => {
    save("content/projects/roster.md", project("Roster", "x").replace("status", "statsu"));
    await until('document.querySelector("#casebook-overlay pre")?.innerText.includes("^^^^^^")');
    await until('getComputedStyle(document.querySelector("#casebook-overlay")).position === "fixed"');
    await until('window.old === true && document.querySelector("#casebook-overlay").getAttribute("role") === "alert"');
    await until('document.querySelector("#casebook-overlay button").offsetHeight >= 24');
    await press("Escape");
    await until('document.querySelector("#casebook-overlay").offsetHeight === 0');
    save("content/projects/roster.md", project("Roster", "x").replace("status: active", "status: actve"));
    await until('document.querySelector("#casebook-overlay")?.innerText.includes("actve")');
    await until('document.querySelector("#casebook-overlay").offsetHeight > 0');
    await run('document.querySelector("#casebook-overlay button").click()');
    await until('document.querySelector("#casebook-overlay").offsetHeight === 0');
    save("content/projects/roster.md", project("Roster", tall("Shifts are known early.")));
    await until('!document.querySelector("#casebook-overlay") && window.old === true');
  });

  await step("a page that is loaded while something is wrong has it too", async () => {
    save("content/projects/claims.md", project("Claims", "x").replace("status", "statsu"));
    await until('document.querySelector("#casebook-overlay")');
    await browser.visit(page);
    await until('document.querySelector("#casebook-overlay pre")?.innerText.includes("statsu")');
    await until('document.querySelectorAll("#casebook-overlay").length === 1 && !document.querySelector("#casebook-overlay button").hidden');
    save("content/projects/claims.md", project("Claims", "Paid within the day."));
    await until('!document.querySelector("#casebook-overlay")');
  });

  await step("a page that was not looked at is in step once it is looked at again", async () => {
    await run("window.old = true");
    await browser.away();
    await until("document.hidden");
    save("content/projects/roster.md", project("Roster", tall("While it slept.")));
    await server.said("roster.md: ");
    await until("document.hidden && window.old === true");
    await browser.back();
    await until('document.body.innerText.includes("While it slept") && window.old === undefined');
    await connected();
  });

  await step("another preview in the same place is taken up", async () => {
    await run("window.old = true");
    await server.end();
    save("content/projects/roster.md", project("Roster", tall("While it was gone.")));
    server = await serve(port);
    await until('document.body.innerText.includes("While it was gone") && window.old === undefined');
    await connected();
  });

  await step("a page that comes to be is shown where it was missed", async () => {
    await browser.visit(`http://127.0.0.1:${port}/projects/new/`);
    save("content/projects/new.md", project("New", "Here it is."));
    await until('document.body.innerText.includes("Here it is.")');
  });

  await step("where there never was a site, it comes when it is mended", async () => {
    await server.end();
    save("content/projects/new.md", "no front matter");
    server = await serve(port);
    await browser.visit(page);
    await until('document.querySelector("#casebook-overlay.alone pre")');
    await press("Escape");
    await until('document.querySelector("#casebook-overlay").offsetHeight > 0');
    save("content/projects/new.md", project("New", "Here it is."));
    await until('document.querySelector("h1")?.innerText.includes("Roster")');
  });

  if (violations.length) throw new Error(`the policy was broken:\n${violations.join("\n")}`);
  console.log("preview: all is well");
} finally {
  await browser.close();
  await server.end();
  rmSync(root, { recursive: true, force: true });
}

function save(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function project(title, body) {
  return `---\ntitle: ${title}\nstatus: active\nowner: Amara Osei\nunit: ops\n---\n\n${body}\n`;
}

/** A body that is long enough to be scrolled. */
function tall(body) {
  return `${body}\n\n${"A paragraph.\n\n".repeat(80)}`;
}

async function restyle(color) {
  const style = readFileSync(join(house, "themes/default/assets/style.css"), "utf8");
  save("themes/default/assets/style.css", `${style}\nh1 { color: ${color} !important }\n`);
  await until(`getComputedStyle(document.querySelector("h1")).color === "${color}"`);
}

/** Serves, and brings the port, what waits for a line and what ends it. */
async function serve(wanted) {
  const child = spawn(program, ["serve", "--root", root, "--port", `${wanted}`], { stdio: ["ignore", "pipe", "pipe"] });
  let lines = "";
  let told = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      lines += text;
      told();
    });
  }
  const said = async (part) => {
    const give = Date.now() + LIMIT;
    while (!lines.includes(part)) {
      if (Date.now() > give) throw new Error(`no \`${part}\` in\n${lines}`);
      await new Promise((done) => {
        told = done;
        setTimeout(done, 1_000);
      });
    }
    const found = lines;
    lines = lines.slice(lines.indexOf(part) + part.length);
    return found;
  };
  const open = await said(" until Ctrl-C");
  const port = Number(open.match(/http:\/\/127\.0\.0\.1:(\d+)\//)[1]);
  if (wanted && port !== wanted) throw new Error(`port ${wanted} is taken`);
  const end = async () => {
    if (child.exitCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGINT");
    await gone;
  };
  return { port, said, end };
}

async function step(name, what) {
  try {
    await what();
    console.log(`preview: ${name}`);
  } catch (error) {
    throw new Error(`${name}: ${error.message}`);
  }
}

/** Waits until the page listens: what is saved before it does is heard, but shows nothing here. */
async function connected() {
  await until('performance.getEntriesByName(location.origin + "/.casebook/preview.js").length > 0');
}
