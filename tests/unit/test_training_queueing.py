"""The queue: what it is uncertain about, what is unlike the rest, and some at random; no reprints."""

from collections import Counter

import pytest

from tagger.article import Article
from tagger.training.queueing import TURNS, queue

NEWS = (
    "Премию вручили сварщику. Награду передал директор.",
    "Завод открыли в Туле, новую линию запустил губернатор.",
    "Погода в выходные дождливая, ожидается ветер.",
    "Сборная проиграла матч со счётом два один.",
    "Открытие выставки наград и премий прошло утром в музее.",
    "Рейс задержали из-за тумана на семь часов.",
    "Больница приняла за год девять тысяч пациентов.",
    "Орден получил агроном, новый склад открыт на ферме.",
)


@pytest.fixture
def pool():
    return [Article.from_text(text, str(number)) for number, text in enumerate(NEWS)]


def test_kinds_take_turns(pool, tiny_model):
    choices = queue(pool, [], tiny_model, len(pool), 0)
    assert [choice.why for choice in choices] == list(TURNS[: len(pool)])


def test_no_article_is_chosen_twice_and_all_are_at_last(pool, tiny_model):
    choices = queue(pool, [], tiny_model, 100, 0)
    assert sorted(choice.number for choice in choices) == list(range(len(pool)))


def test_labels_take_turns(pool, tiny_model):
    choices = queue(pool, [], tiny_model, len(pool), 0)
    labels = Counter(choice.label for choice in choices if choice.why == "uncertain")
    assert set(labels) == set(tiny_model.labels)
    assert max(labels.values()) - min(labels.values()) <= 1


def test_first_is_what_is_closest_to_the_threshold(pool, tiny_model):
    """One paragraph an article: nothing is labelled yet, so that nothing discounts the uncertainty."""
    from tagger.tagging import Tagger

    threshold = tiny_model.paragraph.threshold[0]
    label = tiny_model.labels[0]
    chances = [result.paragraphs[0].probabilities[label] for result in Tagger(tiny_model).predict_many(pool)]
    certainty = [abs(p - threshold) / (threshold if p < threshold else 1 - threshold) for p in chances]
    assert queue(pool, [], tiny_model, 1, 0)[0].number == certainty.index(min(certainty))


def test_reprints_of_the_labelled_and_of_each_other_are_left_out(pool, tiny_model):
    again = [Article.from_text(text, f"reprint {number}") for number, text in enumerate(NEWS[:3])]
    choices = queue([*pool, *again], pool[4:6], tiny_model, 100, 0)
    assert sorted(choice.number for choice in choices) == [0, 1, 2, 3, 6, 7]


def test_what_is_unlike_the_labelled_comes_by_the_third_turn(tiny_model):
    """All but one of the pool repeat words of the labelled article, none is its reprint."""
    labelled = [Article.from_text("Премию вручили лучшим сварщикам завода. Награды передал директор.")]
    alike = [f"Премию вручили директор завода и {name}." for name in ("агроном", "министр", "губернатор", "инвесторы")]
    pool = [Article.from_text(text, str(number)) for number, text in enumerate([*alike, "Авария на трассе"])]
    choices = queue(pool, labelled, tiny_model, 3, 0)
    assert 4 in {choice.number for choice in choices}


def test_random_state_decides_the_random_share(pool, tiny_model):
    runs = {tuple(queue(pool, [], tiny_model, 6, state)) for state in range(8)}
    assert queue(pool, [], tiny_model, 6, 0) == queue(pool, [], tiny_model, 6, 0)
    assert len(runs) > 1


def test_an_empty_pool_gives_nothing(tiny_model):
    assert queue([], [], tiny_model, 5, 0) == []
    assert queue([], [Article.from_text("Премию вручили.")], tiny_model, 5, 0) == []
