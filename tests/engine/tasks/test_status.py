"""The eight status words (semantics.md step 15)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starrating.engine.tasks.status import LedgerEntry, Status, merged, status_of

DUE, EVE, DAY_AFTER = date(2024, 6, 30), date(2024, 6, 29), date(2024, 7, 1)
LATE = date(2024, 9, 30)


def status(*, due=DUE, kind=None, issued=date(2024, 6, 1), as_of=EVE, **told):
    entry = LedgerEntry("n", **told) if told else None
    return str(status_of(entry, due=due, kind=kind, issued=issued, as_of=as_of))


@pytest.mark.parametrize(
    ("told", "as_of", "word"),
    [
        ({}, EVE, "未到期"),
        ({}, DUE, "未到期"),
        ({}, DAY_AFTER, "逾期未完成"),
        ({"progress": "已补两次"}, DUE, "整改中"),
        ({"progress": "已补两次"}, DAY_AFTER, "逾期未完成"),
        ({"done": EVE}, EVE, "已完成待验收"),
        ({"done": DUE}, EVE, "未到期"),
        ({"done": EVE}, DAY_AFTER, "已完成待验收"),
        ({"done": EVE, "accepted": EVE}, DUE, "已完成待验收"),
        ({"closed": DAY_AFTER}, DAY_AFTER, "已销号"),
        ({"closed": DAY_AFTER}, DUE, "未到期"),
        ({"extended_to": LATE}, DAY_AFTER, "已延期"),
        ({"extended_to": LATE, "progress": "正在办"}, DAY_AFTER, "已延期"),
        ({"extended_to": LATE}, LATE, "已延期"),
        ({"extended_to": LATE}, date(2024, 10, 1), "逾期未完成"),
        ({"extended_to": EVE}, EVE, "未到期"),
        ({"note": "撤销"}, DAY_AFTER, "已撤销"),
        ({"note": "经研究，任务已撤销。", "closed": EVE}, DAY_AFTER, "已撤销"),
        ({"progress": "原支部撤销后并入邻村"}, EVE, "整改中"),
        ({"note": "转入长期坚持"}, DAY_AFTER, "长期坚持"),
        ({"progress": "已完成，长期坚持", "done": EVE}, DAY_AFTER, "长期坚持"),
        ({"note": "长期坚持", "closed": EVE}, DAY_AFTER, "已销号"),
    ],
)
def test_words(told, as_of, word):
    """Each word, on the days on both sides of its edge."""
    assert status(as_of=as_of, **told) == word


@pytest.mark.parametrize(
    ("told", "due", "as_of", "word"),
    [
        ({}, None, EVE, "长期坚持"),
        ({}, DUE, DUE, "长期坚持"),
        ({}, DUE, DAY_AFTER, "逾期未完成"),
        ({"done": EVE}, DUE, DAY_AFTER, "长期坚持"),
        ({"closed": EVE}, DUE, DAY_AFTER, "已销号"),
    ],
)
def test_long_term_tasks(told, due, as_of, word):
    """Done by the day, then kept for good; without a day, kept from the start."""
    assert status(due=due, kind="长期坚持", as_of=as_of, **told) == word


@pytest.mark.parametrize(
    ("told", "issued", "word"),
    [
        ({}, None, "未到期"),
        ({}, DAY_AFTER, "未到期"),
        ({}, EVE, "整改中"),
        ({"progress": "正在办"}, None, "整改中"),
        ({"extended_to": LATE}, None, "已延期"),
    ],
)
def test_without_a_known_deadline(told, issued, word):
    """Not issued is 未到期; issued without a known day is 整改中, never 逾期未完成."""
    assert status(due=None, issued=issued, **told) == word


def test_merged_takes_the_first_day_and_the_longest_extension():
    """Two rows of one task."""
    row = merged(
        [
            LedgerEntry("n", done=DUE, extended_to=EVE, progress="甲", approved="镇党委"),
            LedgerEntry("n", done=EVE, closed=LATE, extended_to=LATE, progress="乙"),
        ]
    )
    assert (row.done, row.closed, row.extended_to, row.approved) == (EVE, LATE, LATE, "镇党委")
    assert row.progress in {"甲；乙", "乙；甲"}
    assert merged([]) is None


DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 12, 31))
ENTRIES = st.builds(
    LedgerEntry,
    st.just("n"),
    due=DAYS,
    extended_to=DAYS,
    done=DAYS,
    closed=DAYS,
    progress=st.sampled_from([None, "甲", "乙", "撤销", "长期坚持"]),
)


@given(entries=st.lists(ENTRIES, max_size=4), random=st.randoms(use_true_random=False))
def test_merged_in_any_order(entries, random):
    """The order of rows does not matter."""
    assert merged(entries) == merged(random.sample(entries, len(entries)))


@given(entry=ENTRIES, due=DAYS, one=st.dates(), other=st.dates())
def test_what_is_closed_stays_closed(entry, due, one, other):
    """A later day never opens a closed or cancelled task, nor makes overdue what was done."""
    early, late = sorted((one, other))
    ends = {Status.CLOSED, Status.CANCELLED}

    def on(day):
        return status_of(entry, due=due, kind=None, issued=None, as_of=day)

    assert on(early) not in ends or on(late) in ends
    assert on(early) is not Status.DONE or on(late) is not Status.OVERDUE
