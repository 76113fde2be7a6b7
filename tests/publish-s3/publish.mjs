// `casebook publish` to an object store, from the first file to the last: what is put, in which order,
// under which headers; what a run that dies leaves, and what the next one makes of it; what is refused.
//
//     node tests/publish-s3/publish.mjs PROGRAM
//
// PROGRAM is a casebook with the feature `object-store`. The casebook that is published is the sample
// with a film of more than one part beside a write-up. Whoever reads along looks after each page
// that is put, and after each removal: no page may name a style that is not there.

import { execFileSync, spawn } from "node:child_process";
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { store, WHO } from "./store.mjs";

const program = resolve(process.argv[2]);
const house = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const root = mkdtempSync(join(tmpdir(), "casebook-publish-"));
for (const name of ["content", "themes", "casebook.yaml"]) cpSync(join(house, name), join(root, name), { recursive: true });
// Fewer pages of each kind are enough, and sooner done.
const settings = `${readFileSync(join(root, "casebook.yaml"), "utf8")}leave_out: [briefs, choices, evidence, people, tags, years]\n`;
writeFileSync(join(root, "casebook.yaml"), settings);
const film = join(root, "content/projects/night-train");
mkdirSync(film);
writeFileSync(join(film, "index.md"), writeUp("Night train", "See [the film](film.mp4)."));
writeFileSync(join(film, "film.mp4"), Buffer.alloc(9_000_000, "a film of nine million bytes. "));
writeFileSync(join(root, "content/projects/brief-stop.md"), writeUp("Brief stop", "A short one."));

const MANIFEST = ".casebook-manifest";
const BELOW = "team/casebook";
const TARGET = `s3://site/${BELOW}`;
const bucket = await store("site");
/// The styles and scripts that were found since something was removed last.
const found = new Set();
let seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
console.log(`publish-s3: the random moments follow from SEED=${seed}`);

