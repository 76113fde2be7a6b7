// What every page has a script for. The colors that a reader chose are there before anything is drawn,
// so this is read at once; and the key / leads to the search of a site that has one.
(() => {
  const { search } = document.currentScript.dataset;
  const root = document.documentElement;
  const KEPT = "casebook-colors";

  function dress(colors) {
    if (colors === "light" || colors === "dark") root.dataset.theme = colors;
    else delete root.dataset.theme;
  }
  let colors = "";
  try {
    colors = localStorage.getItem(KEPT) ?? "";
  } catch { /* What cannot be kept is as the device says. */ }
  dress(colors);

  addEventListener("DOMContentLoaded", () => {
    const label = document.getElementById("colors");
    if (!label) return;
    const select = label.querySelector("select");
    select.value = root.dataset.theme ?? "";
    label.hidden = false;
    select.onchange = () => {
      dress(select.value);
      try {
        localStorage.setItem(KEPT, select.value);
      } catch { /* It holds for this page. */ }
    };
  });

  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!search || event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    location.assign(`${search}#q=`);
  });
})();
