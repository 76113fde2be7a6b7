// Point 13: what a page is on paper, A4 and Letter. A KPI, a row and a heading with what follows it stay
// whole, and a KPI is small enough for that; the date of the data is printed and the ways through the site
// are not; the paper is white, also for a reader who likes it dark. How many sheets a page takes is held
// by tests/print.

import { ofEachTemplate } from "../sites.mjs";

export const about = "KPIs and headings whole, the date printed, no navigation, white";

/** The text of a sheet in CSS pixels: its size less its margins. */
const SHEETS = { A4: { width: Math.floor(((210 - 30) / 25.4) * 96), height: Math.floor(((297 - 32) / 25.4) * 96) }, Letter: { width: Math.floor((8.5 - 30 / 25.4) * 96), height: Math.floor((11 - 32 / 25.4) * 96) } };

export async function look({ browser, sample, board }) {
  const projects = [sample, board].flatMap((site) => site.pages.filter(({ template }) => template === "project"));
  const others = ofEachTemplate(sample).filter(({ template }) => template !== "project");
  const lines = [];
  for (const [paper, { width, height }] of Object.entries(SHEETS)) {
    const printed = await browser.each([...projects, ...others], { width, height, print: true, dark: true }, (tab) => tab.evaluate(sheet, height));
    lines.push(...printed.map((line) => line.replace(/^([^:]+: [^:]+: )/, `$1${paper}: `)));
  }
  return lines;
}

/** In the page, as it is printed. */
function sheet(height) {
  const lines = [];
  const seen = (what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility());
  const named = (one) => `${one.tagName.toLowerCase()}${one.className ? `.${one.className}` : ""} “${one.textContent.trim().replace(/\s+/g, " ").slice(0, 30)}”`;
  for (const one of seen(".kpi, main tr, .figures, .quote, figure")) {
    const { breakInside } = getComputedStyle(one);
    if (!breakInside.startsWith("avoid")) lines.push(`${named(one)} may be torn: break-inside is ${breakInside}`);
    if (one.getBoundingClientRect().height > height) lines.push(`${named(one)} is higher than a sheet: it cannot stay whole`);
  }
  for (const one of seen("main :is(h1, h2, h3, h4), main thead")) {
    if (!getComputedStyle(one).breakAfter.startsWith("avoid")) lines.push(`${named(one)} may be torn from what follows it`);
  }
  for (const one of seen("nav, .skip, summary, form, button:not(thead *), .filters, .pages")) lines.push(`${named(one)} is printed`);
  if (!seen("body *").some((one) => one.childElementCount === 0 && /data as of \d/i.test(one.textContent))) lines.push("the date of the data is not printed");
  const { colorScheme } = getComputedStyle(document.documentElement);
  const { backgroundColor, color } = getComputedStyle(document.body);
  if (backgroundColor !== "rgb(255, 255, 255)") lines.push(`the paper is ${backgroundColor}, with letters ${color}, color-scheme ${colorScheme}`);
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) lines.push(`is ${document.documentElement.scrollWidth} px wide, the sheet ${width}`);
  return [...new Set(lines)];
}
