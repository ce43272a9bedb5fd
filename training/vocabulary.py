"""Learning the vocabulary."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from tagger.vocabulary import Vocabulary


def learn_vocabulary(documents: Sequence[Sequence[str]], min_df: int, pair_min_df: int) -> Vocabulary:
    """The lemmas, and the pairs of neighbouring ones of them, that occur in enough documents, with their idf.

    Args:
        documents: sequences of lemmas; a document is a paragraph.
        min_df: least number of documents for a lemma.
        pair_min_df: least number of documents for a pair.
    """
    lemma_df = Counter(lemma for document in documents for lemma in set(document))
    pair_df = Counter(pair for document in documents for pair in set(pairwise(document)))
    lemmas = sorted(lemma for lemma, df in lemma_df.items() if df >= min_df)
    ids = {lemma: number for number, lemma in enumerate(lemmas)}
    pairs = sorted((ids[a], ids[b]) for (a, b), df in pair_df.items() if df >= pair_min_df and a in ids and b in ids)
    counts = [lemma_df[lemma] for lemma in lemmas] + [pair_df[lemmas[a], lemmas[b]] for a, b in pairs]
    idf = np.log((1 + len(documents)) / (1 + np.array(counts, float))) + 1
    return Vocabulary(tuple(lemmas), np.array(pairs, np.int64).reshape(-1, 2), idf)
