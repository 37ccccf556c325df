"""The runs behind a comparison: both reviews without people's part, and each under the other's rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from starrating.archive.bundle import Bundle
from starrating.archive.canonical import canonical_json
from starrating.engine.setting import Previous
from starrating.faults import Fault
from starrating.results.compare import differences, is_wording
from starrating.results.model import Results
from starrating.results.tables import Tables, read_tables, result_files
from starrating.reviewing.asked import unasked, written_in
from starrating.reviewing.evaluate import review
from starrating.reviewing.ground import Ground
from starrating.reviewing.restored import Unusable, restored, unusable


class NotComparable(Exception):
    """Two archives that cannot be compared; `faults` says why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


@dataclass(frozen=True, slots=True)
class Crossed:
    """Both archives' tables, and the four runs without people's part.

    `old` and `new` are each review's own; `data_first` is new data under old rules,
    `rules_first` old data under new rules. `paired` maps a rulebook of the new review to the
    old one it stands for; `same_quotas` are the old ones whose quotas the new ones kept.
    """

    old_tables: Tables
    new_tables: Tables
    old: Results
    new: Results
    data_first: Results
    rules_first: Results
    paired: Mapping[str, str]
    same_quotas: frozenset[str]


def crossed(old: Bundle, new: Bundle, old_name: str, new_name: str) -> Crossed:
    """Run both reviews again, and each one's data under the other's rules.

    An archive that does not give its own results again, or that the other's rules cannot read,
    raises NotComparable.
    """
    try:
        one, other = restored(old, old_name), restored(new, new_name)
        own_old, own_new = _own(old, one, old_name), _own(new, other, new_name)
        data_first = review(_under(new, old, other, new_name).without_people).results
        rules_first = review(_under(old, new, one, old_name).without_people).results
    except Unusable as error:
        raise NotComparable(*error.faults) from error
    paired = _paired(own_old, own_new)
    return Crossed(
        read_tables(old.results),
        read_tables(new.results),
        own_old,
        own_new,
        data_first,
        rules_first,
        paired,
        frozenset(
            before
            for after, before in paired.items()
            if _quotas(one, before) == _quotas(other, after)
        ),
    )


def _quotas(ground: Ground, book: str) -> list[object]:
    """The quotas of a rulebook as it writes them."""
    (found,) = (each for each, _, _ in ground.books if each.id == book)
    return [
        (star.star, star.at_most and star.at_most.model_dump(exclude={"origin"}))
        for star in found.bands()
    ]


def _own(bundle: Bundle, ground: Ground, name: str) -> Results:
    """The review as archived without people's part; it must give the archived results again."""
    whole = review(ground).results
    if any(not is_wording(each) for each in differences(bundle.results, result_files(whole))):
        raise Unusable(unusable(name, "复算结果与档案不同，请先用 archive reproduce 查明"))
    return whole.computed or whole


def _under(data: Bundle, rules: Bundle, own: Ground, name: str) -> Ground:
    """The ground of `data` (period, records, calendar, earlier facts) under the rules of `rules`.

    Check points that its `own` rules did not ask for, and nobody recorded, are unknown.
    """
    plan = json.loads(data.plan["plan.json"])
    plan["rulebooks"] = json.loads(rules.plan["plan.json"])["rulebooks"]
    mixed = replace(data, rules=rules.rules, plan={"plan.json": canonical_json(plan)})
    ground = restored(mixed, name)
    asked = [book for book, _, _ in own.books]
    written = written_in(own.records)
    return replace(
        ground,
        previous=_previous(ground),
        unasked={book.id: unasked(book, asked, written) for book, _, _ in ground.books},
    )


def _previous(ground: Ground) -> dict[str, Previous]:
    """Earlier facts for rulebooks of another name: those of the only book that gives stars."""
    known = dict(ground.previous)
    spare = [each for each in known.values() if each.stars]
    for book, _, _ in ground.books:
        if book.id not in known and book.stars and len(spare) == 1:
            known[book.id] = spare[0]
    return known


def _paired(old: Results, new: Results) -> dict[str, str]:
    """Each rulebook of the new review with the old one of its id, else the next that is left."""
    before = [head.id for head in old.rulebooks if head.rates]
    after = [head.id for head in new.rulebooks if head.rates]
    pairs = {book: book for book in after if book in before}
    left = [book for book in before if book not in pairs]
    pairs.update(zip((book for book in after if book not in pairs), left, strict=False))
    return pairs
