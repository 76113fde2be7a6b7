// An object store on this machine: s3rver behind a door of our own, which notes each request, can turn
// one away, and lets a reader look on while something is published.

import { createRequire } from "node:module";
import { createServer } from "node:http";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const S3rver = createRequire(import.meta.url)("s3rver");

/// The only name and password that the server knows.
export const WHO = { AWS_ACCESS_KEY_ID: "S3RVER", AWS_SECRET_ACCESS_KEY: "S3RVER" };

export async function store(bucket) {
  const directory = mkdtempSync(join(tmpdir(), "casebook-store-"));
  const app = new S3rver({ directory, silent: true, configureBuckets: [{ name: bucket }] });
  await app.configureBuckets();
  const answer = app.callback();
  const own = {
    /// What was asked for, in the order in which it was answered: { what, key, status }.
    requests: [],
    /// Called before each request; a number that it brings is the status with which it is turned away.
    before: () => {},
    /// Called after each request that changed something.
    after: async () => {},
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const key = decodeURIComponent(url.pathname).slice(bucket.length + 2);
    const parameters = [...url.searchParams.keys()];
    const what = request.method + (parameters.includes("delete") ? " delete" : parameters.includes("uploads") ? " uploads" : parameters.includes("partNumber") ? " part" : parameters.includes("uploadId") ? " complete" : "");
    const asked = { what, key, status: 0 };
    // Who looks on says so, and is not noted.
    const watched = request.headers["x-reader"] === undefined;
    const status = watched ? own.before(asked) : undefined;
    if (status !== undefined) {
      request.resume();
      asked.status = status;
      own.requests.push(asked);
      response.writeHead(status).end("<Error><Code>SlowDown</Code></Error>");
      return;
    }
    if (watched && request.method !== "GET" && request.method !== "HEAD") {
      // The answer is held back until whoever looks on has looked.
      const end = response.end.bind(response);
      response.end = (...rest) => {
        asked.status = response.statusCode;
        own.requests.push(asked);
        own.after(asked).then(() => end(...rest), (error) => { own.failed ??= error; end(...rest); });
        return response;
      };
    } else if (watched) {
      response.on("finish", () => { asked.status = response.statusCode; own.requests.push(asked); });
    }
    answer(request, response);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  own.port = server.address().port;
  const address = (key) => `http://127.0.0.1:${own.port}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
  /// What anyone gets who asks for an object.
  own.read = (key) => fetch(address(key), { headers: { "x-reader": "1" } });
  own.put = (key, body) => fetch(address(key), { method: "PUT", body, headers: { "x-reader": "1" } });
  /// The names of all objects below one.
  own.list = async (below) => {
    const query = `?list-type=2&max-keys=10000&prefix=${encodeURIComponent(below)}`;
    const text = await (await fetch(`http://127.0.0.1:${own.port}/${bucket}${query}`, { headers: { "x-reader": "1" } })).text();
    return [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key.replaceAll("&amp;", "&")).sort();
  };
  own.close = () => {
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return own;
}
