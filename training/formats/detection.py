"""Detection: which tool wrote a file, by its content; what several could have written is asked for."""

import json
import re
from pathlib import Path
from typing import Any

from tagger.errors import DecodingError, TrainingDataError
from tagger.training.formats.fasttext import PREFIX
from tagger.training.formats.folders import PATTERN
from tagger.training.formats.sheets import ZIP, header
from tagger.training.formats.source import Source

FORMATS = ("label-studio", "doccano", "prodigy", "fasttext", "table", "folder")


def detect(source: Source) -> str:
    """One of `FORMATS`.

    Raises:
        TrainingDataError: it cannot be told, or is our own already.
    """
    if source.path.is_dir():
        return "folder"
    if source.data.startswith(ZIP):
        return "table"
    try:
        text = source.text
    except DecodingError as error:
        raise TrainingDataError(f"{source}: {error}") from error
    columns = {name.strip() for name in header(text)}
    if re.match(r"\s*(\[\s*)?\{", text):
        found = _by_fields(source)
    elif any(line.startswith(PREFIX) for line in text.split("\n", 20)[:20]):
        found = "fasttext"
    elif columns >= {"annotation_id", "annotator", "lead_time"}:
        found = "label-studio"
    else:
        found = "table" if len(columns) > 1 else ""
    if not found:
        raise TrainingDataError(
            f"{source}: cannot tell what wrote this file; say it with --from ({', '.join(FORMATS)})"
        )
    return found


def is_folder_of_labels(path: Path) -> bool:
    """Whether a folder holds texts in folders, rather than files that a tool exported."""
    return any(path.glob(f"*/{PATTERN}"))


def _by_fields(source: Source) -> str:
    """By the first object of a JSON file."""
    try:
        first: dict[str, Any] = json.JSONDecoder().raw_decode(source.text, source.text.index("{"))[0]
    except (ValueError, RecursionError) as error:
        raise TrainingDataError(f"{source}: not valid JSON: {error}; export the file again") from error
    if "paragraphs" in first:
        raise TrainingDataError(f"{source}: this is event-tagger's own format; there is nothing to convert")
    if isinstance(first.get("data"), dict) or "annotation_id" in first:
        return "label-studio"
    if "answer" in first or "_task_hash" in first or "accept" in first:
        return "prodigy"
    return "doccano" if "text" in first and ("label" in first or "labels" in first) else ""
