// The search's own functions: what the builder writes is read, and what a reader types is folded as the
// builder folds it. The texts are those that `src/pages/index` writes in its own tests.
//
//     node --test tests/search/parts.mjs

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import test from "node:test";

const search = createRequire(import.meta.url)("../../themes/default/assets/search.js");

function listed(lists, pages) {
  const all = [];
  search.pagesOf(lists, pages, (page, place) => all.push([page, place]));
  return all.sort((a, b) => a[0] - b[0]);
}

test("numbers take as many letters as they need", () => {
  const all = [];
  search.numbers("Az!,B>AABA", 0, (number) => void all.push(number));
  assert.deepEqual(all, [0, 51, 52, 61, 80]);
});

test("lists are steps or bits, and may count what those before them left", () => {
  assert.deepEqual(listed(["AADA"], 40), [[3, 0], [4, 0]]);
  const place = (page) => (page % 3 ? 5 : 1);
  const each = Array.from({ length: 60 }, (_, page) => [page, place(page)]);
  assert.deepEqual(listed(["FBBtttttttttN", "HBA///B"], 60), each);
});

test("words are spelled by what they share, in units of UTF-16", () => {
  assert.deepEqual(search.spelled("AclaimFsCäimA𐐨aCb"), ["claim", "claims", "cläim", "𐐨a", "𐐨b"]);
  assert.deepEqual(search.spelled("Aclaim$Fs$Atitled!", search.COUNTS), [["claim", 2], ["claims", 2], ["titled", 0]]);
});

test("a query is cut and folded as the texts are", () => {
  assert.deepEqual(search.wordsOf("Same-day claims, 2024!"), ["same", "day", "claims", "2024"]);
  assert.deepEqual(search.wordsOf("Été à l’hôtel; Straße, ŁÓDŹ"), ["ete", "hotel", "strasse", "lodz"]);
  assert.deepEqual(search.wordsOf("ﬁnance team’s №7 İstanbul Ærø"), ["finance", "team", "no7", "istanbul", "aero"]);
  assert.deepEqual(search.wordsOf("報告書 отчёт a I 5 – … ς"), ["報告書", "отчет", "5", "σ"]);
  assert.deepEqual(search.wordsOf("ü".repeat(40)), ["u".repeat(32)]);
});

test("one letter amiss is near, two are not", () => {
  for (const slip of ["lighthuose", "kighthouse", "lighthousr", "lighthose", "lightthouse"]) assert.ok(search.isNear("lighthouse", slip), slip);
  for (const other of ["lightouses", "house", "lihgthuose"]) assert.ok(!search.isNear("lighthouse", other), other);
});

test("a word is looked for where words like it stand", () => {
  const signs = ["", "cl", "da", "m"];
  assert.deepEqual(["a", "cl", "claim", "d", "zebra"].map((word) => search.partOf(signs, word)), [0, 1, 1, 1, 3]);
  assert.deepEqual(search.partsOf(signs, "d"), [1, 2]);
  assert.deepEqual(search.partsOf([], "d"), [0, 0]);
});

test("the best come first, those of the same weight by their numbers", () => {
  const weights = [1, 5, 5, 0, 9, 5];
  assert.deepEqual(search.best([0, 1, 2, 3, 4, 5], weights, 3), [4, 1, 2]);
  assert.deepEqual(search.best([0, 3], weights, 3), [0, 3]);
  const many = Array.from({ length: 500 }, (_, page) => (page * 7919) % 97);
  const sorted = many.map((_, page) => page).sort((a, b) => many[b] - many[a] || a - b);
  assert.deepEqual(search.best(many.map((_, page) => page), many, 40), sorted.slice(0, 40));
});
