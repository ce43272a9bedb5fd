"""`tagger evaluate --report`: the page as a browser shows it, with texts that try to take it over."""

import json
import re
from contextlib import nullcontext
from dataclasses import replace

import pytest

from tagger import Tagger, load
from tagger.cli.reports.evaluation import evaluation_report
from tagger.training.corpus import read_corpus
from tagger.training.evaluation import evaluate_verdicts, verdicts_on

HOSTILE = "</script><script>window.taken=1</script><img src=x onerror=window.taken=1><!--<script> &lt; 😀\u2028"
"""Stands before the words that decide, so that a wrong count of characters shows."""


@pytest.fixture(scope="module")
def mislabelled(tiny_corpus_path, tmp_path_factory):
    """The miniatures with the event types swapped and hostile texts, ids and file name."""
    text = (tiny_corpus_path / "miniatures.jsonl").read_text(encoding="utf-8")
    for old, new in (('"award"', '"x"'), ('"opening"', '"award"'), ('"x"', '"opening"')):
        text = text.replace(old, new)
    records = [json.loads(line) for line in text.splitlines()]
    for record in records:
        record["id"] = f"<b>{record['id']}</b>"
        for part in record["paragraphs"]:
            part["text"] = f"{HOSTILE} {part['text']}" if part["labels"] else part["text"]
    path = tmp_path_factory.mktemp("mislabelled") / "<i>dev&.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def tagger(tiny_model):
    """The tiny model with markup in the names of its event types."""
    kinds = tuple(
        replace(kind, title_ru=f"{kind.title_ru} <u>«1»</u>", title_en=f"{kind.title_en} <u>“1”</u>")
        for kind in tiny_model.event_types
    )
    return Tagger(replace(tiny_model, event_types=kinds, version="v<1>"))


@pytest.fixture(scope="module")
def reports(tagger, mislabelled, tmp_path_factory):
    """The page in Russian and in English."""
    folder = tmp_path_factory.mktemp("report")
    for language in ("ru", "en"):
        (folder / f"{language}.html").write_bytes(written(tagger, mislabelled, language))
    return folder


def written(tagger, data, language):
    corpus = read_corpus([data], tagger.labels)
    verdicts = verdicts_on(corpus, tagger.model)
    return evaluation_report(tagger, corpus, verdicts, evaluate_verdicts(verdicts, corpus), nullcontext, language)


@pytest.fixture
def page(browser, reports):
    """The Russian one, just opened; at the end nothing may stand on the console."""
    browser.get_log("browser")
    browser.get((reports / "ru.html").as_uri())
    yield browser
    assert browser.execute_script("return window.taken") is None
    assert browser.get_log("browser") == []


def found(page, selector):
    return page.find_elements("css selector", selector)


def choose(page, name, value):
    page.execute_script(
        "const field = document.querySelector(`[name=${arguments[0]}]`); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', { bubbles: true }));",
        name,
        value,
    )


def shown(page):
    """How many mistakes are found, and of how many."""
    return [int(number) for number in re.findall(r"\d+", found(page, "#count")[0].text)]


def test_hostile_texts_stay_texts(page):
    assert page.title == found(page, "h1")[0].text == "Насколько хороша модель v<1>"
    assert not found(page, "img, b b, u, i i, body script ~ script ~ script")
    assert len(found(page, "script")) == 2
    assert "<i>dev&.jsonl" in found(page, "p.muted")[0].text
    assert "Награждение <u>«1»</u>" in found(page, "tbody th")[1].text
    texts = [box.get_property("textContent") for box in found(page, ".mistake > .text")]
    assert any(text.startswith(HOSTILE.rstrip("\u2028")) for text in texts)


def test_equal_data_give_equal_pages(reports, tagger, mislabelled):
    assert written(tagger, mislabelled, "ru") == (reports / "ru.html").read_bytes()


def test_tables_and_plots_are_there(page, tagger):
    rows = [row.text.split() for row in found(page, "table")[0].find_elements("css selector", "tbody tr")]
    assert [row[0] for row in rows if len(row) == 1] == ["абзацы", "статьи"]
    assert len(rows) == 3 + 2 * 4 + 1
    assert len(found(page, "figure svg[role=img]")) == 2 * len(tagger.labels)
    assert all(plot.size["height"] > 100 for plot in found(page, "figure svg"))
    assert len(found(page, ".confusion tbody tr")) == len(tagger.labels) + 1


def test_filters_leave_what_they_name(page):
    count = len(found(page, ".mistake"))
    whole = shown(page)[1]
    assert count == min(whole, 25)
    choose(page, "kind", "missed")
    kinds = {chip.text for chip in found(page, ".mistake .chip")}
    assert kinds == {"метка пропущена"}
    missed = shown(page)[0]
    choose(page, "label", "award")
    assert {title.text for title in found(page, ".mistake strong")} == {"Награждение <u>«1»</u>"}
    assert 0 < shown(page)[0] < missed < whole
    choose(page, "words", "no such words")
    assert not found(page, ".mistake")
    assert found(page, "#count")[0].text == f"Ошибок: 0 из {whole}"


def test_words_find_a_mistake_by_its_article(page):
    choose(page, "words", "<B>T0-1</b>")
    places = [place.text for place in found(page, ".mistake .where")]
    assert places
    assert all("<b>t0-1</b>" in place for place in places)


def test_more_are_shown_on_demand(page):
    whole = shown(page)[1]
    assert found(page, ".more")[0].text == f"Ещё {whole - 25}"
    while more := found(page, ".more"):
        more[0].click()
    assert len(found(page, ".mistake")) == whole > 25


