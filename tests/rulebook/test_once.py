"""What is told of a part of the rules is found once."""

from starrating.rulebook import once as module
from starrating.rulebook.once import once


def counting():
    asked = []

    @once
    def told(part):
        """How long it is."""
        asked.append(part)
        return len(part)

    return told, asked


def test_a_part_is_asked_once():
    """The second time the answer is the one that is kept."""
    told, asked = counting()
    part = [1, 2]
    assert (told(part), told(part)) == (2, 2)
    assert asked == [part]


def test_equal_parts_are_two():
    """Parts are told apart by identity, for places differ where contents agree."""
    told, asked = counting()
    one, other = [1], [1]
    assert told(one) == told(other)
    assert [id(part) for part in asked] == [id(one), id(other)]


def test_no_more_are_kept_than_are_allowed(monkeypatch):
    """When as many are kept as may be, all are forgotten, and found again when asked."""
    monkeypatch.setattr(module, "KEPT", 2)
    told, asked = counting()
    parts = [[1], [1, 2], [1, 2, 3]]
    assert [told(part) for part in (*parts, parts[0], parts[2])] == [1, 2, 3, 1, 3]
    assert asked == [*parts, parts[0]]


def test_what_is_kept_tells_what_it_is():
    """The name and the docstring stay those of the function."""
    told, _ = counting()
    assert (told.__name__, told.__doc__) == ("told", "How long it is.")
