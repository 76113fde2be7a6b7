// An object store on this machine: s3rver behind a door of our own, which notes each request, can turn
// one away, and lets someone look on while something is published.
//
// The door hands a request on once all of it is there, as a store takes an upload whole or not at all,
// and only if it is signed as Amazon's signature version 4 says, which s3rver does not look at.

import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { createServer, request as send } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const S3rver = createRequire(import.meta.url)("s3rver");

/// The only name and password that the server knows.
export const WHO = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };

/// What is done by a request, beside its method.
const DOES = { delete: "delete", uploads: "uploads", partNumber: "part", uploadId: "complete" };

export async function store(bucket) {
  const directory = mkdtempSync(join(tmpdir(), "casebook-store-"));
  const server = new S3rver({ directory, silent: true, address: "127.0.0.1", port: 0, configureBuckets: [{ name: bucket }] });
  const behind = await server.run();
  const own = {
    /// What was asked for, in the order in which it was answered: { what, key, status }.
    requests: [],
    /// Called before each request; a number that it brings is the status with which it is turned away.
    before: () => {},
    /// Called after each request that changed something, before it is answered.
    after: async () => {},
  };
  const changing = new Set();

  const open = new Set();
  const door = createServer((request, response) => {
    const answered = answer(request, response);
    open.add(answered);
    answered.finally(() => open.delete(answered));
  });
  door.on("connection", (socket) => {
    const closed = new Promise((done) => socket.on("close", done));
    open.add(closed);
    closed.then(() => open.delete(closed));
  });

  const answer = async (request, response) => {
    const body = [];
    try {
      for await (const part of request) body.push(part);
    } catch {
      // Who asked is gone.
      return;
    }
    const url = new URL(request.url, "http://localhost");
    const does = Object.keys(DOES).find((name) => url.searchParams.has(name));
    const asked = {
      what: request.method + (does ? ` ${DOES[does]}` : ""),
      key: decodeURIComponent(url.pathname).slice(bucket.length + 2),
      status: own.before({ what: request.method, key: decodeURIComponent(url.pathname).slice(bucket.length + 2) }),
    };
    if (asked.status !== undefined) {
      own.requests.push(asked);
      response.writeHead(asked.status).end("<Error><Code>SlowDown</Code></Error>");
      return;
    }
    if (!isSigned(request, Buffer.concat(body))) {
      asked.status = 403;
      own.requests.push(asked);
      response.writeHead(403).end("<Error><Code>SignatureDoesNotMatch</Code></Error>");
      return;
    }
    const changes = !["GET", "HEAD"].includes(request.method);
    const answered = handOn(request, Buffer.concat(body));
    if (changes) changing.add(answered);
    const { status, headers, text } = await answered;
    changing.delete(answered);
    own.requests.push(Object.assign(asked, { status }));
    if (changes) await own.after(asked).catch((error) => (own.failed ??= error));
    response.writeHead(status, headers).end(text);
  };

  const handOn = ({ method, url, headers }, body) =>
    new Promise((done, failed) => {
      const whole = { ...headers, "content-length": body.length };
      delete whole["transfer-encoding"];
      const asked = send({ host: "127.0.0.1", port: behind.port, method, path: url, headers: whole }, async (answer) => {
        const parts = [];
        for await (const part of answer) parts.push(part);
        done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts) });
      });
      asked.on("error", failed).end(body);
    });

  await new Promise((done) => door.listen(0, "127.0.0.1", done));
  own.port = door.address().port;
  // Who looks on goes past the door.
  const base = `http://127.0.0.1:${behind.port}/${bucket}`;
  const address = (key) => `${base}/${key.split("/").map(encodeURIComponent).join("/")}`;
  /// Waits until nothing is being changed.
  own.quiet = () => Promise.allSettled([...changing]);
  /// Waits until whoever asked has gone, and all is done that they asked for.
  own.idle = async () => {
    while (open.size > 0) await Promise.allSettled([...open]);
  };
  /// What anyone gets who asks for an object.
  own.read = (key) => fetch(address(key));
  own.put = (key, body) => fetch(address(key), { method: "PUT", body });
  /// The names of all objects below one.
  own.list = async (below) => {
    const text = await (await fetch(`${base}?list-type=2&max-keys=10000&prefix=${encodeURIComponent(below)}`)).text();
    return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key.replaceAll("&amp;", "&")).sort();
  };
  own.close = () => {
    door.closeAllConnections();
    door.close();
    server.httpServer.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return own;
}

/// Whether a request carries the signature of who it says it is of; whom the server does not know, it
/// says itself.
function isSigned({ method, url, headers }, body) {
  const told = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), ?SignedHeaders=([^,]+), ?Signature=(\w+)$/.exec(headers.authorization ?? "");
  if (!told) return false;
  const [, id, scope, names, signature] = told;
  if (id !== WHO.AWS_ACCESS_KEY_ID) return true;
  const key = createHash("sha256").update(body).digest("hex");
  if (headers["x-amz-content-sha256"] !== key) return false;
  const [path, query = ""] = url.split("?");
  const parameters = query.split("&").filter((one) => one !== "").map((one) => (one.includes("=") ? one : `${one}=`));
  const lines = names.split(";").map((name) => `${name}:${headers[name].trim().replace(/ +/g, " ")}\n`);
  const canonical = [method, path, parameters.sort().join("&"), lines.join(""), names, key].join("\n");
  const hashed = createHash("sha256").update(canonical).digest("hex");
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, hashed].join("\n");
  const sign = (secret, part) => createHmac("sha256", secret).update(part).digest();
  const secret = scope.split("/").reduce(sign, `AWS4${WHO.AWS_SECRET_ACCESS_KEY}`);
  return createHmac("sha256", secret).update(text).digest("hex") === signature;
}
