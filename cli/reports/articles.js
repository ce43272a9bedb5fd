// The list of articles: filters, and for each article its paragraphs, made when it is opened.
const { words, titles, articles } = data;
const ANY = "any", ALL = "all", WITHOUT = "without";
const monthOf = (article) => (/^\d{4}-\d\d/.test(article.date ?? "") ? article.date.slice(0, 7) : "");

const dayOf = (article) =>
  article.date?.slice(0, 10).replace(/^(\d{4})-(\d\d)-(\d\d)$/, (_, year, month, day) => filled(words.day, { year, month, day }));
const monthName = (month) => [words.months.split(" ")[Number(month.slice(5)) - 1], month.slice(0, 4)].join(" ");

function chip(label, percent, doubt) {
  const told = `${titles[label]} ${percent} %${doubt ? ` · ${words.check}` : ""}`;
  return element("span", { class: doubt ? "chip doubt" : "chip" }, told);
}

function chips(article) {
  const given = article.labels.map((label) => chip(label, article.probabilities[label], article.review.includes(label)));
  const count = article.reprints?.length;
  return element("span", { class: "chips" }, ...given, count ? element("span", { class: "chip" }, `+${count}`) : null);
}

function paragraph([number, text, labels = [], percents]) {
  const box = element("div", { class: labels.length ? "paragraph labelled" : "paragraph" });
  if (labels.length) {
    box.append(element("div", { class: "chips" }, ...labels.map((label) => chip(label, percents[label], false))));
  }
  box.append(element("div", { class: "number" }, `¶${number}`), highlighted(typeof text === "string" ? [[text, 0]] : text));
  return box;
}

function source(article) {
  const where = [article.outlet, dayOf(article), article.id].filter(Boolean).join(" · ");
  const safe = /^https?:\/\//.test(article.address ?? "");
  const link = safe ? element("a", { href: article.address, rel: "noreferrer" }, article.address) : article.address;
  return [where, link ? " · " : null, link];
}

function opened(article) {
  const box = element("div", { class: "opened" }, element("p", { class: "muted" }, ...source(article)));
  if (article.paragraphs) {
    box.append(...article.paragraphs.map(paragraph));
    if (article.chrome) box.append(element("p", { class: "muted" }, filled(words.chrome, { count: article.chrome })));
  } else {
    const all = titles.map((_, label) => chip(label, article.probabilities[label], article.review.includes(label)));
    box.append(element("p", {}, ...all.flatMap((made) => [made, " "])), element("p", { class: "muted" }, words.no_text));
  }
  if (article.reprints) {
    const rows = article.reprints.map((other) => element("li", {}, `${other.title} — `, ...source(other)));
    box.append(element("h3", {}, words.reprints), element("ul", { class: "reprints" }, ...rows));
  }
  return box;
}

function entry(article) {
  const when = [dayOf(article), article.outlet].filter(Boolean).map((text) => element("span", {}, text));
  const name = element("span", { class: "name", lang: "ru" }, article.title);
  const box = element("details", { class: "card" });
  box.append(element("summary", {}, element("span", { class: "when" }, ...when), name, chips(article)));
  box.addEventListener("toggle", () => box.open && box.children.length === 1 && box.append(opened(article)));
  return box;
}

/** All that is searched in an article, in lower case; made when it is first asked for. */
const searched = new Map();
function textOf(article) {
  if (!searched.has(article)) {
    const texts = (article.paragraphs ?? []).map(([, text]) => (typeof text === "string" ? text : text.map(([piece]) => piece).join("")));
    searched.set(article, [article.title, article.id, ...texts].join("\n").toLowerCase());
  }
  return searched.get(article);
}

function matches(article, wanted) {
  const { event, outlet, from, to, review } = wanted;
  const given = article.labels.length > 0;
  const right = { [ANY]: given, [ALL]: true, [WITHOUT]: !given }[event] ?? article.labels.includes(Number(event));
  const month = monthOf(article);
  const doubtful = article.review.length > 0;
  return (
    right &&
    (!outlet || article.outlet === outlet) &&
    (!from || (month && month >= from)) &&
    (!to || (month && month <= to)) &&
    (!review || (review === "unsure") === doubtful) &&
    textOf(article).includes(wanted.words.trim().toLowerCase())
  );
}

const form = document.getElementById("filters");
const box = document.getElementById("list");
const every = (values, name = (value) => value) =>
  [["", words.every], ...[...new Set(values)].filter(Boolean).sort().map((value) => [value, name(value)])];
const outlets = every(articles.map((article) => article.outlet));
const months = every(articles.map(monthOf), monthName);
const events = [[ANY, words.any], ...titles.map((title, label) => [label, title]), [WITHOUT, words.without], [ALL, words.all]];

function openShown() {
  for (const details of box.querySelectorAll("details")) details.open = true;
}

form.append(
  select("event", words.event, events),
  ...(outlets.length > 1 ? [select("outlet", words.outlet, outlets)] : []),
  ...(months.length > 2 ? [select("from", words.from, months), select("to", words.to, months)] : []),
  select("review", words.review, [["", words.every], ["unsure", words.unsure], ["sure", words.sure]]),
  element("label", {}, words.words, element("input", { name: "words", type: "search" })),
  element("button", { type: "button", onclick: openShown }, words.open),
  element("button", { type: "button", onclick: () => window.print() }, words.print),
);

function show() {
  const wanted = Object.fromEntries(new FormData(form));
  const found = articles.filter((article) => matches(article, wanted));
  document.getElementById("count").textContent = filled(words.shown, { count: grouped(found.length), all: grouped(articles.length) });
  list(box, found, entry, { more: (count) => filled(words.more, { count: grouped(count) }) });
}

let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, 150);
});
window.addEventListener("beforeprint", () => {
  for (let more; (more = box.querySelector(".more")); ) more.click();
});
form.addEventListener("submit", (event) => event.preventDefault());
show();
