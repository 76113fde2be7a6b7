// Points 9, 18 and 19, without JavaScript and from the disk, as the browser reads each page: one h1 and
// no level left out; each link and anchor leads somewhere; each project is within three clicks of home, by
// links that can be seen. tests/sample.rs holds links and clicks of the sample against the text of its
// pages; here the browser says where a link leads, what an anchor is, and what can be seen.

import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { walked } from "../sites.mjs";

export const about = "headings, links and anchors, three clicks to each project, JavaScript off, from the disk";

const CLICKS = 3;

export async function look({ browser, server, sites }) {
  const read = new Map();
  const isFound = ({ template }) => template !== "404";
  const lines = await browser.each(walked(sites).filter(isFound), { from: "file", script: false, hear: true }, async (tab, page) => {
    const { links, ids, levels } = await tab.evaluate(outline);
    read.set(page.file, { links, ids: new Set(ids) });
    return headings(levels);
  });
  for (const site of sites) {
    const files = new Set(site.files.map((path) => join(site.folder, path)));
    for (const page of site.pages.filter(({ file }) => read.has(file))) {
      const lost = read.get(page.file).links.map(({ href, said }) => [said, leads(href, site, files, read)]);
      lines.push(...lost.filter(([, wrong]) => wrong).map(([said, wrong]) => `${site.name}: ${page.path}: the link ${said} ${wrong}`));
    }
    if (site.pages.filter(isFound).every(({ file }) => read.has(file))) lines.push(...far(site, read));
  }
  // The links of the page for wrong addresses count from the host's root: it is served for any address.
  const lost = sites.flatMap((site) => site.pages.filter((page) => !isFound(page)));
  const outside = await browser.each(lost, {}, async (tab, page) => {
    await tab.goto(`${server.below(page.site)}nowhere/at/all/`);
    const { links, levels } = await tab.evaluate(outline);
    const out = links.filter(({ href }) => href.startsWith("http://127") && !href.startsWith(server.below(page.site)));
    return [...headings(levels), ...out.map(({ said }) => `at an address deep in the site, the link ${said} leads out of it`)];
  });
  return [...lines, ...outside];
}

/** In the page: where it leads, which of it can be seen; its anchors; its headings. */
function outline() {
  const all = (what) => [...document.querySelectorAll(what)];
  return {
    links: all("a[href], link[href], img[src]").map((one) => ({ href: one.href ?? one.src, said: `“${(one.textContent || one.alt || one.rel || "").trim().slice(0, 40)}” to ${one.getAttribute("href") ?? one.getAttribute("src")}`, seen: one.matches("a") && one.checkVisibility({ visibilityProperty: true }) })),
    ids: all("[id]").map(({ id }) => id),
    levels: all("h1, h2, h3, h4, h5, h6").map((one) => ({ level: Number(one.tagName[1]), text: one.textContent.trim() })),
  };
}

function headings(levels) {
  const lines = [];
  const first = levels.filter(({ level }) => level === 1).length;
  if (first !== 1) lines.push(`has ${first} h1`);
  let before = 0;
  for (const { level, text } of levels) {
    if (!text) lines.push(`has an empty h${level}`);
    if (level > before + 1) lines.push(`h${level} “${text}” follows h${before}`);
    before = level;
  }
  return lines;
}

/** What is wrong with where a link leads; nothing where it leads elsewhere. */
function leads(href, site, files, read) {
  if (!href.startsWith("file:")) return /^(https?|mailto):/.test(href) ? null : `is no link: ${href}`;
  const url = new URL(href);
  const anchor = decodeURIComponent(url.hash.slice(1));
  url.hash = url.search = "";
  const file = fileURLToPath(url);
  if (!files.has(file)) return `leads to ${relative(site.folder, file)}, which is not there`;
  const there = read.get(file)?.ids;
  // An old address, which only leads on, has no anchors; data have none either.
  return anchor && there && !there.has(anchor) ? `leads to no anchor ${anchor}` : null;
}

/** Projects that are too far from home. */
function far(site, read) {
  const home = join(site.folder, "index.html");
  const clicks = new Map([[home, 0]]);
  for (const [file, near] of clicks) {
    for (const { href, seen } of read.get(file)?.links ?? []) {
      if (!seen || !href.startsWith("file:")) continue;
      const url = new URL(href);
      url.hash = url.search = "";
      const to = fileURLToPath(url);
      if (!clicks.has(to)) clicks.set(to, near + 1);
    }
  }
  const projects = site.pages.filter(({ template }) => template === "project");
  const lines = projects.map(({ file, path }) => [path, clicks.get(file)]).filter(([, n]) => n === undefined || n > CLICKS);
  return lines.map(([path, n]) => `${site.name}: ${dirname(path)} is ${n === undefined ? "led to by no link that can be seen" : `${n} clicks from home`}`);
}
