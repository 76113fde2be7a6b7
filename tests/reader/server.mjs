// Serves the sites below a folder of its host, as a web server would, with their own page for wrong
// addresses. Outside of them there is nothing, not even at the host's root.

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { BELOW } from "./sites.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".xml": "application/atom+xml; charset=utf-8",
  ".ics": "text/calendar; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

/** Starts it on a free port: the address of a page and of a site, and its end. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const [, name, rest] = path.startsWith(BELOW) ? path.slice(BELOW.length - 1).match(/^\/([^/]+)\/(.*)$/) ?? [] : [];
    const file = name && normalize(join(folder, name, rest.endsWith("/") || !rest ? `${rest}index.html` : rest));
    const found = file?.startsWith(join(folder, name)) && existsSync(file) && statSync(file).isFile();
    const its = found ? file : name && join(folder, name, "404.html");
    if (!its || !existsSync(its)) return response.writeHead(404).end();
    const type = TYPES[extname(its)] ?? "application/octet-stream";
    // Pictures are compressed as they are.
    const packed = /charset|svg/.test(type);
    response.writeHead(found ? 200 : 404, { "content-type": type, ...(packed && { "content-encoding": "gzip" }) });
    response.end(packed ? gzipSync(readFileSync(its)) : readFileSync(its));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const host = `http://127.0.0.1:${server.address().port}`;
  return {
    address: (page) => `${host}${BELOW}${page.site}/${page.path.replace(/(^|\/)index\.html$/, "$1")}`,
    below: (name) => `${host}${BELOW}${name}/`,
    close: () => new Promise((done) => (server.closeAllConnections(), server.close(done))),
  };
}
