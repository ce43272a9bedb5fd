"""Tasks for Label Studio: to be imported with a labelling configuration that goes with them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from xml.sax.saxutils import quoteattr

from tagger.training.formats.tasks import Task

CONTROL, OBJECT = "label", "text"


def write(tasks: Iterable[Task]) -> bytes:
    """A JSON file: what the model proposes as ``predictions``, what people have said as ``annotations``."""
    return json.dumps([_record(task) for task in tasks], ensure_ascii=False, indent=1).encode()


def config(titles: Mapping[str, str]) -> bytes:
    """The labelling configuration: several choices on each text, shown by title and saved by label.

    ``html`` is shown instead of ``value``; an ``alias`` would be missed by predictions in some versions.
    """
    # Escaped twice: what is in the attribute is HTML itself.
    choices = "".join(
        f"    <Choice value={quoteattr(label)} html={quoteattr(quoteattr(title)[1:-1])}/>\n"
        for label, title in titles.items()
    )
    return f"""<View>
  <Header value="$article"/>
  <Text name="{OBJECT}" value="$text"/>
  <Choices name="{CONTROL}" toName="{OBJECT}" choice="multiple" showInline="false">
{choices}  </Choices>
</View>
""".encode()


def _record(task: Task) -> dict[str, Any]:
    record: dict[str, Any] = {"data": {"text": task.text} | task.place}
    if task.labels is None:
        return record
    result = [
        {
            "id": f"{CONTROL}-1",
            "from_name": CONTROL,
            "to_name": OBJECT,
            "type": "choices",
            "value": {"choices": sorted(task.labels)},
        }
    ]
    said: dict[str, Any] = {"result": result if task.labels else []}
    if task.model_version:
        record["predictions"] = [said | {"model_version": task.model_version, "score": task.score}]
    else:
        record["annotations"] = [said]
    return record
