"""The model that ships is what `seeds/` trains to, file by file."""

import json
from hashlib import sha256
from pathlib import Path

from tagger.artifact import MANIFEST
from tagger.loading import artifact_folder
from tagger.training.configuration import Configuration
from tagger.training.preparing import prepare
from tagger.training.publishing import train_files

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_shipped_artifact_is_what_the_seed_corpus_trains_to():
    manifest = json.loads((artifact_folder() / MANIFEST).read_bytes())
    configuration = Configuration()
    trained = train_files(prepare([SEEDS], None, configuration), configuration, lambda step: None)
    found = {name: sha256(data).hexdigest() for name, data in trained.files.items() if name != MANIFEST}
    assert found == {name: entry["sha256"] for name, entry in manifest["files"].items()}
