// Narrows, orders and counts a list in the browser. What it needs is read from scripts beside the
// pages (src/pages/explore.rs writes them) when a reader asks for it: so it works on any host, under
// a sub-path and from file://. What is chosen stands in the address and comes back with it.
(() => {
  "use strict";

  /** The numbers of a text in which each takes so many letters. */
  function numbers(text, width) {
    const all = new Uint32Array(text.length / width);
    for (let at = 0; at < all.length; at += 1) {
      let number = 0;
      for (let n = 0; n < width; n += 1) {
        const code = text.charCodeAt(at * width + n);
        number = number * 52 + code - (code > 90 ? 71 : 65);
      }
      all[at] = number;
    }
    return all;
  }

  /** The values of each row, from 1; none where there is no value. */
  const valuesOf = (text, width, several) => (several
    ? text.split(" ").slice(0, -1).map((row) => numbers(row, width))
    : Array.from(numbers(text, width), (value) => (value ? [value] : [])));

  /** The rows that fit, and how many would with each value of each choice whose values are known. */
  function narrow(rows, choices, picked) {
    const fit = [];
    const counts = choices.map(({ values }) => new Uint32Array(values.length + 1));
    for (let row = 0; row < rows; row += 1) {
      let missed = -1, misses = 0;
      picked.forEach((wanted, at) => {
        if (wanted.size && !choices[at].of[row].some((value) => wanted.has(value))) {
          missed = at;
          misses += 1;
        }
      });
      if (misses === 0) fit.push(row);
      // A row that only one choice keeps out would come with any other value of that one.
      if (misses < 2) choices.forEach(({ of }, at) => {
        if (of && (!misses || at === missed)) for (const value of of[row]) counts[at][value] += 1;
      });
    }
    return { fit, counts };
  }

  /** Rows by their ranks, those without one last, whichever way. */
  function ordered(rows, ranks, falling) {
    const by = (a, b) => (ranks[a] === 0) - (ranks[b] === 0) || (falling ? ranks[b] - ranks[a] : ranks[a] - ranks[b]);
    return rows.slice().sort((a, b) => by(a, b) || a - b);
  }

  /** A line of CSV; no cell begins like a formula. */
  const csv = (cells) => cells.map((cell) => `"${cell.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`).join(",");

  if (typeof document === "undefined") {
    module.exports = { numbers, valuesOf, narrow, ordered, csv };
    return;
  }

  const place = document.getElementById("explore");
  if (!place) return;
  const { list, index } = place.dataset;
  const [OF, RISING, FALLING, SPAN, BEFORE, NEXT, NONE, FAILED, UNTOLD] = JSON.parse(place.dataset.words);
  const say = (phrase, with_) => phrase.replace(/\{(\w+)\}/g, (whole, name) => with_[name] ?? whole);
  const count = (n) => n.toLocaleString(document.documentElement.lang);
  const make = (name, attributes = {}, ...inner) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
    node.append(...inner);
    return node;
  };

  // Reading the list.
  const waiting = new Map(), files = new Map();
  let key;
  const casebook = (window.casebook ??= {});
  casebook.list = (head) => {
    key ??= head.key;
    waiting.get("")?.(head);
  };
  casebook.part = (its, name, data) => waiting.get(name)?.(its === key ? data : undefined);
  /** What a file brings; nothing, where it is of another order of the rows. */
  const load = (name, past = "") => new Promise((done, fail) => {
    waiting.set(name, done);
    const script = make("script", { src: `${index}${name}.js${past}` });
    // What was taken by then is done, and cannot fail any more.
    script.onload = script.onerror = () => {
      script.remove();
      fail(new Error(name));
    };
    document.head.append(script);
  });
  function read(name) {
    if (!files.has(name)) {
      // An old file out of the browser's store beside a new one: it is asked for past the store, once.
      const file = load(name).then((data) => data ?? load(name, `?${key}`)).then((data) => {
        if (!data) throw new Error(name);
        return data;
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  }
  let head;
  const ranks = new Map();
  /** What there is to choose from, and of some choices the values of all rows. */
  async function known(wanted) {
    const { choices, ...rest } = await read("");
    head ??= { ...rest, choices: choices.map((values) => ({ values })) };
    await Promise.all(wanted.map(async (at) => {
      const [width, several, text] = await read(`-of-${boxes[at].id}`);
      head.choices[at].of ??= valuesOf(text, width, several);
    }));
    return head;
  }
  async function ranksOf(order) {
    const [width, text] = await read(`-by-${order}`);
    if (!ranks.has(order)) ranks.set(order, numbers(text, width));
    return ranks.get(order);
  }
  async function rowsOf(numbered) {
    const wanted = new Map(numbered.map((row) => [Math.floor(row / head.block), undefined]));
    await Promise.all([...wanted.keys()].map(async (nth) => wanted.set(nth, await read(`-${nth}`))));
    return numbered.map((row) => wanted.get(Math.floor(row / head.block))[row % head.block]);
  }

  // What is on the page.
  const table = place.parentElement.querySelector("table");
  const [body, columns] = [table.tBodies[0], [...table.tHead.rows[0].cells]];
  const labels = columns.map((cell) => cell.textContent.trim());
  const around = [...place.parentElement.querySelectorAll(".filters, nav.pages")];
  const [bar, said, clear, save, select] = ["[role=group]", "[role=status]", ".clear", ".save", "select"].map((one) => place.querySelector(one));
  const [own, ownSaid] = [body.innerHTML, said.textContent];
  const boxes = [...bar.querySelectorAll("details")].map((node) => {
    const [summary, fields] = node.children;
    return { id: node.dataset.choice, label: summary.textContent, node, summary, fields };
  });
  // The columns by which rows can be ordered.
  const orders = columns.filter((cell) => cell.dataset.order);
  const pages = make("nav", { class: "pages", hidden: "" });
  table.after(pages);
  for (const node of around) if (node.matches(".filters")) node.hidden = true;

  // What is chosen: the values of each choice by their words, an order, a page. It stands behind the # of
  // an address, or behind the ? of one that leads here. What else stands behind the #, as where a link leads
  // to a place on the page, changes nothing.
  const names = ["all", "order", "page", ...boxes.map(({ id }) => id)];
  let told = new URLSearchParams();
  function hear() {
    const now = new URLSearchParams(location.hash.slice(1) || location.search);
    if (!location.hash || names.some((name) => now.has(name))) told = now;
  }
  function chosen() {
    const sort = told.get("order") ?? "";
    return {
      picked: boxes.map(({ id }) => new Set((told.get(id) ?? "").split(",").filter(Boolean))),
      order: orders.find(({ dataset }) => dataset.order === sort.replace(/^-/, ""))?.dataset.order ?? "",
      falling: sort.startsWith("-"),
      page: Math.max(1, Number.parseInt(told.get("page") ?? "", 10) || 1),
    };
  }
  function choose({ picked, order, falling, page }) {
    const said = [];
    picked.forEach((values, at) => values.size && said.push(`${boxes[at].id}=${[...values].map(encodeURIComponent).join(",")}`));
    if (order) said.push(`order=${falling ? "-" : ""}${order}`);
    if (page > 1) said.push(`page=${page}`);
    location.hash = said.join("&") || "all";
  }
  const change = (what) => choose({ ...chosen(), page: 1, ...what });

  for (const cell of orders) {
    const { order: id } = cell.dataset;
    const column = cell.textContent.trim();
    select.append(make("option", { value: id }, say(RISING, { column })), make("option", { value: `-${id}` }, say(FALLING, { column })));
    const button = make("button", { type: "button" }, ...cell.childNodes);
    button.onclick = () => {
      const { order, falling } = chosen();
      // Rising, falling, as listed.
      change(order !== id ? { order: id, falling: false } : falling ? { order: "" } : { falling: true });
    };
    cell.append(button);
  }
  // Where the head of the table is out of sight, one does not come to its buttons by the Tab key.
  const reach = () => {
    const away = getComputedStyle(table.tHead).position === "absolute";
    for (const button of table.tHead.querySelectorAll("button")) button.tabIndex = away ? -1 : 0;
  };
  addEventListener("resize", reach);
  reach();
  select.onchange = () => change({ order: select.value.replace(/^-/, ""), falling: select.value.startsWith("-") });
  clear.onclick = () => {
    choose({ picked: [], order: "", page: 1 });
    boxes[0].summary.focus();
  };
  boxes.forEach(({ node, fields }, at) => {
    node.ontoggle = () => node.open && attempt(() => fill(at));
    fields.onchange = () => {
      const { picked } = chosen();
      picked[at] = new Set([...fields.querySelectorAll(":checked")].map(({ value }) => value));
      change({ picked });
    };
  });
  addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && bar.querySelector("[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  addEventListener("click", (event) => {
    const open = bar.querySelector("[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });

  /** The values of a choice, each with how many rows it would leave. */
  async function fill(at) {
    const { picked } = chosen();
    const { choices: all, rows } = await known([...chosenOf(picked), at]);
    const { values } = all[at];
    const { counts } = narrow(rows, all, numbered(picked));
    const { fields } = boxes[at];
    const focused = fields.contains(document.activeElement) && document.activeElement.value;
    const options = values.map(([id, label], nth) => {
      const box = make("input", { type: "checkbox", value: id, ...(picked[at].has(id) && { checked: "" }) });
      return counts[at][nth + 1] || picked[at].has(id) ? make("label", {}, box, ` ${label} `, make("span", {}, count(counts[at][nth + 1]))) : "";
    });
    const left = options.some(Boolean) ? options : [make("p", {}, UNTOLD)];
    fields.replaceChildren(fields.firstChild, ...left);
    if (focused) [...fields.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
  }

  /** The choices of which a value is picked. */
  const chosenOf = (picked) => picked.flatMap(({ size }, at) => (size ? [at] : []));
  const numbered = (picked) => picked.map((ids, at) => {
    const { values } = head.choices[at];
    // A word that no value has fits no row.
    return new Set([...ids].map((id) => values.findIndex(([own_]) => own_ === id) + 1));
  });

  let turn = 0, shown = [];
  async function render() {
    const mine = (turn += 1);
    const { picked, order, falling, page } = chosen();
    const some = picked.reduce((sum, ids) => sum + ids.size, 0);
    const active = some > 0 || order;
    boxes.forEach(({ summary, label }, at) => {
      summary.replaceChildren(label, ...(picked[at].size ? [" ", make("span", { class: "n" }, count(picked[at].size))] : []));
    });
    select.value = `${order && falling ? "-" : ""}${order}`;
    for (const cell of orders) {
      if (cell.dataset.order === order) cell.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    clear.hidden = !active;
    for (const node of around) if (!node.matches(".filters")) node.hidden = active;
    if (!active) {
      if (body.innerHTML !== own) body.innerHTML = own;
      pages.hidden = save.hidden = true;
      said.textContent = ownSaid;
      return;
    }
    const { choices: all, rows, block } = await known(chosenOf(picked));
    const { fit } = narrow(rows, all, numbered(picked));
    const sorted = order ? ordered(fit, await ranksOf(order), falling) : fit;
    if (mine !== turn) return;
    shown = sorted;
    const last = Math.max(1, Math.ceil(shown.length / block));
    const nth = Math.min(page, last);
    const here = shown.slice((nth - 1) * block, nth * block);
    const lines = await rowsOf(here);
    if (mine !== turn) return;
    body.replaceChildren(...lines.map(line));
    said.textContent = shown.length ? say(OF, { n: count(shown.length), all: count(rows) }) : NONE;
    pages.hidden = last === 1;
    save.hidden = !shown.length;
    const span = { from: count((nth - 1) * block + 1), to: count((nth - 1) * block + here.length) };
    const step = (label, to) => {
      const button = make("button", { type: "button", ...((to < 1 || to > last) && { disabled: "" }) }, label);
      button.onclick = () => {
        choose({ ...chosen(), page: to });
        place.scrollIntoView();
      };
      return button;
    };
    pages.replaceChildren(make("p", {}, say(SPAN, span)), step(BEFORE, nth - 1), step(NEXT, nth + 1));
    const open = boxes.findIndex(({ node }) => node.open);
    if (open >= 0) await fill(open);
  }

  const link = (text, href) => (href ? make("a", { href }, text) : text);
  function line(cells) {
    return make("tr", {}, ...cells.map((cell, column) => {
      const [text, sub, href, kind, below] = Array.isArray(cell) ? cell : [cell];
      const { className } = columns[column];
      const badge = kind && kind !== "a" && kind !== "s";
      const classes = [className, kind === "a" && "absent", badge && "badged"].filter(Boolean).join(" ");
      const node = column ? make("td", { "data-label": labels[column] }) : make("th", { scope: "row" });
      if (classes) node.className = classes;
      // A drawing is what the build made, as everything here is.
      if (kind === "s") node.innerHTML = text;
      else node.append(badge ? stamp(text, kind) : link(text, href));
      if (sub) node.append(make("span", { class: "sub" }, link(sub, below)));
      return node;
    }));
  }
  function stamp(text, tone) {
    const node = make("span", { class: `badge ${tone}` });
    node.innerHTML = `<svg class="shape" aria-hidden="true"><use href="#shape-${tone}"/></svg>`;
    node.append(text);
    return node;
  }

  save.onclick = () => attempt(async () => {
    const lines = await rowsOf(shown);
    const keep = labels.map((label, column) => column).filter((column) => !lines.some((cells) => cells[column][3] === "s"));
    const text = (cell) => (Array.isArray(cell) ? [cell[0], cell[1]].filter(Boolean).join("; ") : cell);
    const all = [keep.map((column) => labels[column]), ...lines.map((cells) => keep.map((column) => text(cells[column])))];
    const url = URL.createObjectURL(new Blob(["\ufeff", ...all.map((cells) => `${csv(cells)}\r\n`)], { type: "text/csv" }));
    const a = make("a", { href: url, download: `${list}.csv` });
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });

  async function attempt(what) {
    try {
      await what();
    } catch {
      said.textContent = FAILED;
    }
  }

  // Where one was comes back with the page.
  const spot = `casebook ${location.pathname}`;
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(spot, `${location.hash} ${scrollY}`);
    } catch { /* It need not be kept. */ }
  });
  addEventListener("hashchange", () => {
    hear();
    attempt(render);
  });
  hear();
  attempt(async () => {
    await render();
    const [type] = performance.getEntriesByType("navigation");
    let kept;
    try {
      kept = sessionStorage.getItem(spot)?.split(" ");
    } catch { /* It was not kept. */ }
    if (kept?.[0] && kept[0] === location.hash && ["back_forward", "reload"].includes(type?.type)) scrollTo(0, Number(kept[1]));
  });
})();
