"""What a batch is reviewed under: one rulebook, its days, and whether parts can stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from starrating.batch.codes import BATCH
from starrating.engine.scope import default_cut_off
from starrating.engine.setting import Setting
from starrating.faults import Fault, Level, in_order
from starrating.lean import dataclass
from starrating.origin import Origin
from starrating.records.assemble import nothing
from starrating.reviewing import Outcome, Request
from starrating.reviewing.previous import read_archives
from starrating.reviewing.run import prepare
from starrating.rulebook.model import Rulebook
from starrating.rulebook.sheets import schema_of


@dataclass(frozen=True, slots=True)
class Ground:
    """The setting of every part, why its rulebook was chosen, and the faults met so far."""

    setting: Setting
    why: str
    path: str
    faults: tuple[Fault, ...]


def ground_of(request: Request) -> Ground | Outcome:
    """The ground of a batch; an Outcome says why there is none."""
    prepared = prepare(request)
    if isinstance(prepared, Outcome):
        return prepared
    archives = read_archives(request.previous)
    faults = (*prepared.faults, *archives.faults)
    chosen = prepared.choices.chosen
    if len(chosen) != 1:
        what = f"一次用 {len(chosen)} 套规则"
        return _refused(BATCH.fault("E301", prepared.plan.origin, what=what), 2)
    if any(fault.level is Level.FATAL for fault in faults):
        return Outcome(None, None, in_order(faults), 3)
    book, plan, period = chosen[0].book, prepared.plan, prepared.period
    setting = Setting(
        book=book,
        records=nothing(schema_of([book]), (), {}),
        period=period.name,
        start=period.start,
        end=period.end,
        cut_off=request.cut_off or plan.cut_off or default_cut_off(period.end, [book]),
        issued=request.issued,
        level=request.level or plan.level or None,
        stage=request.stage or plan.stage or "初评",
        previous=archives.previous(book),
    )
    return Ground(setting, chosen[0].why, chosen[0].path, faults)


def _refused(fault: Fault, code: int) -> Outcome:
    return Outcome(None, None, (fault,), code)


def groupings(book: Rulebook) -> Iterator[tuple[str, str | None]]:
    """What compares organisations with one another, in words, and the column it groups by."""
    for star in book.stars:
        if star.at_most is not None:
            yield f"{star.star}星名额", star.at_most.among
    for rule in book.lagging:
        yield "倒排建议", rule.among
    for name, measure in book.measures.items():
        for compared in (measure.rank, measure.best):
            if compared is not None:
                yield f"指标“{name}”", compared.among


def beyond_parts(book: Rulebook) -> Fault | None:
    """The first thing that no part can know by itself (E301), or None."""
    for what, among in groupings(book):
        if among is None:
            words = f"{what}不分组，在全部党组织里比，而数据分成几块"
            return BATCH.fault("E301", book.origin, what=words)
    for name, measure in book.measures.items():
        if measure.subordinates is not None:
            words = f"指标“{name}”读下级党组织，而数据分成几块"
            return BATCH.fault("E301", measure.origin, what=words)
    return None


def overlapping(
    book: Rulebook, part: str, seen: dict[tuple[str, str], str], groups: dict[str, list[str]]
) -> Iterator[Fault]:
    """A fault for each group that an earlier part holds as well; `seen` remembers the groups."""
    for what, among in groupings(book):
        for group in groups.get(among or "", ()):
            earlier = seen.setdefault((among or "", group), part)
            if earlier != part:
                yield BATCH.fault(
                    "D708", Origin(f"{part}.parquet"), group=group, what=what, column=among
                )
