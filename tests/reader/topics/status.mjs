// Point 4: each status has a word and a shape of its own, in which it can be told without its color. With
// it, a reader who sets the colors: words and marks are painted in them alone, and can still be seen. And
// nothing moves, least of all for a reader who asked for that.

import { ofEachTemplate } from "../sites.mjs";

export const about = "status by word and shape, colors of the reader's own, nothing moves";

export async function look({ browser, sample, board }) {
  const pages = [...ofEachTemplate(sample), ...ofEachTemplate(board).filter(({ template }) => template === "home")];
  const tones = new Set();
  const plain = await browser.each(pages, {}, async (tab) => {
    const { lines, met } = await tab.evaluate(badges);
    met.forEach((tone) => tones.add(tone));
    return [...lines, ...(await tab.evaluate(moving))];
  });
  const missing = ["met", "way", "near", "miss", "none"].filter((tone) => !tones.has(tone)).map((tone) => `sample: no page shows the status ${tone}: it is not tested`);
  const forced = [false, true].map((dark) => browser.each(pages, { forced: true, dark, still: true }, async (tab) => {
    const told = `colors of the reader's own, ${dark ? "dark" : "light"}`;
    const lines = [...(await tab.evaluate(painted)), ...(await tab.evaluate(badges)).lines];
    return [...lines.map((line) => `${told}: ${line}`), ...(await tab.evaluate(moving))];
  }));
  return [...plain, ...missing, ...(await Promise.all(forced)).flat()];
}

/** In the page: each badge has a word, and a shape that is no other tone's. */
function badges() {
  const lines = [];
  const met = new Set();
  const shapes = [...document.querySelectorAll(".sprite symbol")];
  // What is drawn, whatever it is called.
  const drawn = new Map(shapes.map((symbol) => [symbol.id, symbol.innerHTML]));
  if (new Set(drawn.values()).size < drawn.size) lines.push("two shapes are drawn alike");
  const names = new Map();
  for (const badge of document.querySelectorAll(".badge")) {
    const told = `the badge “${badge.textContent.trim()}”`;
    const tone = [...badge.classList].find((name) => /^(met|way|near|miss|none)$/.test(name));
    const href = badge.querySelector("use")?.getAttribute("href") ?? "";
    if (!tone) lines.push(`${told} has no tone: ${badge.className}`);
    if (!badge.textContent.trim()) lines.push(`a badge of ${tone} has no word`);
    if (!drawn.has(href.slice(1))) lines.push(`${told} has no shape`);
    if (names.has(tone) && names.get(tone) !== href) lines.push(`${told} has the shape ${href}, others of ${tone} have ${names.get(tone)}`);
    if ([...names].some(([other, shape]) => other !== tone && shape === href)) lines.push(`${told} has the shape of another status`);
    const box = badge.querySelector("svg")?.getBoundingClientRect();
    if (badge.checkVisibility() && box && Math.min(box.width, box.height) < 14) lines.push(`the shape of ${told} is ${box.width} × ${box.height} px`);
    names.set(tone, href);
    met.add(tone);
  }
  return { lines, met: [...met] };
}

/** In the page: what is painted in a color that is not of the reader's own, or in that of its ground. */
function painted() {
  const probe = document.body.appendChild(document.createElement("span"));
  const own = (name) => ((probe.style.color = name), getComputedStyle(probe).color);
  const names = ["Canvas", "CanvasText", "LinkText", "VisitedText", "GrayText", "Highlight", "HighlightText", "ButtonText", "ButtonFace", "Field", "FieldText", "Mark", "MarkText"];
  const palette = new Map(names.map((name) => [own(name), name]));
  const ground = own("Canvas");
  probe.remove();
  const lines = [];
  const told = (one) => `${one.tagName} .${(one.getAttribute("class") ?? "").replaceAll(" ", ".")} in .${one.closest("svg").getAttribute("class")} (“${(one.closest("svg").querySelector("title")?.textContent ?? one.closest(".badge")?.textContent ?? "").slice(0, 30)}”)`;
  for (const one of document.querySelectorAll("svg:not(.sprite) :is(path, rect, circle, use, line, polyline)")) {
    const { fill, stroke } = getComputedStyle(one);
    const inks = [fill, stroke].filter((color) => color !== "none" && color !== "rgba(0, 0, 0, 0)");
    for (const ink of inks) if (!palette.has(ink)) lines.push(`${told(one)} is painted ${ink}, which is no color of the reader's own`);
    // Of stacked marks, one may show by its edge; one that shows by nothing is lost.
    if (inks.length && inks.every((ink) => ink === ground)) lines.push(`${told(one)} is painted in the color of the page`);
  }
  for (const badge of document.querySelectorAll(".badge")) {
    const { color, backgroundColor, borderTopColor } = getComputedStyle(badge);
    if (!palette.has(color) || color === backgroundColor) lines.push(`the badge “${badge.textContent.trim()}” is written in ${color} on ${backgroundColor}`);
    if (borderTopColor === ground) lines.push(`the badge “${badge.textContent.trim()}” has no edge`);
  }
  return [...new Set(lines)];
}

/** In the page: what moves, or would when it is pointed at. */
function moving() {
  const lines = document.getAnimations().map((one) => `${one.animationName ?? one.transitionProperty ?? "something"} moves`);
  for (const one of document.querySelectorAll("*")) {
    for (const part of [null, "::before", "::after"]) {
      const { animationName, transitionDuration, transitionDelay, scrollBehavior } = getComputedStyle(one, part);
      if (animationName !== "none") lines.push(`${one.tagName}${part ?? ""} is animated: ${animationName}`);
      if (`${transitionDuration}, ${transitionDelay}`.split(", ").some((time) => parseFloat(time) > 0)) lines.push(`${one.tagName}${part ?? ""} changes bit by bit: ${transitionDuration}`);
      if (!part && scrollBehavior === "smooth") lines.push(`${one.tagName} scrolls bit by bit`);
    }
  }
  return [...new Set(lines)];
}