def test_the_words_that_decided_are_highlighted_exactly(page):
    choose(page, "label", "award")
    choose(page, "kind", "wrong")
    marks = found(page, ".mistake .text mark[class^=for]")
    strongest = [mark.text for mark in found(page, ".mistake .text mark.for-3")]
    assert all(re.fullmatch(r"[\w «»-]+", word) for word in strongest)
    assert any(re.match("преми|наград|вруч", word, re.IGNORECASE) for word in strongest)
    ground = {mark.value_of_css_property("background-color") for mark in marks}
    assert found(page, ".mistake")[0].value_of_css_property("background-color") not in ground


def test_a_mistake_opens_to_its_reasons_and_neighbours(page):
    choose(page, "kind", "wrong")
    first = found(page, ".mistake")[0]
    reasons, neighbours = first.find_elements("css selector", "button")
    reasons.click()
    told = [row.text.split()[-1] for row in first.find_elements("css selector", ".reasons li")]
    assert all(re.fullmatch(r"[+−]?\d+,\d\d", weight) for weight in told)
    weights = [float(weight.replace(",", ".").replace("−", "-")) for weight in told]
    assert sum(weights[:-1]) == pytest.approx(weights[-1], abs=0.01 * len(weights))
    neighbours.click()
    here = first.find_element("css selector", ".neighbours .here .text")
    own = first.find_element("css selector", ":scope > .text")
    assert here.get_property("textContent") == own.get_property("textContent")
    assert len(first.find_elements("css selector", ".neighbours li")) > 1
    neighbours.click()
    assert not first.find_elements("css selector", ".neighbours")
    assert neighbours.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(
    ("language", "captions", "words"),
    [
        ("ru", ["Событие", "Вид ошибки", "Слова"], ["Почему", "Соседние абзацы", "вероятность 0,", "Награждение"]),
        ("en", ["Event type", "Kind", "Words"], ["Reasons", "Neighbours", "probability 0.", "Award"]),
    ],
)
def test_the_page_speaks_its_language(browser, reports, language, captions, words):
    browser.get((reports / f"{language}.html").as_uri())
    assert found(browser, "html")[0].get_attribute("lang") == language
    labels = [label.text.splitlines()[0] for label in found(browser, "#filters label")]
    assert [label.startswith(caption) for label, caption in zip(labels, captions, strict=True)] == [True] * 3
    for button in found(browser, ".mistake button"):
        browser.execute_script("arguments[0].click()", button)
    browser.execute_script(
        "for (const text of document.querySelectorAll('body [lang=ru], code, .where')) text.remove()"
    )
    text = found(browser, "body")[0].text
    assert all(word in text for word in words)
    assert not re.search(r"undefined|\{\w+\}", text)
    foreign = "[а-яё]" if language == "en" else r"[A-Za-z]{2}|\d\.\d\d\b(?!\.)"
    assert not re.search(foreign, re.sub(r"<u>|</u>|<i>dev&\.jsonl", "", text))
    assert browser.get_log("browser") == []


def test_nothing_overflows_a_narrow_screen(page):
    narrow = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        for button in found(page, ".mistake button")[:2]:
            page.execute_script("arguments[0].click()", button)
        assert page.execute_script("return document.documentElement.scrollWidth") == 400
        table = found(page, ".scroll")[0]
        page.execute_script("arguments[0].scrollLeft = 200", table)
        name = table.find_elements("css selector", "tbody th")[1]
        assert name.location["x"] == table.location["x"]  # what the figures are of stays in sight
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_for_reading(page, scheme):
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    ground = {"light": (246, 247, 249), "dark": (29, 33, 40)}[scheme]
    for selector in (".mistake .text", ".muted", ".chip", "svg text", "mark.for-3", "mark.against-3"):
        node = found(page, selector)[0]
        name = "fill" if selector == "svg text" else "color"
        behind = node.value_of_css_property("background-color") if selector.startswith("mark") else None
        colours = colour(node.value_of_css_property(name)), colour(behind) if behind else ground
        assert contrast(*colours) >= 4.5, (selector, colours)


def colour(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


def contrast(a, b):
    """The ratio of WCAG 2.2, from 1 to 21; 4.5 is the least for text."""

    def luminance(parts):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in parts)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def test_the_command_writes_the_page_beside_the_table(run, trained, mislabelled, tmp_path):
    path = tmp_path / "report.html"
    done = run("evaluate", mislabelled, "-m", trained, "--report", path, "--min-f1", "0.9")
    assert done.returncode == 7
    assert done.stdout.startswith("24 articles")
    assert load(trained).version in path.read_text(encoding="utf-8")
    assert run("evaluate", mislabelled, "-m", trained).stdout == done.stdout


@pytest.mark.parametrize(("chosen", "language"), [([], "ru"), (["--lang", "ru"], "ru"), (["--lang", "en"], "en")])
def test_the_page_is_russian_unless_a_language_is_chosen(
    run, trained, tiny_corpus_path, tmp_path, monkeypatch, chosen, language
):
    monkeypatch.delenv("TAGGER_LANG", raising=False)
    path = tmp_path / "report.html"
    assert run(*chosen, "evaluate", tiny_corpus_path, "-m", trained, "--report", path).returncode == 0
    assert f'<html lang="{language}">' in path.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_says_so(run, trained, tiny_corpus_path, tmp_path):
    done = run("evaluate", tiny_corpus_path, "-m", trained, "--report", tmp_path / "no" / "report.html")
    assert done.returncode == 6
    assert "cannot write" in done.stderr.splitlines()[-1]
