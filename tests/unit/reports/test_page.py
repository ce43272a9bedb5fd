"""The page shell: nothing that comes from outside becomes markup, nothing is fetched, spans are of code points."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from tagger.cli.reports.page import STEPS, asset, embedded, escaped, highlighted, page, runs

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    '"><img src=x onerror=alert(1)>',
    "'&amp;\u2028\u2029",
    "]]>",
    "\x00\x1b\x85",
    "\ud800 и \U0001f600",
]


class Tags(HTMLParser):
    """Notes the tags and what stands in the data element."""

    def __init__(self):
        super().__init__()
        self.tags, self.data, self._inside = [], "", False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self._inside = dict(attrs).get("id") == "data"

    def handle_data(self, data):
        if self._inside:
            self.data += data

    def handle_endtag(self, tag):
        self._inside = False


def parsed(content):
    found = Tags()
    found.feed(content.decode("utf-8"))
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_what_comes_from_outside_adds_no_tag(text):
    plain = parsed(page("x", f"<p title='{escaped('x')}'>x</p>", data={"text": "x"}))
    hostile = parsed(page(text, f"<p title='{escaped(text)}'>{escaped(text)}</p>", data={"text": text, text: 1}))
    assert hostile.tags == plain.tags


@pytest.mark.parametrize("text", HOSTILE[:5])
def test_data_arrive_as_they_were(text):
    assert json.loads(parsed(page("", "", data=[text])).data) == [text]


@pytest.mark.parametrize("text", HOSTILE[5:])
def test_what_html_cannot_hold_is_replaced(text):
    found = json.loads(embedded([text]))[0]
    assert "\ufffd" in found
    assert found.endswith(text[-1]) == (text[-1] > "\x9f")


def test_not_a_number_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        embedded([float("nan")])


def test_the_policy_allows_the_one_script_and_nothing_from_elsewhere():
    content = page("t", "", data=1, script="const own = 1;").decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', content)[1]
    script = re.search(r"<script>(.*?)</script>", content, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert script.endswith("const own = 1;")
    assert not re.search(r"https?:|//[a-z]", re.sub(r"^\s*//.*$|/\*.*?\*/", "", content, flags=re.MULTILINE))


def test_the_page_says_its_language_and_title():
    content = page("Отчёт & <b>", "", language="ru").decode()
    assert '<html lang="ru">' in content
    assert "<title>Отчёт &amp; &lt;b&gt;</title>" in content


@pytest.mark.parametrize("name", ["page.js", "evaluation.js", "articles.js"])
def test_scripts_never_write_markup(name):
    code = re.sub(r"//.*", "", asset(name))
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(|XMLHttp", code)


def test_runs_cut_the_paragraph_and_keep_every_character():
    text = "Кино. 😀 Премию вручили сегодня. Конец"
    start, stop = 6, 32
    word, other = text.index("Премию"), text.index("вручили")
    found = runs(text, start, stop, [(word, word + 6, 2.0), (other, other + 7, -1.0), (0, 4, 9.0)])
    assert "".join(piece for piece, _ in found) == text[start:stop]
    assert [(piece, step) for piece, step in found if step] == [("Премию", STEPS), ("вручили", round(-STEPS / 2))]


def test_weights_of_overlapping_spans_add_up():
    assert runs("ab", 0, 2, [(0, 1, 1.0), (0, 2, 1.0)]) == [("a", STEPS), ("b", round(STEPS / 2))]
    assert runs("ab", 0, 2, [(0, 2, 1.0), (1, 2, -1.0)]) == [("a", STEPS), ("b", 0)]


def test_runs_without_reasons_or_text():
    assert runs("текст", 0, 5, []) == [("текст", 0)]
    assert runs("", 0, 0, []) == []


def test_highlighting_without_a_script_is_escaped():
    assert highlighted([("<b>", 3), (" и ", 0), ("&", -1)]) == (
        '<mark class="for-3">&lt;b&gt;</mark> и <mark class="against-1">&amp;</mark>'
    )
