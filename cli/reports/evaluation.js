// The browser of mistakes: filters, a list, and for each mistake its reasons and its neighbours.
const NEIGHBOURS = 2;
const { titles, mistakes, articles } = data;
const kinds = { missed: "missed", wrong: "given wrongly" };
const kindOf = (mistake) => (mistake.missed ? "missed" : "wrong");

function select(name, caption, options) {
  const choices = [["", "all"], ...options].map(([value, text]) => element("option", { value }, text));
  return element("label", {}, caption, element("select", { name }, ...choices));
}

function labels(given, none = "nothing") {
  return given === null ? "not labelled" : given.map((label) => titles[label] ?? label).join(", ") || none;
}

/** A button that shows what `make` gives, or hides it again. */
function unfolding(text, box, make) {
  let shown = null;
  const button = element("button", { type: "button", "aria-expanded": "false", onclick: toggle }, text);
  function toggle() {
    if (shown) shown.remove();
    shown = shown ? null : make();
    if (shown) box.append(shown);
    button.setAttribute("aria-expanded", String(Boolean(shown)));
  }
  return button;
}

function reasons(mistake) {
  const row = ([word, weight]) =>
    element("li", {}, element("span", { lang: "ru" }, word), element("span", {}, (weight > 0 ? "+" : "") + weight.toFixed(2)));
  return element("ul", { class: "reasons" }, ...mistake.reasons.map(row));
}

function neighbours(mistake) {
  const all = articles[mistake.article].paragraphs;
  const first = Math.max(0, mistake.paragraph - NEIGHBOURS);
  const line = (paragraph, place) => {
    const here = first + place === mistake.paragraph;
    const told = `should be: ${labels(paragraph.gold)}; given: ${labels(paragraph.given, paragraph.chrome ? "page chrome" : "nothing")}`;
    const text = element("div", { class: "text", lang: "ru" }, paragraph.text);
    return element("li", { class: here ? "here" : null, value: first + place + 1 }, text, element("div", { class: "muted" }, told));
  };
  return element("ol", { class: "neighbours" }, ...all.slice(first, mistake.paragraph + NEIGHBOURS + 1).map(line));
}

function card(mistake) {
  const article = articles[mistake.article];
  const paragraph = article.paragraphs[mistake.paragraph];
  const box = element("article", { class: "card mistake" });
  const instead = paragraph.given.filter((label) => label !== mistake.label && !(paragraph.gold ?? []).includes(label));
  const told = paragraph.chrome ? "taken for page chrome" : mistake.missed && instead.length ? `instead: ${labels(instead)}` : null;
  box.append(
    element(
      "header",
      {},
      element("span", { class: `chip ${kindOf(mistake)}` }, kinds[kindOf(mistake)]),
      element("strong", { lang: "ru" }, titles[mistake.label]),
      element("span", {}, `probability ${mistake.probability.toFixed(2)}`),
      told && element("span", { class: "muted" }, told),
      element("span", { class: "muted where" }, `${article.where} · ${article.id} · ¶${mistake.paragraph + 1}`),
    ),
    highlighted(mistake.runs),
    element(
      "div",
      { class: "buttons" },
      mistake.reasons.length ? unfolding("Reasons", box, () => reasons(mistake)) : null,
      unfolding("Neighbours", box, () => neighbours(mistake)),
    ),
  );
  return box;
}

const form = document.getElementById("filters");
form.append(
  select("label", "Event type", Object.entries(titles)),
  select("kind", "Kind", Object.entries(kinds)),
  element("label", {}, "Text, article or file contains", element("input", { name: "words", type: "search" })),
);

function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = wanted.words.toLowerCase();
  const found = mistakes.filter((mistake) => {
    const { id, where, paragraphs } = articles[mistake.article];
    return (
      (!wanted.label || mistake.label === wanted.label) &&
      (!wanted.kind || kindOf(mistake) === wanted.kind) &&
      `${paragraphs[mistake.paragraph].text}\n${id}\n${where}`.toLowerCase().includes(words)
    );
  });
  document.getElementById("count").textContent = `${found.length} of ${mistakes.length} shown`;
  list(document.getElementById("list"), found, card, { size: 25 });
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
