// Small casebooks that the sample is not: an empty one, one of a single project, and a German one whose
// words are long; and one that is so full of two units, one person and one tag that each list is as long as
// it ever becomes. The longest texts are those that tests/print/fullest.mjs writes.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Writes files below a folder, by their paths. */
function written(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A casebook in which no one has written anything yet. */
export function empty(folder, settings) {
  written(folder, { "casebook.yaml": `title: Nothing yet\nas_of: 2026-06-30\n${settings}`, "content/.keep": "" });
}

/** A casebook of one project, with the least that a write-up can say. */
export function single(folder, settings) {
  written(folder, {
    "casebook.yaml": `title: The one and only\nas_of: 2026-06-30\n${settings}`,
    "content/projects/parking.md": `---
title: Parking permits in a day
summary: Permits took three weeks. Now they take a day.
status: completed
owner: Ada Finch (office)
kpis:
  - id: days
    name: Days until a permit
    measure: days
    direction: lower
    baseline: {value: 21, on: 2024-03-31}
    target: {value: 2, by: 2025-12-31}
    actual: {value: 1, on: 2026-03-31}
    source: Register of permits
---

Letters became a form.
`,
  });
}

/** A German casebook: other words for all that pages say, and longer ones. */
export function german(folder, settings) {
  const project = (title, status, value) => `---
title: ${title}
summary: Die Zuständigkeit ist geregelt, und Anträge gehen von selbst an die richtige Stelle.
status: ${status}
class: transformation
owner: {name: Ottilie Schwarzenbacher, unit: aufsicht}
units: [aufsicht, it]
tags: [Rechtsschutzversicherung, Barrierefreiheit]
stages:
  kickoff: 2024-01-15
  go_live: {planned: 2025-01-31, actual: 2025-03-31}
kpis:
  - id: dauer
    name: Bearbeitungsdauer der Genehmigungen
    measure: Arbeitstage
    direction: lower
    baseline: {value: 1234.5, on: 2024-03-31}
    target: {value: 300, by: 2025-12-31}
    actual: {value: ${value}, on: 2026-03-31}
    source: Vorgangsbearbeitung
---

## Ausgangslage

Die Antragstellerinnen warteten auf Benachrichtigungen.

## Lösung

Ein Formular.
`;
  written(folder, {
    "casebook.yaml": `title: Das Fallbuch\nlanguage: de\ncurrency: EUR\nas_of: 2026-06-30\n${settings}`,
    "content/units/aufsicht.md": "---\nname: Verwaltungsaufsicht\n---\n",
    "content/projects/genehmigungen.md": project("Verkehrsgenehmigungen in Wochen statt Jahren", "completed", 280),
    "content/projects/verzug.md": project("Telekommunikation nach der neuen Verordnung", "completed", 1300),
    "content/projects/laeuft.md": project("Haftpflichtversicherung ohne Papier", "active", 640),
  });
}

/** So many projects of two units and one person that no list can become longer: two pages and more of each. */
const CROWD = 450;

/** A casebook in which all projects are of two units, one person, one tag, one year and one lesson. */
export function crowded(folder, settings) {
  const people = "Ada Finch (one)";
  const each = (n, one) => Array.from({ length: n }, (_, nth) => one(nth)).join("\n");
  // Names that no compression makes short: syllables drawn by a fixed row of numbers.
  let seed = 7;
  const drawn = (n) => (seed = (seed * 48271) % 2147483647) % n;
  const word = () => each(2 + drawn(2), () => "bcdfglmnprstvz"[drawn(14)] + "aeiou"[drawn(5)]).replaceAll("\n", "");
  const name = (n) => each(n, word).replaceAll("\n", " ");
  const project = (nth) => `---
title: "Letters of ${name(4)} ${nth}"
summary: Members wrote back to ask what a letter meant. Now one in ${nth + 2} does.
status: ${nth % 9 ? "completed" : "active"}
class: transformation
owner: ${nth % 2 ? people : "Ben Wood (two)"}
sponsor: ${people}
champions: [${people}]
team: [${people}]
units: [${nth % 2 ? "one, two" : "two, one"}]
tags: [letters]
shadowing: [{unit: one, by: Two editors, days: 3, learned: Members read the sum first.}]
stages:
  kickoff: 2024-01-15
  go_live: {planned: 2025-01-31, actual: 2025-03-31}
kpis:
${each(3, (kpi) => `  - id: k${kpi}
    name: Questions about ${name(3)} ${nth}-${kpi}
    measure: questions
    direction: lower
    baseline: {value: ${1234 + nth}, on: 2024-03-31}
    target: {value: 300, by: 2025-12-31}
    actual: {value: ${280 + nth}, on: 2026-03-31}
    source: Register of letters`)}
benefits:
  - {name: Letters about ${name(2)} that are not written, kind: cash_releasing, unit: one, planned: {2025: 12000}, realized: {2025: ${9000 + nth}}, source: Ledger}
investment:
  budget: ${20000 + nth}
  actual: ${21000 + nth}
  shares: {one: 60%, two: 40%}
  source: Ledger
---

It began with [[part-${nth ? 0 : 1}]].
`;
  const told = (nth) => `---
held_on: 2025-06-24
bright_spots: [{text: "Members read drafts of ${name(6)} aloud.", theme: adoption, unit: one}]
pain_points: [{text: "The sum stood on page two of ${name(6)}.", theme: adoption, unit: one}]
opportunities: [{text: "Read ${name(6)} aloud before it is sent.", theme: adoption, unit: one${nth ? "" : `, adopted_by: [${each(CROWD - 1, (other) => `part-${other + 1}`).replaceAll("\n", ", ")}]`}}]
decision: {what: extend, why: The next letter is alike.}
actions:
${each(2, (action) => `  - {text: "Rewrite ${name(6)}.", owner: ${people}, due: 2026-0${1 + action}-15, status: open, priority: high}`)}
---

Two hours.
`;
  written(folder, {
    "casebook.yaml": `title: Letters\nas_of: 2026-06-30\ncurrency: USD\n${settings}`,
    "content/units/one.md": "---\nname: Letters\n---\n",
    "content/units/two.md": "---\nname: Print\n---\n",
    ...Object.fromEntries(Array.from({ length: CROWD }, (_, nth) => [
      [`content/projects/part-${nth}/index.md`, project(nth)],
      [`content/projects/part-${nth}/post-mortem.md`, told(nth)],
    ]).flat()),
  });
}
