// The key / leads to the search, from every page of a site that has one.
(() => {
  const { search } = document.currentScript.dataset;
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    location.assign(`${search}#q=`);
  });
})();
