"use strict";
// Shared by all reports. Everything that is shown goes through text nodes; innerHTML is never used.
const data = JSON.parse(document.getElementById("data").textContent);

/** A DOM element. Attributes that are null are left out; "on…" are listeners; strings among the children become text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");

/** A list to choose from; options are [value, text]. */
function select(name, caption, options) {
  const choices = options.map(([value, text]) => element("option", { value }, text));
  return element("label", {}, caption, element("select", { name }, ...choices));
}

/** Text with highlighted words out of the pieces [text, strength] that page.py's `runs` gives. */
function highlighted(runs) {
  const box = element("span", { class: "text", lang: "ru" });
  for (const [text, step] of runs) {
    const side = step > 0 ? "for" : "against";
    box.append(step ? element("mark", { class: `${side}-${Math.abs(step)}` }, text) : text);
  }
  return box;
}

/** Fills `box` with render(item) of the items, a page at a time; a button at the end, on which stands more(count), shows the rest. */
function list(box, items, render, { size = 50, more }) {
  let shown = 0;
  const button = element("button", { type: "button", class: "more", onclick: next });
  function next() {
    button.remove();
    box.append(...items.slice(shown, shown + size).map(render));
    shown += size;
    if (shown < items.length) {
      button.textContent = more(items.length - shown);
      box.append(button);
    }
  }
  box.replaceChildren();
  next();
}
