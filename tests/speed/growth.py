"""Time as the stream grows: python growth.py TEXTS.jsonl RUNS COUNT… prints {count: [seconds a million tokens, …]}.

Per token because articles differ in length, and in random order because archives are sorted: paragraphs cost time too, and the
later articles of the background corpus have twice as many to the token as its first 2,000. Warm: every text was met before; the
sizes take turns.
"""

import json
import random
import sys
import time
from pathlib import Path

from tagger import load


def main(path, runs, *counts):
    with Path(path).open(encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    random.Random(0).shuffle(texts)
    tagger = load()
    result = {count: [] for count in counts}
    for turn in range(int(runs) + 1):
        for count in counts:
            given = texts[: int(count)]
            begin = time.process_time()
            for prediction in tagger.predict_many(given):
                prediction.paragraphs.labels  # noqa: B018 - asked for, as a caller would
            if turn:
                tokens = sum(len(text.split()) for text in given)
                result[count].append((time.process_time() - begin) / tokens * 1e6)
    print(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
