"""Chunks: lemma ids of texts, remembered by runs of what tokens are made of."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tagger.chunks
from tagger.chunks import ChunkTable
from tagger.tokens import TOKEN

IDS = {"завод": 0, "открыл": 1, "цех": 2}
TEXTS = [
    "Завод открыл «цех».",
    "",
    " \t\u00a0 ",
    "река цех-завод, река",
    "цех\u2028завод\u0085открыл\u3000цех",
    "12 цех/цех (завод)… 3,5",
    "це\u00adх завод\u0301 \u0301",
]


def plain(texts):
    """Token by token with a regular expression."""
    ids, starts = [], [0]
    for text in texts:
        ids += [IDS.get(form.lower(), -1) for form in TOKEN.findall(text)]
        starts.append(len(ids))
    return ids, starts


@pytest.fixture
def chunks():
    return ChunkTable(IDS, str.lower)


def answer(chunks, texts):
    ids, starts = chunks.lemma_ids(texts)
    return ids.tolist(), starts.tolist()


def test_lemma_ids_and_starts_by_hand(chunks):
    assert answer(chunks, ["цех завод", "", "река «цех»"]) == ([2, 0, -1, 2], [0, 2, 2, 4])


def test_chunks_give_the_tokens_of_the_regular_expression(chunks):
    assert answer(chunks, TEXTS) == plain(TEXTS)


def test_what_was_met_before_changes_no_answer(chunks):
    for texts in (TEXTS, TEXTS[::-1], TEXTS[3:4], TEXTS, [TEXTS[0]] * 3):
        assert answer(chunks, texts) == plain(texts)


@pytest.mark.parametrize("texts", [[], [""], ["", " "], ["— … !"]])
def test_texts_without_tokens_have_no_ids(chunks, texts):
    assert answer(chunks, texts) == ([], [0] * (len(texts) + 1))


def test_numbers_keep_their_points_and_commas():
    met = []
    ChunkTable({}, lambda form: met.append(form) or form).lemma_ids([".3,5. 12.5.2024,G20,5 а.1 1.а ,", "7.", ".8"])
    assert sorted(met) == sorted(["3,5", "12.5.2024", "а", "1", "7", "8", "G", "20,5"])


def test_the_memory_is_bounded_and_forgetting_changes_no_answer(chunks, monkeypatch):
    monkeypatch.setattr(tagger.chunks, "MEMORY", 50)
    for number in range(300):
        assert answer(chunks, [f"цех-{number} завод{number} открыл"]) == ([2, -1, 0, -1, 1], [0, 5])
        assert len(chunks) < 60


def test_threads_share_the_memory_without_harm(chunks):
    texts = [f"завод{number % 7} цех открыл «цех-{number}»" for number in range(200)]
    expected, wrong = {order: plain(texts[::order]) for order in (1, -1)}, []

    def work(order):
        wrong.extend(order for _ in range(5) if answer(chunks, texts[::order]) != expected[order])

    threads = [threading.Thread(target=work, args=(1 if number % 2 else -1,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize("fault", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_an_interruption_while_a_chunk_is_met_spoils_no_later_answer(fault):
    broken = ["открыл"]

    def lemmatize(form):
        if form in broken:
            broken.remove(form)
            raise fault
        return form

    chunks = ChunkTable(IDS, lemmatize)
    with pytest.raises(fault):
        chunks.lemma_ids(["завод цех-открыл завод"])
    assert answer(chunks, ["завод цех-открыл река", "открыл завод"]) == ([0, 2, 1, -1, 1, 0], [0, 4, 6])


def test_a_form_is_lemmatised_once_whatever_stands_around_it():
    asked = []
    chunks = ChunkTable({"завод": 5}, lambda form: asked.append(form) or form)
    assert answer(chunks, ["завод, «завод» река", "(река) завод-река"]) == ([5, 5, -1, -1, 5, -1], [0, 3, 6])
    assert sorted(asked) == ["завод", "река"]


def test_tokens_of_known_lemmas_outlive_the_forgetting(monkeypatch):
    monkeypatch.setattr(tagger.chunks, "MEMORY", 20)
    asked = []
    chunks = ChunkTable({"завод": 0}, lambda form: asked.append(form) or form)
    for number in range(500):
        chunks.lemma_ids([f"завод {'ж' * number}"])
        assert len(chunks) < 30
    assert asked.count("завод") == 1


@pytest.mark.parametrize(
    "texts", [["завод\0", "завод", "\0завод"], ["аб", "ба", "а б"], ["a" * 5000, "a" * 5001, "ж" * 5000]]
)
def test_chunks_that_look_alike_are_told_apart(texts):
    met = []
    chunks = ChunkTable({}, lambda form: met.append(form) or form)
    chunks.lemma_ids(texts)
    assert sorted(met) == sorted({form for text in texts for form in TOKEN.findall(text)})


@given(st.lists(st.text(st.sampled_from("абв,-. 12_²\n\u00a0\u0301\ud800\uff11\U0001f600"), max_size=12), max_size=6))
def test_any_texts_have_the_tokens_of_the_regular_expression(texts):
    ids = {form: number for number, form in enumerate("абв")}
    found, starts = ChunkTable(ids, str.lower).lemma_ids(texts)
    assert found.tolist() == [ids.get(form.lower(), -1) for text in texts for form in TOKEN.findall(text)]
    assert np.diff(starts).tolist() == [len(TOKEN.findall(text)) for text in texts]
