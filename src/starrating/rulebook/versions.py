"""Which rulebooks a folder holds, and which version of one is in force (semantics.md step 1).

One file is one version: `rules/<id>/<version>.yaml`. Files are taken in code-point order of
their paths, never in the order of the file system.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starrating.faults import Fault, Level, few, in_order
from starrating.origin import Origin
from starrating.rulebook._heads import Head, read_head
from starrating.rulebook.freezing import SUFFIX
from starrating.rulebook.suggest import did_you_mean
from starrating.rulebook.versioncodes import VERSIONS

__all__ = ["Choice", "Head", "Shelf", "Stretch", "find_rulebooks", "read_head"]


@dataclass(frozen=True, slots=True)
class Choice:
    """The version chosen, or None with the faults that say why not.

    `sentence` says in Chinese which version was chosen and why.
    """

    head: Head | None
    sentence: str
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the same versions of one id are in force: none in a gap, several in an overlap.

    `until` None is open.
    """

    begin: date
    until: date | None
    heads: tuple[Head, ...]

    @property
    def span(self) -> str:
        """The days in Chinese."""
        return f"{self.begin}起长期" if self.until is None else f"{self.begin}至{self.until}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """All versions found below a folder, by id and then first day in force, and their faults."""

    folder: str
    heads: tuple[Head, ...]
    faults: tuple[Fault, ...]

    def ids(self) -> tuple[str, ...]:
        """The ids in code-point order."""
        return tuple(sorted({head.id for head in self.heads}))

    def of(self, rulebook: str) -> tuple[Head, ...]:
        """The versions of one id, the earliest in force first."""
        return tuple(head for head in self.heads if head.id == rulebook)

    def stretches(self, rulebook: str) -> tuple[Stretch, ...]:
        """The time from the first day of the first version on, cut where a version begins or ends."""
        heads = self.of(rulebook)
        begins = {head.in_force_from for head in heads}
        ends = {head.in_force_until for head in heads}
        cuts = sorted(begins | {end + _DAY for end in ends if end is not None})
        found = []
        for begin, after in zip(cuts, [*cuts[1:], None], strict=True):
            holding = tuple(head for head in heads if head.in_force_on(begin))
            if holding or after is not None:
                found.append(Stretch(begin, after - _DAY if after is not None else None, holding))
        return tuple(found)

    def find(self, rulebook: str, version: str) -> Head | None:
        """One version of one id, or None."""
        return next((head for head in self.of(rulebook) if head.version == version), None)

    def path(self, rulebook: str, version: str) -> Path | None:
        """The file of one version, or None (the `Find` of `read.read_rulebook`)."""
        head = self.find(rulebook, version)
        return head.path if head else None

    def choose(self, rulebook: str, day: date, version: str | None = None) -> Choice:
        """The version of an id in force on `day`, the last day of the period.

        A `version` that is named is taken even where it is not in force, with a warning.
        """
        at = Origin(self.folder)
        versions = self.of(rulebook)
        broken = self._broken(rulebook)
        if not versions:
            unknown = VERSIONS.fault("R410", at, id=rulebook, hint=self._near(rulebook))
            return Choice(None, "", broken or (unknown,))
        if version is not None:
            return self._named(rulebook, version, day)
        fitting = [head for head in versions if head.in_force_on(day)]
        known = _list(versions)
        if not fitting:
            none = VERSIONS.fault("R408", at, id=rulebook, day=day, known=known)
            return Choice(None, "", (none, *broken))
        if len(fitting) > 1:
            several = VERSIONS.fault(
                "R409", at, id=rulebook, day=day, count=len(fitting), known=_list(fitting)
            )
            return Choice(None, "", (several, *broken))
        return _chosen(fitting[0], f"考核期末日 {day} 在其施行期内（{fitting[0].span}）", broken)

    def choose_only(self, day: date) -> Choice:
        """The one rulebook in force on `day` where the plan names none; libraries do not count."""
        at = Origin(self.folder)
        if not self.heads:
            return Choice(
                None, "", self.faults or (VERSIONS.fault("R413", at, folder=self.folder),)
            )
        fitting = [head for head in self.heads if head.in_force_on(day) and not head.library]
        if not fitting:
            return Choice(None, "", (VERSIONS.fault("R416", at, day=day, known=_list(self.heads)),))
        ids = sorted({head.id for head in fitting})
        if len(ids) > 1:
            several = VERSIONS.fault("R415", at, day=day, count=len(ids), known="、".join(ids))
            return Choice(None, "", (several,))
        return self.choose(ids[0], day)

    def _named(self, rulebook: str, version: str, day: date) -> Choice:
        at = Origin(self.folder)
        head = self.find(rulebook, version)
        if head is None:
            lost = VERSIONS.fault(
                "R411", at, id=rulebook, version=version, known=_list(self.of(rulebook))
            )
            return Choice(None, "", (lost, *self._broken(rulebook)))
        if head.in_force_on(day):
            return _chosen(head, f"计划指定，施行期 {head.span}")
        warning = VERSIONS.fault(
            "R412", head.origin, id=rulebook, version=version, day=day, span=head.span
        )
        return _chosen(
            head, f"计划指定，但考核期末日 {day} 不在其施行期（{head.span}）", (warning,)
        )

    def _broken(self, rulebook: str) -> tuple[Fault, ...]:
        """Faults of files that lie in the folder of that id."""
        return tuple(
            fault
            for fault in self.faults
            if fault.level in (Level.FATAL, Level.ERROR)
            and Path(fault.origin.file).parent.name == rulebook
        )

    def _near(self, rulebook: str) -> str:
        return did_you_mean(rulebook, self.ids(), f"现有：{few(self.ids()) or '无'}")


def folder_of(file: Path) -> Path:
    """The rules folder that a rule file stands in, so that the rulebooks it extends are found.

    That is the nearest folder named `rules` above it, since files may stand at any depth below
    it (`rules/domains/rural/2024.yaml`); without one, the folder above the file's own, but never
    the root of all files.
    """
    above = file.parent.parent
    named = (folder for folder in file.parents if folder.name == "rules")
    return next(named, file.parent if above.anchor and above == Path(above.anchor) else above)


_DAY = timedelta(days=1)


def find_rulebooks(folder: Path, shown: str | None = None) -> Shelf:
    """All rule files below `folder`; `shown` is the name of the folder that faults print.

    Read are `…/<id>/<version>.yaml` at any depth, and `<folder>/<version>.yaml` for a folder that
    holds the versions of one id. Names that begin with a dot are passed over; a file whose name
    only nearly ends in `.yaml` is told (R420).
    """
    prefix = folder.name if shown is None else shown
    heads: list[Head] = []
    faults: list[Fault] = []
    files = _files(folder)
    paths = [path for path in files if path.match("*.yaml")]
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        head, found = read_head(path, f"{prefix}/{relative}" if prefix else relative)
        faults.extend(found)
        if head is not None:
            faults.extend(_misplaced(head, path.parent.name if path.parent != folder else None))
            heads.append(head)
    faults.extend(_misnamed(files, folder, prefix, frozenset(paths)))
    if not heads and not faults:
        faults.append(VERSIONS.fault("R413", Origin(prefix), folder=prefix))
    faults.extend(_lost(files, folder, prefix))
    heads.sort(key=Head.sort_key)
    faults.extend(_clashes(heads))
    return Shelf(prefix, tuple(heads), in_order(faults))


_NEARLY = re.compile(r"(.+)\.ya?ml(\.txt)?", re.IGNORECASE)


def no_rulebook(file: Path) -> tuple[Fault, ...]:
    """R421 where a file that was named is no rule file by its name, and not nearly one (R420)."""
    if _NEARLY.fullmatch(file.name):
        return ()
    return (VERSIONS.fault("R421", Origin(file.as_posix()), name=file.name),)


def _misnamed(
    files: Iterable[Path], folder: Path, prefix: str, read: frozenset[Path]
) -> Iterable[Fault]:
    """R420: files that would be rulebooks under another ending; editors add `.txt` unseen."""
    for path in files:
        nearly = _NEARLY.fullmatch(path.name)
        if nearly and path not in read:
            relative = path.relative_to(folder).as_posix()
            at = Origin(f"{prefix}/{relative}" if prefix else relative)
            yield VERSIONS.fault("R420", at, name=path.name, wanted=f"{nearly[1]}.yaml")


def _lost(files: Iterable[Path], folder: Path, prefix: str) -> Iterable[Fault]:
    """R419: records of frozen versions whose file is gone."""
    for record in files:
        if record.match(f"*{SUFFIX}") and not record.with_suffix(".yaml").exists():
            relative = record.relative_to(folder).as_posix()
            at = Origin(f"{prefix}/{relative}" if prefix else relative)
            yield VERSIONS.fault("R419", at, name=f"{record.parent.name} {record.stem} 版")


def _files(folder: Path) -> list[Path]:
    """All that lies below a folder, in code-point order of the paths."""
    kept = [
        path
        for path in folder.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    return sorted(kept, key=lambda path: path.relative_to(folder).as_posix())


def _misplaced(head: Head, folder: str | None) -> list[Fault]:
    """Faults of a file whose place says another id or version than its text."""
    at = Origin(head.shown)
    faults = []
    if folder is not None and folder != head.id:
        faults.append(VERSIONS.fault("R403", at, id=head.id, folder=folder))
    if head.path.stem != head.version:
        faults.append(VERSIONS.fault("R404", at, version=head.version, name=head.path.name))
    return faults


def _clashes(heads: Iterable[Head]) -> list[Fault]:
    """Versions of one id that are the same, overlap, or leave days without rules."""
    faults: list[Fault] = []
    first: dict[str, Head] = {}
    latest: dict[str, Head] = {}
    for head in heads:
        known = first.setdefault(head.reference, head)
        if known is not head:
            faults.append(
                VERSIONS.fault(
                    "R405", head.origin, id=head.id, version=head.version, first=known.shown
                )
            )
            continue
        earlier = latest.get(head.id)
        if earlier is not None:
            faults.extend(_between(earlier, head))
        if earlier is None or _ends_later(head, earlier):
            latest[head.id] = head
    return faults


def _ends_later(head: Head, other: Head) -> bool:
    return (head.in_force_until or date.max) > (other.in_force_until or date.max)


def _between(earlier: Head, later: Head) -> list[Fault]:
    until, begin = earlier.in_force_until, later.in_force_from
    parts = {"id": later.id, "earlier": earlier.version, "later": later.version, "begin": begin}
    if until is None or begin <= until:
        return [VERSIONS.fault("R406", later.origin, **parts)]
    if begin > until + timedelta(days=1):
        return [VERSIONS.fault("R407", later.origin, until=until, **parts)]
    return []


def _chosen(head: Head, why: str, faults: tuple[Fault, ...] = ()) -> Choice:
    if head.library:
        return Choice(None, "", (VERSIONS.fault("R414", head.origin, id=head.id), *faults))
    title = f"《{head.title}》" if head.title else ""
    return Choice(head, f"采用 {head.id} {head.version} 版{title}：{why}。", faults)


def _list(heads: Iterable[Head]) -> str:
    return few([f"{head.id} {head.version} 版（{head.span}）" for head in heads], mark="；")
