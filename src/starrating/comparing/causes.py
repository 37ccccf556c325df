"""From the runs to the causes: what each step did to each organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from starrating.archive.bundle import Bundle, number_of
from starrating.comparing.model import Cause, Change, Comparison, ItemChange, Kind, Side, Stand
from starrating.comparing.runs import Crossed
from starrating.results.model import ItemRow, Results, SubjectRow
from starrating.results.tables import Tables

Key = tuple[str, str]
"""A rulebook of the old review and an organisation."""
_WAY = ("band", "requires", "cap", "move")


@dataclass(frozen=True, slots=True)
class _Run:
    """One run, by rulebook and organisation; `own` is what a star rests on but for others."""

    stands: Mapping[Key, Stand]
    rows: Mapping[Key, SubjectRow]
    items: Mapping[Key, Mapping[str, ItemRow]]
    own: Mapping[Key, object]


def compare(old: Bundle, new: Bundle, runs: Crossed, names: tuple[str, str]) -> Comparison:
    """The comparison of two archives from their runs; `names` are the files' names."""
    made = _Comparer(runs)
    keys = sorted({*made.old.stands, *made.new.stands}, key=lambda key: (key[1], key[0]))
    changes = tuple(change for key in keys if (change := made.change(key)) is not None)
    return Comparison(_side(old, names[0]), _side(new, names[1]), len(keys), changes)


def _side(bundle: Bundle, name: str) -> Side:
    facts = bundle.facts
    return Side(
        name,
        facts.title,
        facts.period,
        number_of(bundle),
        tuple(f"{book}@{version}" for book, version in facts.rulebooks),
        facts.cut_off.isoformat(),
    )


class _Comparer:
    """Holds the six runs and tells the change of one organisation after the other."""

    def __init__(self, runs: Crossed) -> None:
        self.same_quotas = runs.same_quotas
        same = {book: book for book in runs.paired.values()}
        self.old = _run(runs.old_tables, same)
        self.new = _run(runs.new_tables, runs.paired)
        self.old_bare = _run(runs.old, same)
        self.new_bare = _run(runs.new, runs.paired)
        self.data_first = _run(runs.data_first, same)
        self.rules_first = _run(runs.rules_first, runs.paired)

    def change(self, key: Key) -> Change | None:
        """What became of one organisation; None where it stands as it stood."""
        before, after = self.old.stands.get(key), self.new.stands.get(key)
        row = self.new.rows.get(key) or self.old.rows[key]
        if before is None or after is None:
            return Change(row.rulebook, row.code, row.name, row.town or "", before, after)
        causes = tuple(self._causes(key, self.data_first, ("data", "rules")))
        if before == after and not causes:
            return None
        turned = tuple(self._causes(key, self.rules_first, ("rules", "data")))
        other = () if _effects(causes) == _effects(turned) else turned
        return Change(
            row.rulebook, row.code, row.name, row.town or "", before, after, causes, other
        )

    def _causes(self, key: Key, between: _Run, order: tuple[Kind, Kind]) -> Iterator[Cause]:
        """People's part taken away, the two steps in that order, people's part added again.

        People's part that did the same in both reviews is no cause.
        """
        steady = self._people_did_alike(key)
        if not steady:
            yield from self._cause("people", key, self.old, self.old_bare)
        yield from self._cause(order[0], key, self.old_bare, between)
        yield from self._cause(order[1], key, between, self.new_bare)
        if not steady:
            yield from self._cause("people", key, self.new_bare, self.new)

    def _cause(self, step: Kind, key: Key, one: _Run, two: _Run) -> Iterator[Cause]:
        """What one step did; the same facts of its own and another star is 名额连带."""
        before, after = one.stands.get(key), two.stands.get(key)
        if before is None or after is None or _alike(step, before, after):
            return
        alone = one.own.get(key) == two.own.get(key)
        if step == "people":
            alone = alone and _of_others(before, after)
        elif step == "rules":
            alone = alone and key[0] in self.same_quotas
        items = tuple(_item_changes(one.items.get(key), two.items.get(key)))
        yield Cause("knock_on" if alone else step, step, before, after, items)

    def _people_did_alike(self, key: Key) -> bool:
        pairs = ((self.old_bare, self.old), (self.new_bare, self.new))
        did = [_effect(one.stands.get(key), two.stands.get(key)) for one, two in pairs]
        return did[0] == did[1]


def _alike(step: Kind, before: Stand, after: Stand) -> bool:
    """Whether a step changed nothing; only people's part decides the final star."""
    return before == after or (step != "people" and _bare(before) == _bare(after))


def _of_others(before: Stand, after: Stand) -> bool:
    """Whether a final star is open that nobody decided: it waits for a decision (step 16)."""
    return before.final != after.final and None in (before.final, after.final)


def _bare(stand: Stand) -> Stand:
    """A stand but for the final star, which runs without people's part do not decide."""
    return replace(stand, final=None)


def _effect(one: Stand | None, two: Stand | None) -> object:
    """What a step did, to be compared: changes of total and star, and the final star if decided."""
    if one is None or two is None:
        return None
    totals = [_less(b, a) for a, b in zip(one.total, two.total, strict=True)]
    decided = (two.final,) if two.final != one.final else ()
    return totals, _less(two.star, one.star), decided


def _effects(causes: Sequence[Cause]) -> dict[str, object]:
    steps = ("data", "rules")
    return {c.step: _effect(_bare(c.before), _bare(c.after)) for c in causes if c.step in steps}


def _less(one: Decimal | int | None, two: Decimal | int | None) -> object:
    return (one, two) if one is None or two is None else one - two


def _item_changes(
    before: Mapping[str, ItemRow] | None, after: Mapping[str, ItemRow] | None
) -> Iterator[ItemChange]:
    old, new = before or {}, after or {}
    for item in dict.fromkeys((*old, *new)):
        one, two = old.get(item), new.get(item)
        then, now = (None if row is None else (row.score_low, row.score_high) for row in (one, two))
        if then != now:
            row = two or one
            assert row is not None
            yield ItemChange(item, row.title, then, now)


# --- one run --------------------------------------------------------------------------------------


def _run(rows: Results | Tables, books: Mapping[str, str]) -> _Run:
    """A run by the old rulebook's id; rulebooks that stand for none are left out."""
    subjects = {(books[r.rulebook], r.code): r for r in rows.subjects if r.rulebook in books}
    items: dict[Key, dict[str, ItemRow]] = {}
    for item in rows.items:
        if item.rulebook in books:
            items.setdefault((books[item.rulebook], item.code), {})[item.item] = item
    way: dict[Key, list[object]] = {}
    for finding in rows.findings:
        if finding.rulebook in books and finding.kind in _WAY:
            key = (books[finding.rulebook], finding.code)
            way.setdefault(key, []).append((finding.message, finding.detail))
    stands = {key: _stand(row) for key, row in subjects.items()}
    own = {
        key: (stand.rated, stand.total, subjects[key].band, way.get(key))
        for key, stand in stands.items()
    }
    return _Run(stands, subjects, items, own)


def _stand(row: SubjectRow) -> Stand:
    return Stand(
        row.rated,
        (row.total_low, row.total_high),
        row.star,
        (row.star_low, row.star_high),
        row.state,
        row.final_star,
    )
