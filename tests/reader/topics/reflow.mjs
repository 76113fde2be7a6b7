// Point 11: nothing is scrolled sideways and no text is cut off. Each page at 320 px; one of each template
// at 320 × 256 with four dots a pixel, which is what a screen of 1280 × 1024 shows at 400 %, and at the
// widths between which the theme lays its pages out anew.

import { ofEachTemplate, walked } from "../sites.mjs";

export const about = "no sideways scroll and no cut text at 320 px, at 400 %, and up to 1600 px";

/** Beside and between the widths at which the theme lays its pages out anew. */
const WIDTHS = [480, 640, 720, 799, 800, 1023, 1024, 1100, 1280, 1600];

/** Of a language with longer words, where each of its layouts is narrowest. */
const LONGER = [640, 800, 1024, 1340];

export async function look({ browser, sites, sample, german, longest }) {
  const narrow = await browser.each(walked(sites), { width: 320, hear: true }, (tab) => looked(tab, "320 px"));
  const kinds = [sample, german].flatMap(ofEachTemplate);

  const zoomed = await browser.each([...kinds, ...ofEachTemplate(longest)], { width: 320, height: 256, zoom: 4 }, async (tab) => {
    return [...(await looked(tab, "400 %")), ...(await tab.evaluate(stuck))];
  });
  const between = await browser.each(kinds, {}, async (tab, { site }) => {
    const lines = [];
    for (const width of site === "german" ? LONGER : WIDTHS) {
      await tab.setViewport({ width, height: 900 });
      lines.push(...(await looked(tab, `${width} px`)));
    }
    return lines;
  });
  return [...narrow, ...zoomed, ...between];
}

async function looked(tab, way) {
  return [...(await tab.evaluate(sideways, way)), ...(await tab.evaluate(broken, way))];
}

/** In the page: what sticks out of the window, and text that is cut off. */
function sideways(way) {
  const width = document.documentElement.clientWidth;
  const named = (one) => `${one.tagName.toLowerCase()}${one.classList.length ? `.${[...one.classList].join(".")}` : ""} “${one.textContent.trim().replace(/\s+/g, " ").slice(0, 30)}”`;
  const lines = [];
  const hidden = (one) => one.closest(".hide, thead, .sprite") && getComputedStyle(one.closest(".hide, thead, .sprite")).clipPath !== "none";
  const all = [...document.body.querySelectorAll("*")];
  if (document.documentElement.scrollWidth > width) {
    const out = all.filter((one) => one.getBoundingClientRect().right > width + 0.5 && !hidden(one));
    const inmost = out.find((one) => !out.some((other) => other !== one && one.contains(other)));
    lines.push(`${way}: scrolls sideways to ${document.documentElement.scrollWidth} px: ${inmost ? named(inmost) : "what sticks out is not found"}`);
  }
  // What hangs before a line needs room there.
  for (const one of document.querySelectorAll("th, td")) {
    const { textIndent, paddingLeft } = getComputedStyle(one);
    if (Number.parseFloat(textIndent) + Number.parseFloat(paddingLeft) < 0 && !hidden(one)) lines.push(`${way}: ${named(one)} begins left of its box`);
  }
  // Letters may stand in the gap beside their box, but not in what is beyond it.
  const gap = width < 640 ? 8 : 24;
  for (const one of all) {
    if (one.scrollWidth <= one.clientWidth + 1 || !one.clientWidth || hidden(one) || one.querySelector("svg, .hide") || one.closest("svg, .slots")) continue;
    const { overflowX, display } = getComputedStyle(one);
    const told = `${named(one)} has ${one.clientWidth} px for ${one.scrollWidth}`;
    if (overflowX !== "visible") lines.push(`${way}: ${told}, and is cut off`);
    else if (display !== "inline" && one.scrollWidth > one.clientWidth + gap) lines.push(`${way}: ${told}, and lies over what is beside it`);
  }
  return lines;
}

/**
 * In the page: words of KPIs' tables that stand on two lines. A word may be longer than any column can be,
 * and in German it may be hyphenated.
 */
function broken(way) {
  const lines = [];
  if (document.documentElement.lang !== "en") return lines;
  for (const cell of document.querySelectorAll(".facts :is(tbody th, td)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/(?<![\p{L}\p{N}])[\p{L}\p{N}]{2,29}(?![\p{L}\p{N}])/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
        if (tops.size > 1) lines.push(`${way}: “${word}” is broken in “${cell.textContent.trim().slice(0, 30)}”`);
      }
    }
  }
  return lines;
}

/** In the page: what stays in sight while one scrolls must leave room to read. */
function stuck() {
  window.scrollTo(0, document.documentElement.scrollHeight / 2);
  const kept = [...document.body.querySelectorAll("*")].filter((one) => /^(sticky|fixed)$/.test(getComputedStyle(one).position));
  const tall = kept.filter((one) => one.getBoundingClientRect().height > innerHeight / 3);
  return tall.map((one) => `400 %: ${one.tagName.toLowerCase()}.${one.className} stays in sight and is ${Math.round(one.getBoundingClientRect().height)} of ${innerHeight} px high`);
}
