"""A batch of any size from Python: a folder of parts, or DataFrames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starrating.api.refusals import RulebookErrors, refusal
from starrating.api.reviews import day_of
from starrating.reviewing import Request

if TYPE_CHECKING:
    import pandas as pd

    from starrating.batch import Batch
    from starrating.batch.runners import Runner

_RULES_UNUSABLE = 4


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
    in the folder `rules`; without one the plan in the folder says it, or the rules that are in
    force. No split, no number of `workers` and no `runner` changes a byte of a part. Raises
    RulebookErrors, RecordsErrors or ArchiveErrors for what cannot be used, ValueError for wrong
    arguments and for an `out` that cannot be written; then nothing is written.
    """
    with TemporaryDirectory(prefix="starrating-") as folder:
        request = Request(
            _folder(data, Path(folder) / "frames"),
            Path(rules),
            rulebook=() if rulebook is None else (_reference(rulebook),),
            period=None if period is None else str(period),
            previous=tuple(Path(path) for path in previous),
            issued=day_of(issued),
            cut_off=day_of(cut_off),
            stage=stage,
            level=level,
        )
        return _carried_out(request, Path(out), workers, runner)


def _carried_out(request: Request, out: Path, workers: int, runner: Runner | None) -> Batch:
    from starrating.batch import run_batch

    found = run_batch(request, out, workers=workers, runner=runner)
    if found.exit_code == _RULES_UNUSABLE:
        raise RulebookErrors(found.faults)
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
