// Writes a casebook whose texts are as long as anyone will write them: thirty projects with long
// titles, names, figures and reasons, many KPIs, lessons and actions. Its sheets must be one page too.
//
//     node tests/print/fullest.mjs FOLDER

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const words = "Wherever mutual windows were woven, members waited many weeks for small sums";
const long = (n, text = words) => JSON.stringify(Array(n).fill(text).join(", ").slice(0, 90 * n));
const list = (n, one) => Array.from({ length: n }, (_, nth) => one(nth)).join("\n");
const unbroken = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);

const project = (nth) => `---
title: ${nth % 3 ? long(2 + (nth % 4)) : JSON.stringify(unbroken)}
summary: ${JSON.stringify(`${words}. `.repeat(4).slice(0, 280))}
status: ${["completed", "active", "stopped"][nth % 3]}
class: transformation
owner: {name: ${long(2)}, unit: wide}
units: [wide, it]
stages:
  kickoff: 2024-01-15
  closed: {planned: 2025-12-31}
kpis:
${list(1 + (nth % 12), (kpi) => `  - id: k${kpi}
    name: ${long(2)}
    measure: ${nth % 2 ? "USD" : JSON.stringify(words)}
    direction: higher
    baseline: {value: 1234567890.55, on: 2023-10-31}
    target: {value: ${kpi % 2 ? 2234567890.75 : 2034567890.5}, by: 2025-06-30}
    actual: ${kpi % 5 === 4 ? `{withheld: ${long(2)}}` : "{value: 2134567890.25, on: 2025-05-31}"}
    source: ${long(2)}`)}
benefits:
${list(3, (benefit) => `  - name: ${long(1)}
    kind: ${["cash_releasing", "non_cash_releasing", "quantified"][benefit]}
    measure: calls
    planned: {2024: 1234567890, 2025: 1234567890}
    realized: {2024: 1234567890}
    source: Ledger${benefit ? "" : "\n    confirmed_by: The controller"}`)}
investment:
  currency: ${["USD", "EUR", "SEK", "JPY", "INR"][nth % 5]}
  budget: {value: 987654321.25, was: [{value: 887654321.75, until: 2024-06-01, why: ${long(3)}}]}
  actual: ${nth % 4 ? "1234567890.55" : `{withheld: ${long(3)}}`}
  running: {2025: 1234567}
  shares: {wide: 40%, it: 20%${list(8, (unit) => `, unit-${unit}: 5%`).replaceAll("\n", "")}}
  source: Ledger
---

${words}.
`;

const story = (nth) => `---
held_on: 2025-06-24
bright_spots: [{text: ${long(5)}}, {text: ${long(5)}}]
pain_points: [{text: ${JSON.stringify(`${words}. `.repeat(7))}}, {text: ${long(6)}}]
opportunities: [{text: ${JSON.stringify(unbroken + unbroken + unbroken)}}]
decision: {what: adjust, why: ${long(6)}}
actions:
${list(1 + (nth % 14), (action) => `  - {text: ${long(1 + (action % 5))}, owner: ${long(2)}, due: 20${25 + (action % 3)}-06-30, status: open}`)}
---

${words}.
`;

const write = (path, text) => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
};
write("casebook.yaml", `title: ${long(1)}\nas_of: 2026-06-30\ncurrency: USD\ndiscount_rate: 8%\n`);
write("content/units/wide.md", `---\nname: ${long(2)}\n---\n`);
for (let unit = 0; unit < 8; unit += 1) write(`content/units/unit-${unit}.md`, `---\nname: ${long(1, `Unit ${unit} of the ${words}`)}\n---\n`);
for (let nth = 0; nth < 30; nth += 1) {
  write(`content/projects/project-${nth}/index.md`, project(nth));
  write(`content/projects/project-${nth}/post-mortem.md`, story(nth));
}
