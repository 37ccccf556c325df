"""What the commands of a ledger tell of entries and standings, as texts and as JSON."""

from __future__ import annotations

from json import loads
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.ledger import Entry, Examined, Standing
    from starrating.ledger.history import Event


def entry_line(ledger: Examined, entry: Entry) -> tuple[str, ...]:
    """The line of `archive list`: number, period, stage, 结果编号, date, title, remarks."""
    return (
        str(entry.number), entry.period, entry.stage, entry.result_number,
        entry.dated.isoformat(), entry.title, "；".join(remarks(ledger, entry)),
    )  # fmt: skip


def remarks(ledger: Examined, entry: Entry) -> list[str]:
    """What an entry is to others, and what catches the eye about it, in few words."""
    from starrating.ledger.chain import replaced, whole

    words = {
        "A412": "补录",
        "A413": "同一评定再次登记，未写明更正",
        "A415": "重复更正",
        "A418": "所依据的评定已被更正",
    }
    found = [words[note.code] for note in ledger.notes_on(entry.number) if note.code in words]
    if entry.full is not None:
        full = whole(entry, ledger.entries)
        found.append(
            f"精简档案，完整档案为第{full.number}号" if full else "精简档案，完整档案未登记"
        )
    if entry.replaces is not None:
        meant = replaced(entry, ledger.entries)
        found.append(f"更正第{meant.number}号" if meant else "更正台账外的档案")
    later = [each for each in ledger.entries if each.replaces == entry.review]
    found.extend(f"已由第{each.number}号更正" for each in later)
    based = next((e for e in ledger.entries if e.review == entry.based_on), None)
    if based is not None and entry.replaces is None:
        found.append(f"以第{based.number}号的数据评定")
    return found


def entry_pairs(ledger: Examined, entry: Entry) -> list[tuple[str, str]]:
    """All that a clerk asks of one entry."""
    return [
        ("周期", f"{entry.period}，截止日 {entry.cut_off}"),
        ("阶段", entry.stage),
        ("规则", "、".join(f"{book}@{version}" for book, version in entry.rulebooks)),
        ("签发", entry.issued.isoformat() if entry.issued else "未写签发日期"),
        ("结果编号", entry.result_number),
        ("内容校验码", entry.content_digest),
        ("完整档案的内容校验码", entry.full or ""),
        ("档案", str(ledger.path(entry))),
        ("更正理由", entry.reason or ""),
        ("说明", "；".join(remarks(ledger, entry))),
    ]


def standing_line(each: Standing) -> tuple[str, ...]:
    """The line of `archive history`."""
    from starrating.explain.words import points_range
    from starrating.report.words import decided_word, star_word

    row, entry = each.row, each.entry
    version = dict(entry.rulebooks).get(row.rulebook, "")
    remarks = [f"已由第{each.corrected_by}号更正"] if each.corrected_by else []
    return (
        entry.period, entry.stage, row.code, row.name, f"{row.rulebook} {version}".strip(),
        points_range(row.total_low, row.total_high),
        star_word(row.star) if row.rated else "不参评",
        decided_word(row.decided_star), decided_word(row.final_star), str(entry.number),
        "；".join([*remarks, *([row.reasons] if row.reasons else [])]),
    )  # fmt: skip


def entry_document(ledger: Examined, entry: Entry) -> Json:
    """An entry as a JSON object: its own bytes, its hash, where it lies."""
    document: dict[str, Json] = loads(entry.body)
    return {
        **document,
        "hash": entry.hash,
        "file": ledger.path(entry).as_posix(),
        "remarks": list(remarks(ledger, entry)),
    }


def standing_document(each: Standing) -> Json:
    """A standing as a JSON object."""
    row = each.row
    return {
        "entry": each.entry.number,
        "period": each.entry.period,
        "stage": each.entry.stage,
        "rulebook": row.rulebook,
        "code": row.code,
        "name": row.name,
        "total_low": None if row.total_low is None else f"{row.total_low:f}",
        "total_high": None if row.total_high is None else f"{row.total_high:f}",
        "star": row.star,
        "decided_star": row.decided_star,
        "final_star": row.final_star,
        "corrected_by": each.corrected_by,
    }


def event_document(event: Event) -> Json:
    """A change of organisations as a JSON object."""
    return {"date": event.date, "kind": event.kind, "old": event.old, "new": event.new}
