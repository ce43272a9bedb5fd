"""The manifest: every field that is used later is checked first."""

import json

import pytest

from tagger.artifact import FORMAT_VERSION, sealed
from tagger.errors import ArtifactError, IntegrityError
from tagger.manifest import files_of, read_manifest

MISSING = object()


@pytest.fixture
def good(tiny_files):
    manifest = json.loads(tiny_files["manifest.json"])
    del manifest["sha256"]
    return manifest


def read(manifest):
    found = read_manifest(sealed(manifest), "m.json")
    del found["sha256"]
    return found


def test_a_good_manifest_is_given_as_it_is(good):
    assert read(good) == good


def test_a_manifest_names_the_files_of_its_own_format(good):
    older = good | {"format_version": 1}
    with pytest.raises(ArtifactError, match="files"):
        read(older)
    older["files"] = {name: entry for name, entry in good["files"].items() if name != "boilerplate_coef.npy"}
    assert read(older)["format_version"] == 1


def test_unknown_fields_are_left_alone(good):
    assert read(good | {"comment": "x"})["comment"] == "x"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("format_version", [MISSING, None, "1", 1.0, True, -1, [1]]),
        ("labels", [MISSING, [], "award", ["Award"], ["award", "award"], [1], ["a b"], [""], {"award": 1}, None]),
        ("sizes", [MISSING, [], {}, {"lemmas": 1}, {"lemmas": "1", "pairs": 1}, {"lemmas": -1, "pairs": 1}]),
        ("sizes", [{"lemmas": 1, "pairs": 2.5}, {"lemmas": True, "pairs": 1}, {"lemmas": 10**12, "pairs": 1}]),
        ("dictionary", [MISSING, 5, None, []]),
        ("provenance", [MISSING, [], "", None]),
        ("files", [MISSING, [], {}, None, "coef.npy"]),
    ],
)
def test_a_missing_or_malformed_field_is_refused_by_name(good, field, values):
    for value in values:
        changed = {name: kept for name, kept in good.items() if name != field}
        if value is not MISSING:
            changed[field] = value
        with pytest.raises(ArtifactError, match=rf"^m\.json: field {field} is missing or malformed"):
            read(changed)


@pytest.mark.parametrize("name", sorted(files_of(FORMAT_VERSION)))
@pytest.mark.parametrize(
    "entry",
    [
        None,
        "0" * 64,
        {"bytes": 5},
        {"sha256": "0" * 64},
        {"bytes": "5", "sha256": "0" * 64},
        {"bytes": -5, "sha256": "0" * 64},
        {"bytes": 5, "sha256": "0" * 63},
        {"bytes": 5, "sha256": "G" * 64},
        {"bytes": 5, "sha256": "A" * 64},
        {"bytes": 5, "sha256": None},
        {"bytes": 10**10, "sha256": "0" * 64},
    ],
)
def test_a_malformed_digest_is_refused_by_file(good, name, entry):
    with pytest.raises(ArtifactError, match=f"files\\['{name}'\\]"):
        read(good | {"files": good["files"] | {name: entry}})


def test_exactly_the_files_of_an_artifact_must_be_named(good):
    entry = {"bytes": 1, "sha256": "0" * 64}
    for files in (good["files"] | {"evil.py": entry}, {"coef.npy": entry}):
        with pytest.raises(ArtifactError, match="field files"):
            read(good | {"files": files})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff",
        b'{"format_version": NaN}',
        b'{"format_version": Infinity}',
        b'{"format_version": 1, "format_version": 1}',
        b'{"provenance": {"a": 1, "a": 2}}',
        b'{"provenance": "\\ud800"}',
        '{"format_version": 1}'.encode("utf-16"),
        b"[" * 100_000,
        b'{"a": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_strict_json_is_refused(data):
    with pytest.raises(ArtifactError, match=r"^m\.json: not a valid manifest"):
        read_manifest(data, "m.json")


@pytest.mark.parametrize("data", [b"[]", b"1", b'"manifest"', b"null"])
def test_what_is_no_object_is_refused(data):
    with pytest.raises(ArtifactError, match="not a JSON object"):
        read_manifest(data, "m.json")


def test_a_newer_format_asks_for_an_upgrade(good):
    with pytest.raises(ArtifactError, match=f"format_version {FORMAT_VERSION + 1} is newer.*upgrade event-tagger"):
        read(good | {"format_version": FORMAT_VERSION + 1})


def test_a_format_that_never_was_is_refused(good):
    with pytest.raises(ArtifactError):
        read(good | {"format_version": 0})


def test_the_key_given_twice_is_named():
    with pytest.raises(ArtifactError, match="field given twice: 'labels'"):
        read_manifest(b'{"format_version": 1, "labels": [], "labels": []}', "m.json")


def test_a_manifest_with_another_seal_or_none_is_refused(good, tiny_files):
    data = tiny_files["manifest.json"]
    unsealed = json.dumps(good).encode()
    for changed in (unsealed, data.replace(b"}", b"} ", 1), data.rstrip(), data + b"\n", data.replace(b"24", b"25", 1)):
        with pytest.raises(IntegrityError, match=r"^m\.json: altered"):
            read_manifest(changed, "m.json")
