"""Parallel work: the answers of one process, in order, never far ahead."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread

import numpy as np
import pytest

from tagger import Tagger
from tagger.article import Article
from tagger.batch import decided
from tagger.chunks import ChunkTable
from tagger.parallel import AHEAD, _started, _worked, in_order, in_processes, start
from tagger.store import Store


@pytest.fixture
def submit():
    """Gives out a task that calls the function with the item."""
    with ThreadPoolExecutor(2) as executor:
        yield lambda function: partial(executor.submit, function)


@pytest.mark.parametrize("count", [0, 1, 2 * AHEAD, 40])
def test_answers_come_in_the_order_of_the_items(submit, count):
    assert list(in_order(submit(str), range(count), 2 * AHEAD)) == [(number, str(number)) for number in range(count)]


def test_items_are_taken_a_bounded_way_ahead(submit):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield len(taken)

    answers = in_order(submit(str), endless(), 2 * AHEAD)
    assert [next(answers) for _ in range(5)] == [(number, str(number)) for number in range(1, 6)]
    assert len(taken) <= 5 + 2 * AHEAD
    answers.close()


def test_an_error_comes_in_the_place_of_the_answer(submit):
    answers = in_order(submit(int), ["1", "x", "2"], 2 * AHEAD)
    assert next(answers) == ("1", 1)
    with pytest.raises(ValueError, match="invalid literal"):
        next(answers)


def test_other_threads_than_the_main_one_may_give_out_work(submit):
    found = []
    thread = Thread(target=lambda: found.extend(in_order(submit(str), [1], AHEAD)))
    thread.start()
    thread.join()
    assert found == [(1, "1")]


@pytest.fixture
def folder(tmp_path, tiny_files):
    """An artifact that processes can load."""
    store = Store(tmp_path / "store")
    return store.folder(store.publish(tiny_files))


def test_processes_decide_what_one_does(folder, tiny_model, texts):
    batches = [[Article.from_text(text).paragraphs] for text in texts[:3]]
    for batch, answer in zip(batches, in_processes(decided, iter(batches), folder, 2), strict=True):
        other = decided(batch, tiny_model)
        np.testing.assert_equal(answer.verdicts.probabilities, other.verdicts.probabilities)
        np.testing.assert_equal(answer.verdicts.labels, other.verdicts.labels)


def test_processes_that_were_started_ahead_are_those_that_work(folder, texts):
    start(2)
    executor = _started[2]
    answers = list(in_processes(decided, [[Article.from_text(texts[0]).paragraphs]], folder, 2))
    assert len(answers) == 1
    assert not _started
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(len, ())


def test_processes_learn_from_each_other(folder):
    _, learned = _worked(decided, [["Заводы открывали в Заречном."]], str(folder), [])
    assert sum(len(hashes) for hashes, _ in learned) == 4
    other = ChunkTable({}, lambda form: pytest.fail(f"{form} was known"))
    other.learn(learned)
    other.learn(learned)
    assert len(other.lemma_ids(["в Заречном Заводы"])[0]) == 3


def test_a_tagger_with_jobs_gives_the_answers_of_one_process(folder, tiny_model, texts):
    tagger = Tagger(tiny_model, folder)
    assert list(tagger.predict_many(texts, jobs=2)) == list(tagger.predict_many(texts))


def test_jobs_are_at_least_one_and_more_need_an_artifact(tiny_model):
    with pytest.raises(ValueError, match="jobs must be at least 1, not 0"):
        Tagger(tiny_model).predict_many(["Дождь."], jobs=0)
    with pytest.raises(ValueError, match="publish it and load it"):
        next(Tagger(tiny_model).predict_many(["Дождь."], jobs=2))
