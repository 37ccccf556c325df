"""A batch of any size from Python: a folder of parts, or DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starrating.api.refusals import refusal
from starrating.api.reviews import Review, day_of
from starrating.explain import UnknownName
from starrating.reviewing import Request

if TYPE_CHECKING:
    import pandas as pd

    from starrating.batch import Batch
    from starrating.batch.runners import Runner


def review_batch(
    data: str | Path | Mapping[str, pd.DataFrame] | Sequence[Mapping[str, pd.DataFrame]],
    out: str | Path,
    *,
    rules: str | Path = "rules",
    rulebook: str | None = None,
    period: str | int | None = None,
    cut_off: date | str | None = None,
    issued: date | str | None = None,
    previous: Iterable[str | Path] = (),
    level: str | None = None,
    stage: str | None = None,
    workers: int = 1,
    runner: Runner | None = None,
) -> Batch:
    """Review a batch into the folder `out`: subjects, findings, flags and tasks, a Parquet file a
    part.

    `data` is a folder of parts (Parquet or csv), or DataFrames by sheet name, one such mapping for
    each part; frames are written to a temporary folder first. `rulebook` is `id` or `id@version`
    in the folder `rules`; without one the plan in the folder says it (or several, which run in
    turn), or the rules that are in force. No split, no number of `workers` and no `runner` changes
    a byte of a part. Raises RulebookErrors, RecordsErrors or ArchiveErrors for what cannot be used,
    ValueError for wrong arguments and for an `out` that cannot be written; then nothing is written.
    """
    asked = _Asked(rules, rulebook, period, cut_off, issued, previous, level, stage)
    with TemporaryDirectory(prefix="starrating-") as folder:
        request = asked.request(_folder(data, Path(folder) / "frames"))
        return _carried_out(request, Path(out), workers, runner)


def read_batch(
    data: str | Path,
    subject: str,
    *,
    rules: str | Path = "rules",
    rulebook: str | None = None,
    period: str | int | None = None,
    cut_off: date | str | None = None,
    issued: date | str | None = None,
    previous: Iterable[str | Path] = (),
    level: str | None = None,
    stage: str | None = None,
) -> Review:
    """Read one organisation of a batch (by code or name) with sentences: the ordinary review of it
    and of all whom it is compared with.

    `data` is the folder of parts, the arguments are those of `review_batch`; the rows of findings,
    tasks and flags are those of the batch, with text and sources. Raises what `review_batch` does,
    UnknownName where nobody goes by that name, and RecordsErrors where too many are compared with
    one another.
    """
    from starrating.batch.closure import NOBODY
    from starrating.batch.reading import review_one

    asked = _Asked(rules, rulebook, period, cut_off, issued, previous, level, stage)
    found = review_one(asked.request(Path(data)), subject)
    for fault in found.faults:
        if fault.code == NOBODY:
            raise UnknownName(fault)
    if found.results is None or found.bundle is None:
        raise refusal(found.faults, found.exit_code)
    return Review(found.results, found.bundle, (), found.judge)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a batch, as the arguments say it."""

    rules: str | Path
    rulebook: str | None
    period: str | int | None
    cut_off: date | str | None
    issued: date | str | None
    previous: Iterable[str | Path]
    level: str | None
    stage: str | None

    def request(self, data: Path) -> Request:
        """The request for a folder of parts."""
        return Request(
            data,
            Path(self.rules),
            rulebook=() if self.rulebook is None else (_reference(self.rulebook),),
            period=None if self.period is None else str(self.period),
            previous=tuple(Path(path) for path in self.previous),
            issued=day_of(self.issued),
            cut_off=day_of(self.cut_off),
            stage=self.stage,
            level=self.level,
        )


def _carried_out(request: Request, out: Path, workers: int, runner: Runner | None) -> Batch:
    from starrating.batch import run_batch

    found = run_batch(request, out, workers=workers, runner=runner)
    if found.exit_code:
        raise refusal(found.faults, found.exit_code)
    return found


def _folder(
    data: str | Path | Mapping[str, pd.DataFrame] | Sequence[Mapping[str, pd.DataFrame]],
    beside: Path,
) -> Path:
    if isinstance(data, str | Path):
        return Path(data)
    from starrating.batch.frames import write_parts

    write_parts(beside, [data] if isinstance(data, Mapping) else data)
    return beside


def _reference(text: str) -> tuple[str, str | None]:
    name, _, version = text.partition("@")
    return name, version or None
