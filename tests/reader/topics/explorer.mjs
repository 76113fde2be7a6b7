// Lists narrowed, ordered and counted as a person does it, from a host and from the disk: what is chosen
// leaves what it says, stands in the address, comes back with it and goes away again; what is shown can be
// saved; and without JavaScript the list is there as it was built.

export const about = "lists are narrowed, ordered, kept in the address and saved";

export async function look({ browser, sample }) {
  const lists = ["projects", "kpis", "actions"].map((name) => sample.pages.find(({ path }) => path === `${name}/index.html`));
  if (lists.some((page) => !page)) return ["sample: a list is not there"];
  const lines = [];
  for (const from of ["host", "file"]) lines.push(...(await browser.each(lists, { from, hear: true }, walk)));
  lines.push(...(await browser.each(lists, { width: 390 }, walk)));
  const choice = sample.pages.filter(({ path }) => path === "projects/by/status/completed/index.html");
  for (const from of ["host", "file"]) lines.push(...(await browser.each(choice, { from }, onward)));
  lines.push(...(await browser.each(lists, { script: false }, plain)));
  return lines;
}

/** From the list of a choice to the whole list, narrowed to it. */
async function onward(tab) {
  const count = await tab.evaluate(() => document.querySelectorAll("main tbody tr").length);
  await tab.evaluate(() => document.querySelector(".live a").click());
  await tab.waitForSelector("#explore");
  await settled(tab, count);
  const some = await rows(tab);
  return some.every((row) => row.includes("Completed")) ? [] : [`leads to a list that is not narrowed: ${some}`];
}

/** Without JavaScript: nothing that would do nothing, and all rows. */
async function plain(tab) {
  const [shown, rows] = await tab.evaluate(() => [
    document.getElementById("explore").getClientRects().length,
    document.querySelectorAll("#explore ~ table > tbody > tr").length,
  ]).catch(() => [undefined, undefined]);
  // Chromium evaluates for us even where the page may not.
  const lines = [];
  if (shown) lines.push("shows what only JavaScript can do");
  if (!rows) lines.push("has no rows");
  return lines;
}

async function walk(tab) {
  const lines = [];
  const must = (is, what) => is || lines.push(what);
  const all = await rows(tab);
  must(all.length > 3, `has ${all.length} rows to choose from`);

  // A value of the first choice: so many rows as it says, each with its word.
  await tab.click("#explore summary");
  await tab.waitForSelector("#explore fieldset input");
  const value = await tab.evaluate(() => {
    const label = [...document.querySelectorAll("#explore fieldset label")].find((one) => one.querySelector("input"));
    label.querySelector("input").click();
    return { word: label.childNodes[1].textContent.trim(), count: Number(label.querySelector("span").textContent) };
  });
  await settled(tab, value.count);
  const some = await rows(tab);
  must(some.length === value.count, `“${value.word}” says ${value.count} and leaves ${some.length}`);
  must(some.every((row) => row.includes(value.word)), `“${value.word}” leaves rows that do not say it: ${some.find((row) => !row.includes(value.word))}`);
  must(some.every((row) => all.includes(row)), `a row is written another way than it was built: ${some.find((row) => !all.includes(row))}`);

  // Ordered by the first column, falling, each row is no later in the alphabet than the one before.
  await tab.keyboard.press("Escape");
  const order = await tab.evaluate(() => [...document.querySelector("#explore select").options].at(2).value);
  await tab.select("#explore select", order);
  await tab.waitForSelector('thead [aria-sort="descending"]');
  const firsts = (await rows(tab)).map((row) => row.split("\t")[0]);
  const sorted = firsts.toSorted((a, b) => b.localeCompare(a, "en"));
  must(firsts.join() === sorted.join(), `falling, the first column reads ${firsts.join(" / ")}`);

  // A link to a place on the page leaves it.
  const whole = (await rows(tab)).join();
  await tab.evaluate(() => document.querySelector(".skip").click());
  await tab.waitForFunction(() => location.hash === "#main");
  must((await rows(tab)).join() === whole, "the link to the content takes the choices away");
  await tab.goBack();

  // It stands in the address, and a page that is loaded again or come back to shows the same.
  const before = await rows(tab);
  await tab.reload();
  await settled(tab, before.length);
  must((await rows(tab)).join() === before.join(), "a page that is loaded again shows other rows");
  await tab.evaluate(() => document.querySelector("#explore ~ table tbody a").click());
  await tab.waitForFunction(() => !document.getElementById("explore") || location.pathname.split("/").length > 4);
  await tab.waitForFunction(() => document.readyState === "complete");
  await tab.goBack();
  await settled(tab, before.length);
  must((await rows(tab)).join() === before.join(), "a page that is come back to shows other rows");

  // What is shown, saved: a line for each row below the names of the columns.
  const saved = await tab.evaluate(async () => {
    const taken = new Promise((done) => {
      URL.createObjectURL = (blob) => {
        blob.text().then(done);
        return "#saved";
      };
    });
    addEventListener("click", (event) => event.target.closest("a[download]") && event.preventDefault(), true);
    [...document.querySelectorAll("#explore button")].at(-1).click();
    return taken;
  });
  const table = saved.trim().split("\r\n");
  must(table.length === before.length + 1, `${table.length} lines are saved of ${before.length} rows`);
  must(table[1]?.includes(before[0].split("\t")[0].slice(0, 20)), `the first line saved is ${table[1]}`);

  // All taken away, the list is as it was built.
  await tab.evaluate(() => document.querySelector("#explore button").click());
  await settled(tab, all.length);
  must((await rows(tab)).join() === all.join(), "with all choices taken away, other rows are shown than were built");
  return lines;
}

/** The rows as they read, a tab between cells. */
const rows = (tab) => tab.evaluate(() => [...document.querySelectorAll("#explore ~ table > tbody > tr")].map((row) => [...row.cells].map((cell) => cell.innerText.trim().replace(/\s+/g, " ")).join("\t")));

/** Waits until so many rows are shown, and says what is there if they never are. */
const settled = (tab, count) => tab.waitForFunction((wanted) => document.querySelectorAll("#explore ~ table > tbody > tr").length === wanted, { timeout: 10_000 }, count);
