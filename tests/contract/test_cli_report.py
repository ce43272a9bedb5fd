"""`tagger predict --report`: the page, opened in a browser: it counts, filters, opens articles, shows why, and prints."""

import base64
import json
import re
import time

import pytest

AWARD = "Учёным вручили премию\nПремию и награду учёным вручил губернатор.\nПогода была хорошей."
OPENING = "В Кирове открыли завод\nНовую линию запустили сегодня, завод открыт."
HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
MUSEUM = "Музею вручили премию\nНаграду и премию музею вручил <b>министр</b> & гость."
RECORDS = [
    {
        "id": "a",
        "text": AWARD,
        "title": "Премия учёным",
        "date": "2024-11-15",
        "outlet": "Вестник",
        "url": "https://e.org/a",
    },
    {"id": "a2", "text": f"Сообщает агентство: {AWARD}", "date": "2024-11-20", "outlet": "Перепечатник"},
    {
        "id": "o",
        "text": OPENING,
        "title": "Завод",
        "date": "2025-01-09",
        "outlet": "Вестник",
        "url": "javascript:alert(3)",
    },
    {"id": "h", "text": MUSEUM, "title": HOSTILE},
    {
        "id": "w",
        "text": "Погода в выходные\nОжидается дождь и ветер.",
        "title": "Погода",
        "date": "2024-12-01",
        "outlet": "Издание, название которого длиннее, чем широк экран телефона",
    },
    {"id": "плохая"},
]


