// Point 1: axe-core finds nothing on any template, light and dark, on a narrow and on a wide screen.
// With it, the size of what one points at (of point 10): axe knows which links stand in a sentence, and
// how much room smaller ones need.

import { createRequire } from "node:module";
import { set } from "../browser.mjs";
import { ofEachTemplate } from "../sites.mjs";

export const about = "axe-core, each template, light and dark, 320 and 1440 px";

const axe = createRequire(import.meta.url)("axe-core");
const WAYS = [320, 1440].flatMap((width) => [false, true].map((dark) => ({ width, dark })));

export async function look({ browser, sample, board, german, empty }) {
  const pages = ofEachTemplate(sample);
  pages.push(...[board, empty].map((site) => site.pages.find(({ template }) => template === "home")));
  pages.push(german.pages.find(({ template }) => template === "project"));
  return browser.each(pages, {}, async (tab) => {
    const lines = [];
    // Said to the page by the driver, which no policy of the page forbids: it stays as it is.
    await tab.evaluate(axe.source);
    for (const way of WAYS) {
      await set(tab, way);
      const { violations, passes } = await tab.evaluate(check);
      const told = `${way.dark ? "dark" : "light"}, ${way.width} px`;
      if (passes < 10) lines.push(`${told}: axe-core looked at ${passes} rules only`);
      for (const { id, help, at, why } of violations) lines.push(`${told}: ${id} at ${at}: ${help}: ${why}`);
    }
    return lines;
  });
}

/** Runs axe in the page: each thing that it finds, with where. */
async function check() {
  const rules = { "target-size": { enabled: true } };
  const { violations, passes } = await globalThis.axe.run(document, { rules, resultTypes: ["violations"], elementRef: false });
  const each = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, help, at: target.join(" "), why: failureSummary.split("\n").slice(1).join(" ").trim() })),
  );
  return { violations: each, passes: passes.length };
}
