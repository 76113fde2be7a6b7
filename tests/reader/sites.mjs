// The sites that are looked at: the sample for its widest circle and for its board, and small casebooks.
// Each is built with an address below a folder, as a site has that shares its host with others.

import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as casebooks from "./casebooks.mjs";

const house = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** Below which path the sites are served. */
export const BELOW = "/handbook/";

/** Which template a page is made of, by its address. The first that fits counts. */
const ADDRESSES = {
  home: /^index\.html$/,
  404: /^404\.html$/,
  brief: /^projects\/[^/]+\/brief\/index\.html$/,
  evidence: /^projects\/[^/]+\/evidence\/index\.html$/,
  projects: /^projects\/(by\/[^/]+\/[^/]+\/|page\/[^/]+\/)?index\.html$/,
  project: /^projects\/[^/]+\/index\.html$/,
  "lesson-theme": /^lessons\/[^/]+\/index\.html$/,
  unit: /^units\/[^/]+\/index\.html$/,
  person: /^people\/[^/]+\/index\.html$/,
  year: /^years\/[^/]+\/index\.html$/,
  tag: /^tags\/[^/]+\/index\.html$/,
};
const PARTS = /^(accessibility|actions|board|kpis|lessons|partnership|people|search|tags|timeline|units|value|years)\/(?:page\/[^/]+\/)?index\.html$/;
/** An old address, which only leads on: it is no page of a template. */
const LEADS_ON = /<meta http-equiv="refresh"/i;

/** Builds all sites below a folder: each with its name, its files and its pages. */
export function build(program, folder) {
  const sample = (to, settings) => {
    cpSync(join(house, "content"), join(to, "content"), { recursive: true });
    const plain = readFileSync(join(house, "casebook.yaml"), "utf8").replace(/^base_url:.*\n/m, "");
    writeFileSync(join(to, "casebook.yaml"), plain + settings);
  };
  const longest = (to, settings) => {
    run("node", [join(house, "tests/print/fullest.mjs"), to]);
    writeFileSync(join(to, "casebook.yaml"), readFileSync(join(to, "casebook.yaml"), "utf8") + settings);
  };
  return [
    made(program, folder, "sample", sample),
    made(program, folder, "board", sample, ["--audience", "board"]),
    made(program, folder, "empty", casebooks.empty),
    made(program, folder, "single", casebooks.single),
    made(program, folder, "german", casebooks.german),
    made(program, folder, "longest", longest),
    made(program, folder, "crowded", casebooks.crowded),
  ];
}

function made(program, folder, name, write, options = []) {
  const root = join(folder, "casebooks", name);
  const site = join(folder, "sites", name);
  // The theme as it stands here, so that a rule can be tried without another program.
  cpSync(join(house, "themes/default"), join(root, "themes/default"), { recursive: true });
  write(root, `base_url: https://casebook.example.org${BELOW}${name}/\n`);
  run(program, ["build", "--quiet", "--root", root, "--output", site, ...options]);
  const files = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1))
    .sort();
  const pages = files.filter((path) => path.endsWith(".html")).map((path) => ({ site: name, path, file: join(site, path), html: readFileSync(join(site, path), "utf8") }));
  const met = pages.filter(({ html }) => !LEADS_ON.test(html)).map((page) => ({ ...page, template: template(page.path) }));
  return { name, folder: site, files, pages: met };
}

function run(program, options) {
  const { status, stderr, error } = spawnSync(program, options, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} ${options.join(" ")}: ${error ?? stderr}`);
}

function template(path) {
  const part = path.match(PARTS)?.[1];
  return part ?? Object.keys(ADDRESSES).find((name) => ADDRESSES[name].test(path)) ?? "page";
}

/** The fullest page of each template of a site, and of a list of projects two: all, and a choice. */
export function ofEachTemplate(site) {
  const fullest = new Map();
  for (const page of site.pages) {
    const kind = /^projects\/by\//.test(page.path) ? "choice" : page.template;
    if (page.html.length > (fullest.get(kind)?.html.length ?? 0)) fullest.set(kind, page);
  }
  return [...fullest.values()];
}

/** The pages that are walked: all of the sample, and what other sites have of their own; of the crowded one,
whose pages are as any other's but for their length, none. */
export function walked(sites) {
  return sites.filter(({ name }) => name !== "crowded").flatMap((site) => (site.name === "sample" || site.pages.length < 60 ? site.pages : ofEachTemplate(site)));
}

/** Templates of the default theme of which a site has no page. */
export function unmet(site) {
  const names = readdirSync(join(house, "themes/default/templates")).map((name) => name.replace(/\.html$/, ""));
  const whole = names.filter((name) => !/^(base|components|part-.*)$/.test(name));
  const met = new Set(site.pages.map((page) => page.template));
  return whole.filter((name) => !met.has(name));
}