@pytest.fixture(scope="module")
def pages(run, trained, tmp_path_factory):
    """The report in Russian and in English."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    for language in ("ru", "en"):
        done = run(
            "--lang", language, "predict", "-m", trained, folder / "in.jsonl", "--report", folder / f"{language}.html"
        )
        assert (done.returncode, done.stdout) == (3, "")
    return folder


@pytest.fixture
def page(browser, pages):
    """The Russian one, just opened; at the end it has had nothing to complain of."""
    browser.get((pages / "ru.html").as_uri())
    yield browser
    assert browser.get_log("browser") == []


def titles(page):
    return [found.text for found in page.find_elements("css selector", "#list .name")]


def choose(page, name, value):
    """Set a filter and wait until the list has followed."""
    field = page.find_element("css selector", f"#filters [name={name}]")
    before = page.find_element("id", "count").text
    page.execute_script(
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}))",
        field,
        value,
    )
    for _ in range(100):
        if page.find_element("id", "count").text != before:
            return
        time.sleep(0.02)


def open_first(page):
    page.find_element("css selector", "#list summary").click()
    for _ in range(100):
        if found := page.find_elements("css selector", "#list .opened"):
            return found[0]
        time.sleep(0.02)
    raise AssertionError("it does not open")


def test_reprints_are_counted_once(page):
    tiles = [tile.text.split("\n") for tile in page.find_elements("class name", "tile")]
    assert [figure for figure, _ in tiles] == ["5", "4", "3", "1"]
    plots = page.find_elements("css selector", "section.card")
    assert "статей: 2" in plots[0].text
    assert "статей: 1" in plots[1].text


def test_plots_show_months_and_outlets(page):
    award = page.find_element("css selector", "section.card")
    months = [bar.get_attribute("textContent") for bar in award.find_elements("css selector", "svg .bar title")]
    assert months == ["ноябрь 2024: 1", "декабрь 2024: 0", "январь 2025: 0"]
    assert "Вестник" in award.text
    assert "Перепечатник" not in award.text
    assert "без даты: 1" in award.text


def test_the_latest_come_first_and_those_without_event_are_left_out(page):
    assert titles(page)[:2] == ["Завод", "Премия учёным"]
    assert "Погода" not in titles(page)
    assert "3 из 4" in page.find_element("id", "count").text


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [
        ("event", "0", ["Премия учёным", HOSTILE]),
        ("event", "without", ["Погода"]),
        ("event", "all", ["Завод", "Погода", "Премия учёным", HOSTILE]),
        ("outlet", "Вестник", ["Завод", "Премия учёным"]),
        ("from", "2024-12", ["Завод"]),
        ("to", "2024-12", ["Премия учёным"]),
        ("words", "ЗАПУСТИЛИ", ["Завод"]),
        ("words", "нет такого", []),
    ],
)
def test_it_filters(page, name, value, left):
    choose(page, name, value)
    assert sorted(titles(page)) == sorted(left)


def test_an_opened_article_shows_paragraphs_labels_and_the_words_that_decided(page):
    choose(page, "event", "0")
    opened = open_first(page)
    texts = [part.text for part in opened.find_elements("css selector", ".paragraph .text")]
    assert texts == AWARD.split("\n")[: len(texts)]
    assert len(texts) >= 2
    labelled = opened.find_elements("css selector", ".paragraph.labelled")
    assert re.fullmatch(r"Награждение \d+ %", labelled[0].find_element("class name", "chip").text)
    marked = {mark.text for part in labelled for mark in part.find_elements("tag name", "mark")}
    assert marked & {"премию", "Премию", "награду", "вручили", "вручил"}
    assert opened.find_element("tag name", "a").get_attribute("href") == "https://e.org/a"
    assert "Перепечатник" in opened.find_element("class name", "reprints").text


def test_texts_of_others_stay_texts(page):
    choose(page, "words", "<img")
    opened = open_first(page)
    assert titles(page) == [HOSTILE]
    assert "\n".join(part.text for part in opened.find_elements("css selector", ".paragraph .text")) == MUSEUM
    assert page.find_elements("tag name", "img") == []
    choose(page, "words", "")
    assert "javascript:" in open_first(page).text
    assert page.find_elements("css selector", "a[href^=javascript]") == []


def test_a_failure_is_listed(page):
    assert "плохая: " in page.find_element("tag name", "body").text


def test_the_print_view_has_no_controls_and_keeps_what_is_open(page):
    open_first(page)
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not page.find_element("id", "filters").is_displayed()
        assert page.find_element("css selector", ".opened .paragraph").is_displayed()
        assert page.find_element("css selector", "section svg").is_displayed()
    finally:
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert base64.b64decode(page.print_page()).startswith(b"%PDF")


def test_all_that_is_found_is_printed(browser, run, trained, tmp_path):
    words = [f"слово{first}{second}" for first in "абвгдежзик" for second in "абвгдежзиклм"]
    records = [{"title": word, "text": f"{word} " * 9} for word in words]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    assert run("predict", "-m", trained, tmp_path / "in.jsonl", "--report", tmp_path / "many.html").returncode == 0
    browser.get((tmp_path / "many.html").as_uri())
    choose(browser, "event", "all")
    assert len(titles(browser)) < len(records)
    browser.print_page()
    assert len(titles(browser)) == len(records)


def test_nothing_overflows_a_narrow_screen(page):
    narrow = {"width": 400, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        open_first(page)
        assert page.execute_script("return document.documentElement.scrollWidth") == 400
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dates_are_russian(page):
    assert page.find_element("css selector", "#list .when").text.startswith("09.01.2025")
    months = [option.text for option in page.find_elements("css selector", "[name=from] option")]
    assert months == ["все", "ноябрь 2024", "декабрь 2024", "январь 2025"]


def test_the_page_is_one_file_and_speaks_english_on_demand(browser, pages):
    text = (pages / "en.html").read_text(encoding="utf-8")
    assert not re.search(r"(?:src|href)\s*=\s*[\"']?(?!data:)\w", text.partition('<script type="application/json"')[0])
    browser.get((pages / "en.html").as_uri())
    assert browser.find_element("tag name", "h1").text == "Events in the news"
    assert browser.find_element("tag name", "html").get_attribute("lang") == "en"
    assert [found.text for found in browser.find_elements("css selector", "#filters button")] == [
        "Open those shown",
        "Print",
    ]
    assert "Award\narticles: 2" in browser.find_element("css selector", "section.card").text
    assert browser.get_log("browser") == []
