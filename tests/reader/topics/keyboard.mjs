// Point 10: with the Tab key, one comes to all that can be followed or opened, in the order in which it
// stands and is read; each time one sees where one is. Its sizes are held with axe-core.

import { ofEachTemplate } from "../sites.mjs";

export const about = "tab order is reading order, focus in sight, 1440 and 320 px";

/** How wide the ring around what has the focus is at least, in pixels. */
const RING = 2;
/** How many places of a page are gone to: long lists are all alike. */
const PLACES = 80;

export async function look({ browser, sample }) {
  const pages = ofEachTemplate(sample);
  const lines = [];
  for (const width of [1440, 320]) {
    // Once from a host, and once from the disk with JavaScript, which other topics leave out there. The
    // page for wrong addresses is never read from a disk.
    const from = width === 320 ? "server" : "file";
    const there = pages.filter(({ template }) => from === "server" || template !== "404");
    const walked = await browser.each(there, { width, from, hear: true }, async (tab) => {
      const said = await walk(tab);
      return [...new Set(said)].map((line) => `${width} px: ${line}`);
    });
    lines.push(...walked);
  }
  return lines;
}

async function walk(tab) {
  const lines = [];
  const places = await tab.evaluate(collect);
  if (places < 3) lines.push(`has ${places} places to go to: is it a page of the site?`);
  let before = null;
  for (let nth = 0; nth < Math.min(places, PLACES); nth += 1) {
    await tab.keyboard.press("Tab");
    const now = await tab.evaluate(focused);
    if (now.nth !== nth) {
      lines.push(`the Tab key leads to ${now.said}, place ${now.nth + 1} in the text, not ${nth + 1}`);
      break;
    }
    if (now.ring < RING) lines.push(`${now.said} has the focus, and a ring of ${now.ring} px`);
    if (now.covered) lines.push(`${now.said} has the focus, and ${now.covered}`);
    if (before && goesBack(before, now)) lines.push(`from ${before.said} the focus goes back to ${now.said}`);
    before = now;
  }
  return lines;
}

/** Whether one reads backwards from a place to the next: up without going right, or left in a line. */
function goesBack(from, to) {
  if (to.top >= from.bottom) return false;
  if (to.bottom <= from.top) return to.left < from.right;
  return to.right <= from.left;
}

/** In the page: marks what the focus can come to, in the order of the text. */
function collect() {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
  const open = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0);
  globalThis.places = open;
  return open.length;
}

/** In the page: where the focus is, on the page and not in the window. */
function focused() {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const box = one.getClientRects()[0] ?? one.getBoundingClientRect();
  const { top, left, bottom, right } = box;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  let covered = null;
  if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth) covered = "is out of sight";
  else {
    const over = document.elementFromPoint(x, y);
    if (!over || !(one.contains(over) || over.contains(one))) covered = `is covered by ${over?.tagName.toLowerCase()}.${over?.className}`;
  }
  const said = `“${(one.textContent || one.name || one.tagName).trim().replace(/\s+/g, " ").slice(0, 40)}” (${one.getAttribute("href") ?? one.tagName})`;
  const ring = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
  return { nth: globalThis.places.indexOf(one), said, ring, covered, top: top + scrollY, bottom: bottom + scrollY, left, right };
}
