"""Drift, told: one line on standard error after a run over texts that are unlike the training corpus."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from tagger.cli.inputs import Failure
from tagger.cli.outputs.writer import Answer
from tagger.cli.printing import say
from tagger.drift import Difference, Statistics, Tally, drift
from tagger.tagging import Tagger


@contextmanager
def telling_drift(tagger: Tagger) -> Iterator[Callable[[Iterable[Answer]], Iterator[Answer]]]:
    """Gives what answers are to pass through; when the block ends well, say if they drift.

    A model that keeps no statistics of its corpus says nothing.
    """
    tally = Tally(tagger.labels)
    yield partial(counted, tally=tally)
    tell_drift(tally, corpus_statistics(tagger))


def counted(answers: Iterable[Answer], tally: Tally) -> Iterator[Answer]:
    """The answers as they come; ``tally`` counts those that are no failures."""
    for answer in answers:
        if not isinstance(answer, Failure):
            tally.add(1 - answer.known_share, answer.chrome_share, answer.labels, review=bool(answer.review))
        yield answer


def corpus_statistics(tagger: Tagger) -> Statistics | None:
    """What the texts were like that the model was trained on, if it keeps that."""
    return Statistics.from_dict(tagger.model.provenance.get("corpus_statistics"), tagger.labels)


def tell_drift(tally: Tally, corpus: Statistics | None) -> None:
    """Say if what was counted is unlike the corpus."""
    if corpus and tally.articles:
        found = drift(tally.statistics(), corpus)
        if found:
            say(drift_line(tally.articles, found))


def drift_line(articles: int, found: Iterable[Difference]) -> str:
    """What to say of differences."""
    shares = "; ".join(f"{item.name} {item.here:.2f} instead of {item.there:.2f}" for item in found)
    told = f"these {articles} texts are unlike the training corpus: {shares}"
    return f"drift: {told}; probabilities may not hold: check some answers, or train with such texts"
