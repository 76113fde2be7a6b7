// Point 6: what one sees of a page before one scrolls, at 1440 × 900. On the page of a project that is
// over: its result in a sentence, and its first KPI whole; on the home page: where what needs attention
// begins.

export const about = "the answer is in the first 900 px at 1440 wide";

const FOLD = 900;

export async function look({ browser, sample, board }) {
  const home = [sample, board].map((site) => site.pages.find(({ template }) => template === "home"));
  const over = [sample, board].flatMap((site) => site.pages.filter(({ template, html }) => template === "project" && isOver(html)));
  if (over.length < 16) return [`sample: only ${over.length} pages of projects that are over are found`];
  const starts = await browser.each(home, {}, async (tab) => {
    const top = await tab.evaluate(() => {
      const caption = [...document.querySelectorAll("main caption")].find((one) => one.textContent.startsWith("Needs attention"));
      return caption?.closest("table").getBoundingClientRect().top;
    });
    if (top === undefined) return ["no table says what needs attention"];
    return top < FOLD ? [] : [`what needs attention begins at ${Math.round(top)} px, not above ${FOLD}`];
  });
  const ends = await browser.each(over, {}, async (tab) => {
    const { result, kpi, name } = await tab.evaluate(() => {
      const end = (what) => document.querySelector(what)?.getBoundingClientRect().bottom;
      // A series is more than the KPI: it stands below it.
      const parts = [...document.querySelectorAll(".kpi:first-of-type > .said > *, .kpi:first-of-type > .proof > :is(svg, .axis, table)")];
      return { result: end("main .result"), kpi: Math.max(...parts.map((one) => one.getBoundingClientRect().bottom)), name: document.querySelector(".kpi h3")?.textContent };
    });
    const lines = [];
    if (!(result < FOLD)) lines.push(`its result in a sentence ends at ${Math.round(result)} px, not above ${FOLD}`);
    if (!(kpi <= FOLD)) lines.push(`its first KPI, ${name}, ends at ${Math.round(kpi)} px, not above ${FOLD}`);
    return lines;
  });
  return [...starts, ...ends];
}

/** Whether a project's page is of one that is over: it says a result. */
function isOver(html) {
  return html.includes('<p class="result">');
}
