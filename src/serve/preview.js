// The preview in a browser: listens to what is rebuilt and keeps the page in step with it.
// Served by `casebook serve` alone; no built page has it.
(() => {
  "use strict";
  const own = document.currentScript.dataset;
  const kept = "casebook-preview:" + location.pathname;
  let stream = null;
  let shown = own.overlay;

  // Fields keep what was typed, and details what was opened, over a reload of ours.
  const fields = () =>
    [...document.querySelectorAll("input, select, textarea, details")].filter(
      (field) => !["password", "file", "hidden"].includes(field.type),
    );
  const named = (field) => `${field.tagName} ${field.type || ""} ${field.name || field.id || ""}`;
  const part = (field) =>
    field.tagName === "DETAILS" ? "open" : /^(checkbox|radio)$/.test(field.type) ? "checked" : "value";

  function reload() {
    const active = fields().indexOf(document.activeElement);
    const values = fields().map((field) => [named(field), field[part(field)]]);
    const state = { x: scrollX, y: scrollY, active, values };
    try {
      sessionStorage.setItem(kept, JSON.stringify(state));
    } catch {
      // A browser that keeps nothing only forgets the place.
    }
    location.reload();
  }

  function restore() {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch {
      // As above.
    }
    if (!state) return;
    const now = fields();
    state.values.forEach(([name, value], nth) => {
      const field = now[nth];
      if (!field || named(field) !== name || field[part(field)] === value) return;
      field[part(field)] = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    if (now[state.active]) now[state.active].focus({ preventScroll: true });
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  }

  // A style sheet whose name differs in its key alone takes the place of the old one.
  const family = (path) => path.replace(/-[0-9a-f]{10}(\.\w+)$/, "$1");
  function restyle(styles) {
    const links = [...document.querySelectorAll("link[rel~=stylesheet]")];
    const is = (style) => (link) => new URL(link.href).pathname.endsWith("/" + style);
    for (const link of links) {
      const path = new URL(link.href).pathname;
      const style = styles.find((style) => family(path).endsWith("/" + family(style)));
      // The same may be told again before it is loaded.
      if (!style || links.some(is(style))) continue;
      const next = link.cloneNode();
      next.href = "/" + style;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
  }

  const overlay = () => document.getElementById("casebook-overlay");
  function hide() {
    // Where nothing lies below it, there is nothing to see without it.
    if (overlay() && overlay().matches(".over")) overlay().hidden = true;
  }
  function dismissible() {
    const button = overlay() && overlay().querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.onclick = hide;
  }
  function lay(over) {
    const key = over ? over.key : "";
    if (key === shown) return;
    shown = key;
    if (overlay()) overlay().remove();
    if (over) document.body.insertAdjacentHTML("beforeend", over.html);
    dismissible();
  }

  function heard(state) {
    if (state.page !== own.key) return reload();
    restyle(state.styles);
    lay(state.overlay);
  }

  // Only a page that is looked at listens: browsers allow six lines at once. What it missed it
  // hears first when it listens again.
  function listen() {
    if (stream || document.hidden) return;
    const page = encodeURIComponent(location.pathname);
    stream = new EventSource(`/.casebook/events?token=${own.token}&page=${page}`);
    stream.onmessage = (event) => heard(JSON.parse(event.data));
    stream.onerror = () => {
      // Refused for good: another preview has taken its place, or is about to.
      if (stream && stream.readyState === EventSource.CLOSED) {
        rest();
        setTimeout(ask, 1000);
      }
    };
  }
  function rest() {
    if (stream) stream.close();
    stream = null;
  }
  function ask() {
    const again = () => setTimeout(ask, 1000);
    fetch("/.casebook/preview.js", { method: "HEAD", cache: "no-store" }).then(reload, again);
  }

  // A machine that slept may hold a line on which nothing comes any more: a new one is sure.
  function wake() {
    rest();
    listen();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  document.addEventListener("freeze", rest);
  document.addEventListener("resume", wake);
  addEventListener("online", wake);
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  dismissible();
  restore();
  listen();
})();
