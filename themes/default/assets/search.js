// The search. The index is scripts beside this page (src/pages/index.rs writes them); each is read
// when a query needs it and calls casebook.take. So it works on any host, under a sub-path and from
// file://, and needs no inline script.
(() => {
  "use strict";

  // What is written is read: the letters of numbers, as src/pages/index/digits.rs has them.
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%()*+,-./:;=?@[]^_{|}~'`>";
  const VALUE = new Uint8Array(128);
  for (let at = 0; at < LETTERS.length; at += 1) VALUE[LETTERS.charCodeAt(at)] = at;
  const BASE = 80, ONE = 60, LONG = 4;
  const COUNTS = "!#$%()*+,-./:;=?";
  // How much a word counts by where it stands: title, KPI, people and units and tags, summary, lesson, text.
  const WEIGHTS = [8, 5, 4, 3, 2, 1];
  const PLACES = WEIGHTS.length;
  const SHOWN = 10, WORDS = 5, SHARDS = 2, NEAR = 3, FORGIVEN = 3, LATELY = 12;

  /** Calls `take` with each number of a text, from a place in it. */
  function numbers(text, from, take) {
    const value = () => VALUE[text.charCodeAt(from++)];
    while (from < text.length) {
      let number = value();
      if (number === BASE - 1) {
        number = 0;
        for (let n = 0; n < LONG; n += 1) number = number * BASE + value();
      } else if (number >= ONE) {
        number = ONE + (number - ONE) * BASE + value();
      }
      if (take(number, from) === false) return;
    }
  }

  /** Calls `take` with each of the rising numbers of a text: steps, or a bit for each. */
  function rising(text, from, take) {
    const bits = VALUE[text.charCodeAt(from)] === 1;
    let at = -1, rest = text.length;
    numbers(text, from + 1, (step, next) => {
      at += step + 1;
      take(at);
      rest = next;
      return !bits;
    });
    if (!bits) return;
    for (let six = rest; six < text.length; six += 1) {
      const value = VALUE[text.charCodeAt(six)];
      for (let bit = 0; bit < 6; bit += 1) if (value & (1 << bit)) take(at + 1 + (six - rest) * 6 + bit);
    }
  }

  /** Calls `take` with each page of the lists of a word, and its place there. */
  function pagesOf(lists, pages, take) {
    let had;
    lists.forEach((list, nth) => {
      const told = VALUE[list.charCodeAt(0)];
      let rest;
      if (told >= PLACES) {
        // It counts the pages that no list before it has.
        if (!had) {
          had = new Uint8Array(pages);
          pagesOf(lists.slice(0, nth), pages, (page) => (had[page] = 1));
        }
        rest = [];
        for (let page = 0; page < pages; page += 1) if (!had[page]) rest.push(page);
      }
      rising(list, 1, (at) => {
        const page = rest ? rest[at] : at;
        if (had) had[page] = 1;
        take(page, told % PLACES);
      });
    });
  }

  /** The first of some pages by what they weigh, and by their numbers where that is the same. */
  function best(pages, weights, most) {
    const first = [];
    for (const page of pages) {
      if (first.length === most && weights[page] <= weights[first[most - 1]]) continue;
      let at = first.length;
      while (at && weights[first[at - 1]] < weights[page]) at -= 1;
      first.splice(at, 0, page);
      if (first.length > most) first.pop();
    }
    return first;
  }

  /** Words that are spelled by what they share with the one before; `end` is what ends each. */
  function spelled(text, end = "") {
    const words = [];
    let last = "";
    for (const [, same, rest, count] of text.matchAll(end ? /([A-Z])([^A-Z!#-/:;=?]*)([!#-/:;=?])/g : /([A-Z])([^A-Z]*)()/g)) {
      last = last.slice(0, same.charCodeAt(0) - 65) + rest;
      words.push(end ? [last, end.indexOf(count)] : last);
    }
    return words;
  }

  const TYPED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ς: "σ" };

  /** A text in small letters, without accents, as src/pages/index/words.rs folds it. */
  function fold(text) {
    const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "");
    return plain.replace(/[ßæœøđðłıþς]/g, (letter) => TYPED[letter]);
  }

  /** The words of a query. */
  function wordsOf(query) {
    const all = fold(query).split(/[^\p{Alphabetic}\p{N}]+/u).filter((word) => word && !/^[a-z]$/.test(word));
    return [...new Set(all.map((word) => Array.from(word).slice(0, 32).join("")))];
  }

  /** Whether two words differ by one letter: one more, one less, another, or two that changed places. */
  function isNear(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    let from = 0, end = 0;
    while (from < a.length && a[from] === b[from]) from += 1;
    const most = Math.min(a.length, b.length) - from;
    while (end < most && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    const [own, other] = [a.slice(from, a.length - end), b.slice(from, b.length - end)];
    if (Math.max(own.length, other.length) < 2) return true;
    return own.length === 2 && other.length === 2 && own[0] === other[1] && own[1] === other[0];
  }

  /** In which part a word is, by the words at which parts begin. */
  function partOf(signs, word) {
    let [low, high] = [0, signs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (signs[middle] <= word) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** The parts in which words with this beginning are, as their first and last. */
  function partsOf(signs, prefix) {
    return [partOf(signs, prefix), partOf(signs, `${prefix}\uffff`)];
  }

  const reversed = (word) => Array.from(word).reverse().join("");

  const tools = { numbers, rising, pagesOf, best, spelled, fold, wordsOf, isNear, partOf, partsOf, COUNTS };
  if (typeof document === "undefined") {
    module.exports = tools;
    return;
  }

  const place = document.getElementById("find");
  if (!place) return;
  const { index, root } = place.dataset;
  const says = JSON.parse(place.dataset.words);
  const say = (phrase, with_ = {}) => phrase.replace(/\{(\w+)\}/g, (whole, name) => with_[name] ?? whole);
  const count = (n) => n.toLocaleString(document.documentElement.lang);

  // Reading the index.
  let files = new Map(), waiting = new Map(), numbering, again = "";

  window.casebook = {
    take(name, its, data) {
      numbering ??= its;
      if (numbering !== its) {
        // An old file out of the browser's store beside a new one: all are read anew, once.
        if (!again) {
          again = `?${Date.now()}`;
          files = new Map();
          waiting = new Map();
          lately.clear();
          numbering = undefined;
          search();
        }
        return;
      }
      waiting.get(name)?.(data);
    },
  };

  function read(name) {
    if (!files.has(name)) {
      files.set(name, new Promise((done, fail) => {
        const script = document.createElement("script");
        waiting.set(name, done);
        script.src = `${index}${name}.js${again}`;
        // What was taken by then is done, and cannot fail any more.
        script.onload = script.onerror = (event) => {
          if (event.type === "error") files.delete(name);
          script.remove();
          fail(new Error(name));
        };
        document.head.append(script);
      }));
    }
    return files.get(name);
  }

  let known;
  async function base() {
    const [terms, facets] = await Promise.all([read("terms"), read("facets")]);
    if (known?.terms === terms) return known;
    const projects = facets.kinds[0][1];
    const labels = {
      kind: facets.kinds.map(([label]) => label),
      status: facets.statuses,
      unit: facets.units,
      year: facets.years.map(([label]) => label),
    };
    // Which of its values each page has, of each kind of choice; -1 where it has none.
    const values = {};
    for (const name of Object.keys(labels)) values[name] = new Int16Array(terms.pages).fill(-1);
    const { kind, status, unit, year } = values;
    const stretches = (of, all) => {
      let at = 0;
      all.forEach(([, many], nth) => of.fill(nth, at, at += many));
    };
    stretches(kind, facets.kinds);
    stretches(year, facets.years);
    let own, at = 0;
    numbers(facets.unit, 0, (number) => {
      if (own === undefined) own = number;
      else {
        // Units of one name are one choice.
        unit.fill(labels.unit.indexOf(labels.unit[own - 1]), at, at += number);
        own = undefined;
      }
    });
    for (at = 0; at < projects; at += 1) status[at] = (VALUE[facets.status.charCodeAt(at / 3)] >> (2 * (at % 3))) & 3;
    const signs = { t: spelled(terms.t), v: spelled(terms.v), w: spelled(terms.w) };
    return known = { terms, labels, values, signs, common: new Set(terms.common.split(" ")) };
  }

  /** The groups of a file of words: its forms, and what is told of the pages. */
  const parsed = new WeakMap();
  async function groups(nth) {
    const data = read(`t-${nth}`);
    const text = await data;
    if (!parsed.has(data)) {
      parsed.set(data, text.split("<").filter(Boolean).map((group) => {
        const [forms, ...lists] = group.split("&");
        return { forms: spelled(forms), lists };
      }));
    }
    return parsed.get(data);
  }

  /** Marks the pages of a group: what the word counts there, where that is more. */
  function weigh(group, by, pages, found) {
    const mine = [];
    pagesOf(group.lists, pages, (page, place) => mine.push(page, place));
    const many = mine.length / 2;
    const rare = by * Math.log(1 + pages / many);
    for (let at = 0; at < mine.length; at += 2) {
      const weight = WEIGHTS[mine[at + 1]] * rare;
      if (weight > found[mine[at]]) found[mine[at]] = weight;
    }
    return many;
  }

  /** The pages that have a word: as it is, as a form of it or as a beginning. */
  async function find(word, { terms, signs }, isLast) {
    const found = new Float32Array(terms.pages);
    const marks = { forms: [], begun: [] };
    let [first, last] = partsOf(signs.t, word);
    let any = false, more = false;
    const plain = /^[a-z]+$/.test(word);
    const mayGoOn = !plain || word.length > 2;
    const take = (group, by) => {
      any = weigh(group, by, terms.pages, found) > 0 || any;
    };
    const own = await groups(first);
    for (const group of own) {
      if (!group.forms.includes(word)) continue;
      take(group, 1);
      marks.forms.push(...group.forms);
    }
    if (mayGoOn && (isLast || !any)) {
      more = last >= first + SHARDS;
      last = Math.min(last, first + SHARDS - 1);
      const all = await Promise.all(Array.from({ length: last - first + 1 }, (_, nth) => groups(first + nth)));
      const begun = all.flat().filter((group) => group.forms.some((form) => form.startsWith(word)));
      begun.forEach((group) => take(group, 0.6));
      if (begun.length) marks.begun.push(word);
    }
    return { word, found, any, marks, more, near: [], short: !any && !mayGoOn };
  }

  /** Adds the pages that have a word like one that none has, with a letter amiss. */
  async function forgive(one, { terms, signs }) {
    if (!/^[^\d]{4,}$/.test(one.word)) return;
    const near = await nearest(one.word, signs);
    for (const other of near) {
      for (const group of await groups(partOf(signs.t, other))) {
        if (!group.forms.includes(other)) continue;
        weigh(group, 0.4, terms.pages, one.found);
        one.marks.forms.push(...group.forms);
      }
    }
    one.near = near;
  }

  /** The same, of a word that was looked for a moment ago: with each letter only the last is another. */
  const lately = new Map();
  function findOnce(word, all, isLast) {
    const name = `${word} ${isLast}`;
    const found = lately.get(name) ?? find(word, all, isLast);
    lately.delete(name);
    lately.set(name, found);
    found.catch(() => lately.delete(name));
    if (lately.size > LATELY) lately.delete(lately.keys().next().value);
    return found;
  }

  /** The most usual words that are one letter away: those with the same beginning, else the same end. */
  async function nearest(word, signs) {
    const same = word.length > 6 ? 3 : 2;
    for (const [kind, own] of [["v", word], ["w", reversed(word)]]) {
      const [first, last] = partsOf(signs[kind], own.slice(0, same));
      const nths = Array.from({ length: Math.min(NEAR, last - first + 1) }, (_, nth) => first + nth);
      const texts = await Promise.all(nths.map((nth) => read(`${kind}-${nth}`)));
      const near = texts.flatMap((text) => spelled(text, COUNTS)).filter(([other]) => isNear(other, own));
      near.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      if (near.length) return near.slice(0, 2).map(([other]) => (kind === "w" ? reversed(other) : other));
    }
    return [];
  }

  // What is on the page.
  const make = (name, with_ = {}, ...inner) => {
    const made = Object.assign(document.createElement(name), with_);
    made.append(...inner);
    return made;
  };
  const [input, status, choices, list, further] = place.querySelectorAll("input, .find-status, .find-choices, .find-results, .find-more");

  /** A text whose found words are marked. */
  function marked(text, marks) {
    const made = document.createDocumentFragment();
    let from = 0;
    for (const { 0: word, index: at } of text.matchAll(/[\p{Alphabetic}\p{M}\p{N}]+/gu)) {
      const plain = fold(word);
      if (!marks.forms.has(plain) && !marks.begun.some((begun) => plain.startsWith(begun))) continue;
      made.append(text.slice(from, at), make("mark", { textContent: word }));
      from = at + word.length;
    }
    made.append(text.slice(from));
    return made;
  }

  const chosen = {};
  let run = 0, shown = SHOWN, last;

  async function search() {
    const own = (run += 1);
    const query = input.value.trim();
    if (query || location.search || location.hash.startsWith("#q=")) remember(query);
    document.body.classList.toggle("finding", query !== "");
    if (!query) {
      last = undefined;
      [status, choices, list].forEach((part) => part.replaceChildren());
      further.hidden = true;
      return;
    }
    try {
      const all = await base();
      const words = wordsOf(query);
      // Where there is no other word, a common one may be a name, as IT is one.
      const rare = words.filter((word) => !all.common.has(word));
      const telling = rare.length ? rare : words;
      const few = telling.slice().sort((a, b) => b.length - a.length).slice(0, WORDS);
      const asked = telling.filter((word) => few.includes(word));
      const ends = /[^\p{Alphabetic}\p{M}\p{N}]$/u.test(input.value);
      const each = await Promise.all(asked.map((word) => findOnce(word, all, !ends && word === words.at(-1))));
      const amiss = each.filter((found) => !found.any && !found.short).slice(0, FORGIVEN);
      await Promise.all(amiss.map(async (found) => {
        try {
          await (found.forgiven ??= forgive(found, all));
        } catch (problem) {
          found.forgiven = undefined;
          throw problem;
        }
      }));
      if (own !== run) return;
      const marks = {
        forms: new Set(each.flatMap((found) => found.marks.forms)),
        begun: each.flatMap((found) => found.marks.begun),
      };
      const pages = [];
      let most = 0;
      const [sum, has] = [new Float32Array(all.terms.pages), new Uint8Array(all.terms.pages)];
      for (const { found } of each) {
        for (let page = 0; page < found.length; page += 1) {
          if (!found[page]) continue;
          sum[page] += found[page];
          has[page] += 1;
          if (has[page] > most) most = has[page];
        }
      }
      if (most) for (let page = 0; page < has.length; page += 1) if (has[page] === most) pages.push(page);
      last = { all, pages, sum, marks, each, asked, most };
      shown = SHOWN;
      await show(own);
    } catch (problem) {
      if (own === run) status.textContent = says.failed;
    }
  }

  async function show(own) {
    const { all, pages, sum, marks, each, asked, most } = last;
    const { labels, values, terms: { block } } = all;
    // A value that there is not any more cannot be seen, nor taken away.
    for (const name of Object.keys(chosen)) if (!labels[name]?.includes(chosen[name])) delete chosen[name];
    const names = Object.keys(chosen);
    const wanted = names.map((name) => [name, values[name], labels[name].indexOf(chosen[name])]);
    const but = (other) => {
      const those = wanted.filter(([name]) => name !== other);
      return those.length ? pages.filter((page) => those.every(([, of, value]) => of[page] === value)) : pages;
    };
    const fitting = but();
    const some = best(fitting, sum, shown);
    const blocks = await Promise.all(some.map((page) => read(`d-${Math.floor(page / block)}`)));
    if (own !== run) return;
    list.replaceChildren(...some.map((page, at) => result(page, blocks[at][page % block], all, marks)));
    further.hidden = fitting.length <= shown;
    choose(all, but);
    status.textContent = sentence(fitting.length, pages.length, { each, asked, most });
  }

  function sentence(many, all, { each, asked, most }) {
    const near = each.flatMap(({ near: words }) => words);
    if (!asked.length) return wordsOf(input.value).length ? says.common : says.short;
    if (!many && all) return say(all === 1 ? says.without : says.withouts, { n: count(all) });
    if (!many && each.some(({ short }) => short)) return says.short;
    if (!many && asked.every((word) => known.common.has(word))) return says.common;
    if (!many) return say(says.none, { query: input.value.trim() });
    const more = each.some(({ more: rest }) => rest);
    const found = say(many === 1 ? says.one : more ? says.atleast : says.many, { n: count(many) });
    const parts = [found];
    if (near.length) parts.push(say(says.near, { words: [...new Set(near)].join(", ") }));
    if (most < asked.length) parts.push(says.some);
    return parts.join(" ");
  }

  function result(page, [title, address, standing, text], { labels, values }, marks) {
    const label = (name) => labels[name][values[name][page]];
    const notes = [label("kind"), label("unit"), label("year"), standing || label("status")];
    const link = make("a", { href: `${root}${address}` }, marked(title, marks));
    const made = make("li", {}, link, " ", make("span", { textContent: notes.filter(Boolean).join(", ") }));
    if (text) made.append(make("p", {}, marked(text, marks)));
    return made;
  }

  /** The choices of what was found, each with how many of it there are. */
  function choose({ labels, values }, but) {
    const focused = document.activeElement?.dataset?.choice;
    const made = Object.keys(labels).map((name) => {
      const many = new Uint32Array(labels[name].length);
      for (const page of but(name)) many[values[name][page]] += 1;
      const counts = new Map(labels[name].map((label, nth) => [label, many[nth]]).filter(([label, n]) => label && n));
      if (name in chosen && !counts.has(chosen[name])) counts.set(chosen[name], 0);
      if (counts.size < 2 && !(name in chosen)) return "";
      const usual = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8).map(([label]) => label);
      const kept = labels[name].filter((label) => usual.includes(label) || label === chosen[name]);
      const buttons = kept.map((label) => {
        const button = make("button", { type: "button", textContent: `${label} (${count(counts.get(label))})` });
        button.dataset.choice = `${name} ${label}`;
        button.setAttribute("aria-pressed", `${chosen[name] === label}`);
        button.onclick = () => {
          if (chosen[name] === label) delete chosen[name];
          else chosen[name] = label;
          shown = SHOWN;
          remember(input.value.trim());
          show(run);
        };
        return button;
      });
      const group = make("div", {}, make("span", { textContent: says[name] }), ...buttons);
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", says[name]);
      return group;
    });
    choices.replaceChildren(...made.filter(Boolean));
    if (focused) [...choices.querySelectorAll("button")].find((button) => button.dataset.choice === focused)?.focus();
  }

  // The address keeps the query: behind ?, or behind # where files are opened and ? may not change.
  const isFile = location.protocol === "file:";

  function remember(query) {
    const kept = new URLSearchParams(query ? { q: query, ...chosen } : {}).toString();
    const to = isFile ? `#${kept}` : `${location.pathname}${kept && "?"}${kept}`;
    try {
      history.replaceState(null, "", to);
    } catch {
      location.replace(`#${kept}`);
    }
  }

  function recall() {
    const kept = new URLSearchParams(location.hash.startsWith("#q=") ? location.hash.slice(1) : location.search);
    for (const name of ["kind", "status", "unit", "year"]) {
      delete chosen[name];
      if (kept.has(name)) chosen[name] = kept.get(name);
    }
    if (kept.has("q")) {
      input.value = kept.get("q");
      input.focus();
    }
    search();
  }

  let typed;
  input.addEventListener("input", () => {
    if (typed !== undefined && !input.value.trim()) Object.keys(chosen).forEach((name) => delete chosen[name]);
    typed = input.value;
    search();
  });
  input.addEventListener("focus", () => base().catch(() => {}));
  further.addEventListener("click", async () => {
    const at = shown;
    shown += SHOWN;
    await show(run);
    list.children[at]?.querySelector("a").focus();
  });
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#q=")) recall();
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const isIn = document.activeElement === input;
    const go = (to) => {
      event.preventDefault();
      to.focus();
    };
    if (event.key === "/" && !event.target.closest?.("input, select, textarea")) go(input);
    else if (event.key === "ArrowDown" && (isIn || at >= 0) && links[at + 1]) go(links[at + 1]);
    else if (event.key === "ArrowUp" && at >= 0) go(links[at - 1] ?? input);
    else if (event.key === "Escape" && (isIn || place.contains(document.activeElement))) {
      input.value = "";
      Object.keys(chosen).forEach((name) => delete chosen[name]);
      go(input);
      search();
    }
  }, true);

  // What was typed before this was read is newer than the address.
  if (input.value) search();
  else recall();
})();
