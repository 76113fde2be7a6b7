// The parts of the explorer's script that need no page: node --test tests/explore/parts.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const script = readFileSync(new URL("../../themes/default/assets/explore.js", import.meta.url), "utf8");
const module = {};
runInNewContext(script, { module });
const { numbers, valuesOf, narrow, ordered, csv } = module.exports;
const plain = (value) => JSON.parse(JSON.stringify(value));

test("letters are read as the build writes them", () => {
  assert.deepEqual([...numbers("ABz", 1)], [0, 1, 51]);
  assert.deepEqual([...numbers("AABAzz", 2)], [0, 52, 2703]);
  assert.deepEqual(plain(valuesOf("BAD", 1, false)), [[1], [], [3]]);
  assert.deepEqual(Array.from(valuesOf("BD  C ", 1, true), (row) => [...row]), [[1, 3], [], [2]]);
});

const choices = [
  { values: ["open", "done"], of: [[1], [2], [1], []] },
  { values: ["data", "money"], of: [[1, 2], [1], [2], [1]] },
];
const told = ({ fit, counts }) => ({ fit: [...fit], counts: counts.map((some) => [...some].slice(1)) });

test("values of one choice add rows, another choice takes some away", () => {
  assert.deepEqual(told(narrow(4, choices, [new Set(), new Set()])), { fit: [0, 1, 2, 3], counts: [[2, 1], [3, 2]] });
  assert.deepEqual(told(narrow(4, choices, [new Set([1]), new Set()])).fit, [0, 2]);
  assert.deepEqual(told(narrow(4, choices, [new Set([1, 2]), new Set()])).fit, [0, 1, 2]);
  // The counts of a choice are what each of its values would bring beside the other choices.
  assert.deepEqual(told(narrow(4, choices, [new Set([1]), new Set([1])])), { fit: [0], counts: [[1, 1], [1, 2]] });
});

test("a choice whose values are not known counts nothing", () => {
  const some = [choices[0], { values: choices[1].values }];
  assert.deepEqual(told(narrow(4, some, [new Set([1]), new Set()])), { fit: [0, 2], counts: [[2, 1], [0, 0]] });
});

test("a word that no value has fits no row", () => {
  assert.deepEqual(told(narrow(4, choices, [new Set([0]), new Set()])).fit, []);
});

test("rows without a rank come last, whichever way", () => {
  const ranks = [2, 0, 1, 2];
  assert.deepEqual([...ordered([0, 1, 2, 3], ranks, false)], [2, 0, 3, 1]);
  assert.deepEqual([...ordered([0, 1, 2, 3], ranks, true)], [0, 3, 2, 1]);
});

test("no cell begins like a formula", () => {
  assert.equal(csv(["=1+1", 'so "said"', "-5 %", "a;b"]), `"'=1+1","so ""said""","'-5 %","a;b"`);
});
