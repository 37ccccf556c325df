"""更正对照: rows that differ, matched by what they are about."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from results.sample import results
from starrating.results.changes import changes, misfits
from starrating.results.tables import changes_csv, read_changes, result_files

BEFORE = results(3)


def listed(after, before=BEFORE):
    return changes(result_files(before), result_files(after))


def with_finding(number, **changed):
    rows = list(BEFORE.findings)
    rows[number] = replace(rows[number], **changed)
    return replace(BEFORE, findings=tuple(rows))


def test_the_same_results_list_nothing():
    """Also where the rows stand in another order."""
    assert listed(BEFORE) == ()
    assert listed(replace(BEFORE, items=BEFORE.items[::-1])) == ()


def test_wording_alone_is_no_change():
    """The sentence of a finding is written otherwise."""
    assert listed(with_finding(0, text="另一种说法")) == ()


def test_a_finding_is_told_by_its_sentence():
    """Then and now."""
    (row,) = listed(with_finding(0, text="扣2分", rule="x.yaml:9"))
    assert (row.then, row.now, row.columns) == (BEFORE.findings[0].text, "扣2分", "rule")


def test_a_finding_of_the_same_sentence_is_told_by_what_changed():
    """The rule stands on another line."""
    (row,) = listed(with_finding(0, rule="x.yaml:9"))
    assert row.now == "依据位置 x.yaml:9"


def test_a_row_that_went_has_no_now():
    """It is told by its main figures."""
    (row,) = listed(replace(BEFORE, items=BEFORE.items[1:]))
    assert (row.change, row.now) == ("removed", None)
    assert row.then.startswith("得分下限")


def test_changes_are_read_as_they_were_written():
    """changes.csv and back."""
    rows = listed(replace(BEFORE, items=BEFORE.items[1:], flags=()))
    assert read_changes(changes_csv(rows)) == rows


@given(
    keep=st.lists(st.booleans(), min_size=len(BEFORE.items), max_size=len(BEFORE.items)),
    star=st.integers(0, 5),
)
def test_what_is_listed_fits_what_came_after(keep, star):
    """Any rows dropped, any star: the list fits the later results, whichever way it is read."""
    items = tuple(row for row, kept in zip(BEFORE.items, keep, strict=True) if kept)
    subjects = (replace(BEFORE.subjects[0], star=star), *BEFORE.subjects[1:])
    after = replace(BEFORE, items=items, subjects=subjects)
    assert list(misfits(listed(after), result_files(after))) == []
    assert list(misfits(listed(BEFORE, after), result_files(BEFORE))) == []


def test_a_false_now_is_noticed():
    """A list that tells another star than the results."""
    after = replace(BEFORE, subjects=(replace(BEFORE.subjects[0], star=1), *BEFORE.subjects[1:]))
    (row,) = listed(after)
    false = replace(row, now=row.now.replace("1", "3"))
    assert list(misfits([false], result_files(after))) == [false]
