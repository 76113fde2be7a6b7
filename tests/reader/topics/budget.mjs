// Point 14: how much a page weighs, compressed as a web server does it, and how many files it asks for.

import { readFileSync } from "node:fs";
import { join, dirname, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { ofEachTemplate } from "../sites.mjs";

export const about = "weight of HTML, CSS and JavaScript, and requests, each page";

const KB = 1024;
const LISTS = /^(projects|kpis|value|lessons|actions|partnership|people|units|tags|years|timeline|lesson-theme|tag)$/;
/** Pages that a reader works with: the first of each list that can be narrowed. */
const EXPLORED = /^(projects|kpis|actions)\/index\.html$/;
const STYLE = 12 * KB;
const REQUESTS = 6;

export async function look({ browser, sites, sample, german, crowded }) {
  const lines = [];
  const weights = new Map();
  const weight = (file) => weights.get(file) ?? weights.set(file, gzipSync(readFileSync(file)).length).get(file);
  for (const page of sites.flatMap(({ name, pages }) => (name === "longest" ? [] : pages))) {
    const say = (what, is, most) => is > most && lines.push(`${page.site}: ${page.path}: ${what} weighs ${is} bytes, not at most ${most}`);
    const own = (pattern) => [...page.html.matchAll(pattern)].map(([, href]) => href).filter((href) => !/^https?:/.test(href));
    const at = (href) => (page.template === "404" ? join(dirname(page.file), href.replace(/^\/[^/]+\/[^/]+\//, "")) : resolve(dirname(page.file), href));
    const styles = own(/<link rel="stylesheet" href="([^"]+)"/g).map(at);
    const scripts = own(/<script[^>]* src="([^"]+)"/g).map(at);
    const sum = (files) => files.reduce((all, file) => all + weight(file), 0);
    if (styles.length !== 1) lines.push(`${page.site}: ${page.path}: has ${styles.length} style sheets, not one`);
    say("its HTML", weight(page.file), (LISTS.test(page.template) ? 40 : 20) * KB);
    say("its style sheet", sum(styles), STYLE);
    say("its JavaScript", sum(scripts), (EXPLORED.test(page.path) || page.template === "search" ? 15 : 4) * KB);
  }
  // What a page leaves out to stay within is said: of 450 projects a unit pays for 50 are listed.
  const one = crowded.pages.find(({ path }) => path === "units/one/index.html");
  for (const left of ["400 more are not listed here.", "All 225 projects", "175 more are not listed here."]) {
    if (!one?.html.includes(left)) lines.push(`crowded: units/one/index.html does not say: ${left}`);
  }
  const kinds = [sample, german].flatMap(ofEachTemplate);
  lines.push(...(await browser.each(kinds, { hear: true }, async (tab) => {
    const { asked } = tab.heard;
    if (asked.size < 2) return [`asked for ${asked.size} files: was it loaded?`];
    return asked.size > REQUESTS ? [`asks for ${asked.size} files, not at most ${REQUESTS}: ${[...asked].join(" ")}`] : [];
  })));
  return lines;
}
