// Headless Chromium for tests, spoken to through a pipe, so that neither a port nor a package is
// needed. CHROMIUM names another browser than the first of chromium, chromium-browser and
// google-chrome.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** No step is waited for longer, in milliseconds. */
export const LIMIT = 20_000;

const CODES = { "/": 191, ArrowDown: 40, ArrowUp: 38, Escape: 27 };

/** Starts Chromium with a folder of its own: one page of it, to ask and to hear. */
export async function launch() {
  const names = process.env.CHROMIUM ? [process.env.CHROMIUM] : ["chromium", "chromium-browser", "google-chrome"];
  const program = names.find((name) => spawnSync(name, ["--version"]).status === 0);
  if (!program) throw new Error(`none of these runs: ${names.join(", ")}`);
  const home = mkdtempSync(join(tmpdir(), "casebook-chromium-"));
  const options = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe";
  const child = spawn(program, [...options.split(" "), `--user-data-dir=${home}`, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [, , , write, read] = child.stdio;
  const waiting = new Map();
  const hearing = new Map();
  let held = "";
  let last = 0;
  child.on("exit", (code) => waiting.forEach(({ fail }) => fail(new Error(`Chromium ended with ${code}`))));
  read.setEncoding("utf8");
  read.on("data", (chunk) => {
    const messages = (held + chunk).split("\0");
    held = messages.pop();
    for (const message of messages.map((text) => JSON.parse(text))) {
      if (!message.id) {
        hearing.get(message.method)?.(message.params);
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
  const run = async (expression) => {
    const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression}: ${exceptionDetails.exception?.description}`);
    return result.value;
  };
  return {
    /** Asks the page for something, by the names of Chromium's protocol. */
    ask,
    /** Brings what an expression is in the page. */
    run,
    /** Does what leads to another page, once it is answered: a page that is left answers no more. */
    leave: (expression) => run(`void setTimeout(() => { ${expression}; })`),
    /** Waits until something holds in the page, over reloads too. */
    async until(expression) {
      const give = Date.now() + LIMIT;
      for (;;) {
        const held = await run(`Boolean(${expression})`).catch(() => false);
        if (held) return;
        if (Date.now() > give) throw new Error(`never: ${expression}\n${await run("location.href + document.body.innerText.slice(0, 2000)").catch(String)}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    /** Presses a key that is no letter. */
    async press(key) {
      for (const type of ["rawKeyDown", "keyUp"]) await ask("Input.dispatchKeyEvent", { type, key, code: key, windowsVirtualKeyCode: CODES[key] });
    },
    /** Hears each event of a name. */
    hear: (method, what) => hearing.set(method, what),
    /** Goes to an address and waits until it is loaded. */
    async visit(url) {
      const loaded = new Promise((done) => hearing.set("Page.loadEventFired", done));
      const { errorText } = await ask("Page.navigate", { url });
      if (errorText) throw new Error(`${url}: ${errorText}`);
      await loaded;
    },
    /** Looks at another page, and back at this one. */
    away: () => send("Target.createTarget", { url: "about:blank" }),
    back: () => send("Target.activateTarget", { targetId }),
    async close() {
      const gone = new Promise((done) => child.once("exit", done));
      await send("Browser.close").catch(() => child.kill());
      await gone;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
