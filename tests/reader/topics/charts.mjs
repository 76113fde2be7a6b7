// Point 16: each chart has a title and a description, and a twin that tells the same numbers. The twin of a chart in a row of
// a table is the rest of its row; of a chart in a story, the KPI that its link leads to; of the bar of all
// projects, the sentence before it; of any other, the table that follows it, in its figure or in its part of the page. Of point 17: figures stand in numerals
// of one width.

import { ofEachTemplate } from "../sites.mjs";

export const about = "each chart has a title, a description and a table with the same numbers";

export async function look({ browser, sample, board, german }) {
  const drawn = ({ html }) => html.includes('role="img"');
  const projects = [sample, board, german].flatMap((site) => site.pages.filter((page) => page.template === "project" && drawn(page)));
  const others = ofEachTemplate(sample).filter((page) => page.template !== "project" && drawn(page));
  if (projects.length < 16 || others.length < 3) return [`only ${projects.length} projects and ${others.length} other pages with charts are found`];
  return browser.each([...projects, ...others], {}, (tab) => tab.evaluate(twins));
}

/** In the page: charts without a title or a twin, and numbers that their twin does not tell. */
function twins() {
  const lines = [];
  // What a number counts; one cut short, as $1.99m, counts to its last digit.
  const parsed = (text) => [...text.matchAll(/(\d[\d.,\u00a0\u202f]*\d|\d)(k|m|bn)?\b/g)].map(([, digits, unit]) => ({ digits, unit }));
  const plain = ({ digits, unit }) => Number(digits.replace(/[,\u00a0\u202f]/g, "")) * ({ k: 1e3, m: 1e6, bn: 1e9 }[unit] ?? 1);
  const fine = ({ digits, unit }) => ({ k: 1e3, m: 1e6, bn: 1e9 })[unit] / 10 ** (digits.split(".")[1]?.length ?? 0);
  const isTold = (number, there, text) => {
    if (there.some(({ digits, unit }) => digits === number.digits && unit === number.unit)) return true;
    if (number.digits === "0") return text.includes("None");
    return Boolean(number.unit) && there.some((other) => Math.abs(plain(other) - plain(number)) <= fine(number) / 2);
  };
  const twinOf = (svg) => {
    if (svg.closest("td")) return svg.closest("tr");
    const kpi = svg.closest(".chart")?.querySelector("a")?.hash.slice(1);
    if (kpi) return document.getElementById(kpi)?.closest("article");
    if (svg.matches(".result + .standings")) return svg.previousElementSibling;
    const after = (table) => svg.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
    const scopes = ["figure", ".proof", ".body"].map((what) => svg.closest(what)).filter(Boolean);
    return scopes.map((scope) => [...scope.querySelectorAll("table")].find(after)).find(Boolean);
  };
  for (const svg of document.querySelectorAll("svg:not([aria-hidden=true])")) {
    // A drawing within a drawing is a part of it.
    if (svg.parentElement.closest("svg")) continue;
    const title = svg.querySelector(":scope > title")?.textContent.trim() ?? "";
    const told = `the chart .${svg.getAttribute("class")} “${title.slice(0, 60)}”`;
    const desc = svg.querySelector(":scope > desc")?.textContent.trim() ?? "";
    // A line as high as a word has its words beside it.
    if (svg.getAttribute("role") !== "img" || !title || (!desc && !svg.matches(".spark"))) {
      lines.push(`${told} has no title, no description, or no role`);
      continue;
    }
    const twin = twinOf(svg)?.cloneNode(true);
    if (!twin) {
      lines.push(`${told} has no table that tells its numbers`);
      continue;
    }
    twin.querySelectorAll("svg").forEach((one) => one.remove());
    // Cells have no space between them.
    const text = [twin, ...twin.querySelectorAll("caption, th, td, li, p")].map((one) => one.textContent).join(" ");
    const there = parsed(text);
    const missing = parsed(`${title} ${desc}`).filter((number) => !isTold(number, there, text)).map(({ digits, unit }) => digits + (unit ?? ""));
    if (missing.length) lines.push(`${told} says ${[...new Set(missing)].join(", ")}, its table does not`);
    // A line has as many points as its table has rows.
    const points = svg.querySelector(".trend")?.getAttribute("d")?.match(/[ML]/g)?.length;
    const rows = svg.matches("figure .line:not(.years)") && twin.tBodies?.[0].rows.length;
    if (points && rows && points !== rows) lines.push(`${told} has ${points} points, its table ${rows} rows`);
  }
  const isUneven = (one) => !getComputedStyle(one).fontVariantNumeric.includes("tabular-nums");
  for (const one of document.querySelectorAll(".big, td, .axis, .ticks")) {
    if (/\d/.test(one.textContent) && isUneven(one)) lines.push(`“${one.textContent.trim().slice(0, 30)}” stands in numerals of several widths`);
  }
  return lines;
}
