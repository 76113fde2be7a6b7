// Small casebooks that the sample is not: an empty one, one of a single project, and a German one whose
// words are long. The longest texts are those that tests/print/fullest.mjs writes.

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
