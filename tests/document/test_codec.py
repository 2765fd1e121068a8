"""The tree survives its JSON, and equal trees have one signature."""

import json
from dataclasses import replace

import pytest

from fabrique.document import codec
from fabrique.document.failures import MalformedTree
from tests.document.sample import NOTE


def test_a_document_comes_back_from_its_json_as_it_was():
    assert codec.from_json(json.loads(json.dumps(codec.to_json(NOTE)))) == NOTE


def test_each_block_comes_back_alone():
    blocks = [block for section in NOTE.sections for block in section.blocks]
    assert [codec.block_from_json(codec.block_to_json(block)) for block in blocks] == blocks


def test_the_signature_changes_with_one_letter_and_only_then():
    again = codec.from_json(codec.to_json(NOTE))
    assert codec.digest(again) == codec.digest(NOTE)
    assert codec.digest(replace(NOTE, title=NOTE.title + ".")) != codec.digest(NOTE)


def test_the_canonical_text_does_not_depend_on_the_order_of_keys():
    shuffled = dict(reversed(codec.to_json(NOTE).items()))
    assert codec.canonical(codec.from_json(shuffled)) == codec.canonical(NOTE)


@pytest.mark.parametrize(
    ("spoil", "code", "at"),
    [
        (lambda data: data.update(version=99), "version_unknown", None),
        (lambda data: data.pop("title"), "field_missing", "document.title"),
        (lambda data: data.update(titre="x"), "field_unknown", "document.titre"),
        (lambda data: data.update(title=3), "value_of_wrong_type", "document.title"),
        (lambda data: data.update(issued_on="hier"), "date_expected", "document.issued_on"),
        (lambda data: data.update(sections={}), "list_expected", "document.sections"),
        (
            lambda data: data["sections"][0]["blocks"][0].update(kind="video"),
            "block_unknown",
            "document.sections[0].blocks[0]",
        ),
    ],
)
def test_json_that_is_no_tree_is_refused_with_its_place(spoil, code, at):
    data = codec.to_json(NOTE)
    spoil(data)
    with pytest.raises(MalformedTree) as refused:
        codec.from_json(data)
    assert refused.value.code == code
    assert at is None or refused.value.params["at"] == at
