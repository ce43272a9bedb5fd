"""The trained model: everything that prediction needs, as plain values."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tagger.chunks import ChunkTable
from tagger.codebook import EventType
from tagger.decision import Decision
from tagger.linear import Weights
from tagger.vocabulary import Vocabulary


@dataclass(frozen=True, eq=False)
class Model:
    """What training produces, an artifact holds and a `Tagger` applies.

    Attributes:
        event_types: the codebook, in the order of the labels' columns.
        vocabulary: the terms.
        weights: the linear model.
        boilerplate, paragraph, article: calibration and thresholds of each level.
        version: name of the artifact; empty before it is published.
        provenance: data digests, configuration, library versions, measured quality; as stored in the manifest.
    """

    event_types: tuple[EventType, ...]
    vocabulary: Vocabulary
    weights: Weights
    boilerplate: Decision
    paragraph: Decision
    article: Decision
    version: str = ""
    provenance: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The event types' ids."""
        return tuple(event_type.id for event_type in self.event_types)

    @cached_property
    def chunks(self) -> ChunkTable:
        """The process's memory of chunks of text and their lemma ids for this model."""
        return ChunkTable(self.vocabulary.ids)
