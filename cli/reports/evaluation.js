// The browser of mistakes: filters, a list, and for each mistake its reasons and its neighbours.
const NEIGHBOURS = 2;
const { words, titles, mistakes, articles } = data;
const kinds = { missed: words.missed, wrong: words.wrong };
const kindOf = (mistake) => (mistake.missed ? "missed" : "wrong");

const any = (options) => [["", words.every], ...Object.entries(options)];

const places = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const decimal = new Intl.NumberFormat(document.documentElement.lang, places);
const signed = new Intl.NumberFormat(document.documentElement.lang, { ...places, signDisplay: "exceptZero" });

function labels(given, none = words.nothing) {
  return given === null ? words.unlabelled : given.map((label) => titles[label] ?? label).join(", ") || none;
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
  const row = (name, weight, lang = null) =>
    element("li", {}, element("span", { lang }, name), element("span", {}, signed.format(weight).replace("-", "\u2212")));
  const terms = mistake.terms.map(([lemma, weight]) => row(lemma, weight, "ru"));
  const sums = Object.entries(mistake.sums).map(([name, weight]) => row(words[name], weight));
  return element("ul", { class: "reasons" }, ...terms, ...sums);
}

function neighbours(mistake) {
  const all = articles[mistake.article].paragraphs;
  const first = Math.max(0, mistake.paragraph - NEIGHBOURS);
  const line = (paragraph, place) => {
    const here = first + place === mistake.paragraph;
    const given = labels(paragraph.given, paragraph.chrome ? words.boilerplate : words.nothing);
    const told = filled(words.labels, { gold: labels(paragraph.gold), given });
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
  const other = mistake.missed && instead.length ? filled(words.instead, { labels: labels(instead) }) : null;
  const told = paragraph.chrome ? words.taken_for_chrome : other;
  box.append(
    element(
      "header",
      {},
      element("span", { class: `chip ${kindOf(mistake)}` }, kinds[kindOf(mistake)]),
      element("strong", {}, titles[mistake.label]),
      element("span", {}, filled(words.with_probability, { probability: decimal.format(mistake.probability) })),
      told && element("span", { class: "muted" }, told),
      element("span", { class: "muted where" }, `${article.where} · ${article.id} · ¶${mistake.paragraph + 1}`),
    ),
    highlighted(mistake.runs),
    element(
      "div",
      { class: "buttons" },
      mistake.sums ? unfolding(words.reasons, box, () => reasons(mistake)) : null,
      unfolding(words.neighbours, box, () => neighbours(mistake)),
    ),
  );
  return box;
}

const form = document.getElementById("filters");
form.append(
  select("label", words.event, any(titles)),
  select("kind", words.kind, any(kinds)),
  element("label", {}, words.words, element("input", { name: "words", type: "search" })),
);

function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const sought = wanted.words.toLowerCase();
  const found = mistakes.filter((mistake) => {
    const { id, where, paragraphs } = articles[mistake.article];
    return (
      (!wanted.label || mistake.label === wanted.label) &&
      (!wanted.kind || kindOf(mistake) === wanted.kind) &&
      `${paragraphs[mistake.paragraph].text}\n${id}\n${where}`.toLowerCase().includes(sought)
    );
  });
  const counts = { count: grouped(found.length), all: grouped(mistakes.length) };
  document.getElementById("count").textContent = filled(words.found, counts);
  list(document.getElementById("list"), found, card, { size: 25, more: (count) => filled(words.more, { count: grouped(count) }) });
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