try {
  await step("the first time all is put: styles, then what is beside pages, then pages", async () => {
    build();
    watch();
    const { out } = await publish();
    const all = built();
    assert.match(out, new RegExp(`^published public, the edition for \`internal\`, to ${TARGET} \\(${all.size} put, 0 unchanged, 0 removed\\) in `));
    inOrder();
    const parts = bucket.requests.filter(({ key }) => key.endsWith("film.mp4")).map(({ what }) => what);
    assert.deepEqual(parts, ["POST uploads", "PUT part", "PUT part", "POST complete"]);
    await standsAsBuilt();
  });

  await step("each has its media type, and how long a browser may keep it", async () => {
    const kinds = { html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", csv: "text/csv; charset=utf-8", json: "application/json", xml: "application/xml", ics: "text/calendar; charset=utf-8", mp4: "video/mp4", txt: "text/plain; charset=utf-8" };
    const met = new Set();
    for (const [path, key] of built()) {
      const { headers } = await bucket.read(`${BELOW}/${path}`);
      const ending = path.split(".").at(-1);
      if (kinds[ending]) assert.equal(headers.get("content-type"), kinds[ending], path);
      met.add(ending);
      const named = /-([0-9a-f]{10,})\.[a-z0-9]+$/.exec(path);
      const kept = named && key.startsWith(named[1]) ? "public, max-age=31536000, immutable" : "no-cache";
      assert.equal(headers.get("cache-control"), kept, path);
      assert.equal(headers.get("x-amz-meta-blake3"), key, path);
    }
    for (const ending of Object.keys(kinds)) assert(met.has(ending), `the sample has a .${ending}`);
    const manifest = await bucket.read(`${BELOW}/${MANIFEST}`);
    assert.equal(manifest.headers.get("cache-control"), "no-cache");
  });

  await step("the second time nothing is put", async () => {
    const { out } = await publish();
    assert.match(out, new RegExp(`\\(0 put, ${built().size} unchanged, 0 removed\\)`));
    assert.deepEqual(changes(), []);
  });

  await step("of a write-up that changed, what changed is put", async () => {
    const before = built();
    appendFileSync(join(root, "content/projects/brief-stop.md"), "\nNo longer so short.\n");
    build();
    const differ = differing(before);
    assert(differ.length > 0 && differ.length < 20, `${differ.length} files changed`);
    await publish();
    const put = changes().map(({ key }) => key.slice(BELOW.length + 1)).filter((path) => path !== MANIFEST);
    assert.deepEqual(put.sort(), differ.sort());
    await standsAsBuilt();
  });

  await step("what is gone is removed, and what is not ours stays", async () => {
    await bucket.put(`${BELOW}/holiday.jpg`, "not ours");
    await bucket.put("team/other.html", "not ours, and not below");
    rmSync(join(root, "content/projects/brief-stop.md"));
    const gone = [...built().keys()].filter((path) => path.startsWith("projects/brief-stop/"));
    build();
    const { out } = await publish();
    assert.match(out, new RegExp(`, ${gone.length} removed\\)`));
    assert.match(out, /left alone, for casebook did not make it: holiday\.jpg\n/);
    inOrder();
    for (const path of gone) assert.equal((await bucket.read(`${BELOW}/${path}`)).status, 404, path);
    await standsAsBuilt(["holiday.jpg"]);
    assert.equal(await (await bucket.read("team/other.html")).text(), "not ours, and not below");
  });

  await step("a style of the site before stays one time, for pages that are still open", async () => {
    const style = [...built().keys()].find((path) => path.endsWith(".css"));
    accent("#113355");
    await publish();
    await standsAsBuilt(["holiday.jpg", style]);
    accent("#224466");
    await publish();
    assert.equal((await bucket.read(`${BELOW}/${style}`)).status, 404);
  });

  await step("killed at random moments, a run is taken up by the next, and nothing is put twice", async () => {
    for (let nth = 0; nth < 6; nth += 1) {
      const after = 1 + random(accent(`#33557${nth}`));
      const died = await publish({ killedAfter: after, fails: "killed" });
      assert.equal(died.killed, true);
      found.clear();
      await looksRight();
      const before = new Set(done().map(({ key }) => key));
      const { out } = await publish();
      const twice = done().map(({ key }) => key).filter((key) => before.has(key) && !key.endsWith(MANIFEST));
      assert.deepEqual(twice, [], `killed after ${after} requests`);
      inOrder();
      await standsAsBuilt(["holiday.jpg"], { lasting: true });
      assert.match((await publish()).out, /\(0 put, /, out);
    }
  });

  await step("a build that comes after a run that died is what stands in the end", async () => {
    const changed = accent("#445566");
    await publish({ killedAfter: Math.ceil(changed / 2), fails: "killed" });
    writeFileSync(join(root, "content/projects/late.md"), writeUp("Late", "It came late."));
    accent("#556677");
    await publish();
    await standsAsBuilt(["holiday.jpg"], { lasting: true });
    assert.match((await publish()).out, /\(0 put, /);
  });

  await step("a store that is busy is asked again", async () => {
    const busy = new Map();
    bucket.before = ({ what, key }) => {
      const met = busy.get(what + key) ?? 0;
      busy.set(what + key, met + 1);
      return met < 1 && random(4) === 0 ? 503 : undefined;
    };
    accent("#667788");
    await publish();
    assert(bucket.requests.some(({ status }) => status === 503), "some were turned away");
    bucket.before = () => {};
    await standsAsBuilt(["holiday.jpg"], { lasting: true });
  });

  await step("who publishes at the same time is met, and the one comes to no good end", async () => {
    accent("#778899");
    const own = readFileSync(join(root, "public", MANIFEST), "utf8");
    const other = own.replace("manifest 2", "manifest 2 unfinished").replace(/^[0-9a-f]{8}/m, "00000000");
    let once = false;
    bucket.before = ({ key }) => {
      if (once || !key.endsWith(".html")) return undefined;
      once = true;
      bucket.put(`${BELOW}/${MANIFEST}`, other);
      return undefined;
    };
    const { told } = await publish({ fails: 3 });
    assert.match(told, /someone else published to `s3:\/\/site\/team\/casebook` meanwhile/);
    bucket.before = () => {};
    await publish();
    await standsAsBuilt(["holiday.jpg"], { lasting: true });
  });

  await step("what was edited by hand is not published, and nothing is touched", async () => {
    build();
    const page = join(root, "public/index.html");
    const text = readFileSync(page, "utf8");
    writeFileSync(page, `${text}<!-- edited -->`);
    const { told } = await publish({ fails: 3 });
    assert.match(told, /`index\.html` in `public` is not as it was built/);
    assert.deepEqual(bucket.requests, []);
    build();
    assert.equal(readFileSync(page, "utf8"), text);
  });

  await step("what is not ours, and another edition, are refused before anything is touched", async () => {
    await bucket.put("taken/holiday.jpg", "not ours");
    const taken = await publish({ target: "s3://site/taken/", fails: 2 });
    assert.match(taken.told, /nothing is published to `s3:\/\/site\/taken`: casebook did not put what is there/);
    run(["build", "--quiet", "--audience", "board", "--output", "board"]);
    const board = await publish({ target: "s3://site/board", output: "board" });
    assert.match(board.out, /the edition for `board`, to s3:\/\/site\/board \(/);
    const other = await publish({ target: "s3://site/board", fails: 2 });
    assert.match(other.told, /`s3:\/\/site\/board` holds the edition for `board`, and this one is for `internal`/);
    assert.deepEqual(changes(), []);
    assert.deepEqual(await bucket.list("taken/"), ["taken/holiday.jpg"]);
  });

  await step("what stops us is told in a line, without a secret", async () => {
    const secret = "Kq7-not-to-be-told-9f";
    const cases = [
      [{ AWS_SECRET_ACCESS_KEY: secret }, TARGET, 3, /the credentials are wrong, or do not let you \(SignatureDoesNotMatch\)/],
      [{ AWS_ACCESS_KEY_ID: secret }, TARGET, 3, /the credentials are wrong, or do not let you \(InvalidAccessKeyId\)/],
      [{}, "s3://no-such-bucket/x", 3, /cannot list s3:\/\/no-such-bucket\/x: there is no such place \(NoSuchBucket\)/],
      [{ AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_SECRET_ACCESS_KEY: secret }, TARGET, 3, /cannot list s3:\/\/site\/team\/casebook: connection refused/i],
      [{ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, TARGET, 2, /nothing in the environment says who publishes/],
      [{}, `s3://me:${secret}@site/x`, 2, /the address of a store holds no names, passwords/],
      [{}, `s3://site/x?sig=${secret}`, 2, /the address of a store holds no names, passwords/],
      [{}, "ftp://site/x", 2, /`ftp:\/\/` leads to no store that casebook knows/],
    ];
    for (const [environment, target, fails, words] of cases) {
      const { told, out } = await publish({ environment, target, fails });
      assert.match(told, words);
      assert(!(told + out).includes(secret), told);
      assert(told.split("\n").length <= 4, told);
    }
  });
} finally {
  bucket.close();
  rmSync(root, { recursive: true, force: true });
}
console.log("publish-s3: all is well");

async function step(what, does) {
  const began = Date.now();
  await does();
  if (bucket.failed) throw bucket.failed;
  console.log(`publish-s3: ${what} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

function writeUp(title, body) {
  return `---\ntitle: ${title}\nstatus: planned\nunit: claims\nowner: Amara Osei\n---\n\n${body}\n`;
}

/// Builds the site with another color, so that the style and each page are others; how many files are.
function accent(color) {
  const before = built();
  writeFileSync(join(root, "casebook.yaml"), `${settings}accent: "${color}"\n`);
  build();
  return differing(before).length;
}

/// The files that are not as they were.
function differing(before) {
  return [...built()].filter(([path, key]) => before.get(path) !== key).map(([path]) => path);
}

function build() {
  run(["build", "--quiet"]);
}

function run(typed) {
  execFileSync(program, typed, { cwd: root, stdio: ["ignore", "inherit", "pipe"] });
}

/// Publishes, and waits for the end; `killedAfter` so many requests that changed something, it is killed.
async function publish({ target = TARGET, output, environment = {}, fails = 0, killedAfter } = {}) {
  bucket.requests = [];
  const typed = ["publish", target, ...(output ? ["--output", output] : [])];
  const own = { AWS_ENDPOINT_URL: `http://127.0.0.1:${bucket.port}`, AWS_ALLOW_HTTP: "true" };
  const env = { PATH: process.env.PATH, HOME: root, ...own, ...WHO, ...environment };
  const child = spawn(program, typed, { cwd: root, env });
  let [out, told] = ["", ""];
  child.stdout.on("data", (text) => (out += text));
  child.stderr.on("data", (text) => (told += text));
  if (killedAfter) {
    const before = bucket.before;
    let count = 0;
    bucket.before = ({ what }) => {
      if (!/^(GET|HEAD)/.test(what) && ++count === killedAfter) {
        child.kill("SIGKILL");
        bucket.before = before;
      }
    };
  }
  const [code, signal] = await new Promise((ends) => child.on("close", (...how) => ends(how)));
  await bucket.idle();
  const ended = signal ? "killed" : code;
  assert.equal(ended, fails, `${typed.join(" ")}: ${out}${told}`);
  return { out, told, killed: signal === "SIGKILL" };
}

/// The files of the site that was built, with their keys.
function built(folder = "public") {
  const lines = readFileSync(join(root, folder, MANIFEST), "utf8").split("\n").slice(2);
  const own = lines.filter((line) => line.slice(64, 66) === "  ");
  return new Map(own.map((line) => [line.slice(66), line.slice(0, 64)]));
}

/// The requests that changed something.
function changes() {
  return bucket.requests.filter(({ what }) => !/^(GET|HEAD)/.test(what));
}

/// The files that were put, whole.
function done() {
  return changes().filter(({ what, status }) => ["PUT", "POST complete"].includes(what) && status === 200);
}

/// The manifest says that a site comes; files whose names carry a key, others, pages; what is gone goes; and
/// the manifest says that all is there.
function inOrder() {
  const turns = changes().map(({ what, key }) => {
    if (key.endsWith(MANIFEST)) return "manifest";
    if (isRemoval(what)) return "gone";
    if (/-[0-9a-f]{10,}\.[a-z0-9]+$/.test(key)) return "named";
    return key.endsWith(".html") ? "page" : "other";
  });
  const told = turns.filter((turn, at) => turn !== turns[at - 1]);
  const order = ["manifest", "named", "other", "page", "gone", "manifest"];
  let from = 0;
  for (const turn of told) {
    from = order.indexOf(turn, from) + 1;
    assert(from > 0, `out of order: ${told.join(", ")}`);
  }
  assert.deepEqual([told.at(0), told.at(-1)], ["manifest", "manifest"]);
}

/// Below the address stands what was built, byte for byte, and nothing else but the manifest and a few.
async function standsAsBuilt(others = [], { lasting = false } = {}) {
  const files = built();
  let there = (await bucket.list(`${BELOW}/`)).map((key) => key.slice(BELOW.length + 1));
  if (lasting) there = there.filter((path) => files.has(path) || !/^assets\/.*-[0-9a-f]{10}\.(css|js|svg)$/.test(path));
  assert.deepEqual(there.sort(), [...files.keys(), MANIFEST, ...others].sort());
  for (const path of files.keys()) {
    const bytes = Buffer.from(await (await bucket.read(`${BELOW}/${path}`)).arrayBuffer());
    assert(bytes.equals(readFileSync(join(root, "public", path))), path);
  }
  const manifest = await (await bucket.read(`${BELOW}/${MANIFEST}`)).text();
  assert(manifest.startsWith("casebook-manifest 2\nedition internal\n"), manifest.slice(0, 80));
}

/// From now on someone reads along.
function watch() {
  bucket.after = async ({ what, key }) => {
    if (what === "PUT" && key.endsWith(".html")) await page(key);
    if (isRemoval(what)) {
      found.clear();
      await looksRight();
    }
  };
}

function isRemoval(what) {
  return what === "DELETE" || what === "POST delete";
}

/// Each page that stands finds what it names.
async function looksRight() {
  await bucket.quiet();
  for (const key of await bucket.list(`${BELOW}/`)) if (key.endsWith(".html")) await page(key);
}

/// A page finds the styles and scripts that it names.
async function page(key) {
  const answer = await bucket.read(key);
  assert.equal(answer.status, 200, key);
  const text = await answer.text();
  // The page of what is not found names the place that the site has on the web.
  if (key.endsWith("404.html")) return;
  const named = [...text.matchAll(/<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="([^"]+)"/g)].map(([, address]) => address);
  assert(named.length > 0 || /http-equiv="refresh"/.test(text), `${key} names a style`);
  for (const address of named) {
    const whole = new URL(address, `http://x/${key}`).pathname.slice(1);
    // What was found stays until something is removed.
    if (found.has(whole)) continue;
    const { status } = await bucket.read(whole);
    assert.equal(status, 200, `${key} names ${address}`);
    found.add(whole);
  }
}

/// A number below another, of a row that SEED begins.
function random(below) {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * below);
}
