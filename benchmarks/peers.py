"""The sixty indicators written by hand for other tools: totals only, no findings, nothing explained.

`python -m benchmarks.peers NAME DATA OUT` computes every branch's total and compares it with the
totals that a review wrote into OUT; a difference ends with an error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.generate import KINDS

CUT_OFF = date(2024, 12, 31)
UNITS = (4, 12, 12, 4, 12, 1, 1, 2)
"""How many periods of the year each kind of meeting is due in."""


def _half_up(number: Fraction, decimals: int) -> Fraction:
    scale = 10**decimals
    return Fraction(
        (2 * number.numerator * scale + number.denominator) // (2 * number.denominator), scale
    )


def _total(
    members: int, groups: int, meetings: list[tuple[int, int, int, int, bool]], venue: int,
    overdue: int, scores: dict[str, Decimal],
) -> Fraction:  # fmt: skip
    """One branch, in exact arithmetic; the order of the sheet."""
    applies = [True] * 8
    applies[1], applies[2] = members >= 7, groups > 0
    due = [set() for _ in KINDS]
    expected, attended, noted, count = [0] * 8, [0] * 8, [0] * 8, [0] * 8
    for kind, month, asked, came, minutes in meetings:
        due[kind].add((month - 1) * UNITS[kind] // 12)
        expected[kind] += asked
        attended[kind] += came
        noted[kind] += minutes
        count[kind] += 1
    held = [Fraction(0)] * 3
    for kind, units in enumerate(UNITS):
        if not applies[kind]:
            continue
        held[0] += max(0, 8 - 2 * (units - len(due[kind])))
        rate = Fraction(attended[kind], expected[kind]) if expected[kind] else None
        held[1] += (
            2 if rate is None or rate >= Fraction(4, 5) else 1 if rate >= Fraction(3, 5) else 0
        )
        held[2] += _half_up(Fraction(noted[kind], count[kind]), 4) if count[kind] else 1
    printed = sum(applies)
    parts = [
        _half_up(own * worth * 8 / (worth * printed), 4) if printed < 8 else own
        for own, worth in zip(held, (8, 2, 1), strict=True)
    ]
    base = sum(parts, Fraction(0)) + Fraction(venue, 2) + max(0, 5 - overdue)
    base += sum(Fraction(scores[f"F{number}"]) for number in range(1, 20))
    return _half_up(_half_up(base * 100 / 156, 4) + Fraction(scores["G1"]), 2)


def plain(folder: Path) -> Iterator[tuple[str, Decimal]]:
    """A plain Python loop."""
    kinds = {name: place for place, name in enumerate(KINDS)}
    for path in sorted((folder / "党组织").glob("*.parquet")):
        sheets: dict[str, dict[str, list]] = {}
        for sheet in ("组织生活", "检查记录", "问题清单", "考核评分"):
            by_code: dict[str, list] = {}
            for row in pq.read_table(folder / sheet / path.name).to_pylist():
                by_code.setdefault(row["党组织"], []).append(row)
            sheets[sheet] = by_code
        for row in pq.read_table(path).to_pylist():
            code = row["党组织代码"]
            meetings = [
                (kinds[m["类型"]], m["日期"].month, m["应到"], m["实到"], m["记录"] == "有")
                for m in sheets["组织生活"].get(code, ())
                if m["日期"].year == 2024
            ]
            venue = sum(check["结果"] == "有" for check in sheets["检查记录"].get(code, ()))
            overdue = sum(
                p["整改时限"] < CUT_OFF
                and (
                    p["销号日期"] is None
                    or p["销号日期"] > CUT_OFF
                    or p["销号日期"] > p["整改时限"]
                )
                for p in sheets["问题清单"].get(code, ())
            )
            scores = {score["项目"]: score["得分"] for score in sheets["考核评分"][code]}
            total = _total(row["党员数"], row["党小组数"], meetings, venue, overdue, scores)
            yield code, Decimal(total.numerator) / Decimal(total.denominator)


def with_pandas(folder: Path) -> Iterator[tuple[str, Decimal]]:
    """pandas for what groups, the same exact arithmetic for what is left."""
    import pandas as pd

    for path in sorted((folder / "党组织").glob("*.parquet")):
        read = {
            sheet: pq.read_table(folder / sheet / path.name).to_pandas(date_as_object=False)
            for sheet in ("党组织", "组织生活", "检查记录", "问题清单", "考核评分")
        }
        m = read["组织生活"]
        m = m.assign(kind=m["类型"].map({k: p for p, k in enumerate(KINDS)}).astype(int))
        units = m["kind"].map(dict(enumerate(UNITS)))
        m = m.assign(
            unit=(m["日期"].dt.month - 1) * units // 12, noted=(m["记录"] == "有").astype(int)
        )
        m = m.assign(code=m["党组织"].astype(str))
        by = m.groupby(["code", "kind"], observed=True)
        figures = pd.DataFrame(
            {"due": by["unit"].nunique(), "expected": by["应到"].sum(), "attended": by["实到"].sum(),
             "noted": by["noted"].sum(), "count": by.size()}
        )  # fmt: skip
        table = {key: tuple(map(int, own)) for key, *own in figures.itertuples(name=None)}
        checks = read["检查记录"]
        venue = (checks["结果"] == "有").groupby(checks["党组织"].astype(str)).sum()
        p = read["问题清单"]
        cut_off = pd.Timestamp(CUT_OFF)
        late = (p["整改时限"] < cut_off) & (
            p["销号日期"].isna() | (p["销号日期"] > cut_off) | (p["销号日期"] > p["整改时限"])
        )
        overdue = late.groupby(p["党组织"].astype(str)).sum()
        s = read["考核评分"]
        hundredths = (s["得分"].astype(float) * 100).round().astype(int)
        base = hundredths.where(s["项目"] != "G1", 0).groupby(s["党组织"].astype(str)).sum()
        bonus = hundredths.where(s["项目"] == "G1", 0).groupby(s["党组织"].astype(str)).sum()
        for code, members, groups in read["党组织"][
            ["党组织代码", "党员数", "党小组数"]
        ].itertuples(index=False):
            applies = [True] * 8
            applies[1], applies[2] = members >= 7, groups > 0
            held = [Fraction(0)] * 3
            for kind, due in enumerate(UNITS):
                if not applies[kind]:
                    continue
                units_, asked, came, noted, count = table.get((code, kind), (0, 0, 0, 0, 0))
                held[0] += max(0, 8 - 2 * (due - units_))
                rate = Fraction(came, asked) if asked else None
                held[1] += (
                    2
                    if rate is None or rate >= Fraction(4, 5)
                    else 1
                    if rate >= Fraction(3, 5)
                    else 0
                )
                held[2] += _half_up(Fraction(noted, count), 4) if count else 1
            printed = sum(applies)
            parts = [_half_up(own * 8 / printed, 4) if printed < 8 else own for own in held]
            whole = sum(parts, Fraction(0)) + Fraction(int(venue.get(code, 0)), 2)
            whole += max(0, 5 - int(overdue.get(code, 0))) + Fraction(int(base[code]), 100)
            total = _half_up(_half_up(whole * 100 / 156, 4) + Fraction(int(bonus[code]), 100), 2)
            yield code, Decimal(total.numerator) / Decimal(total.denominator)


PEERS: dict[str, Callable[[Path], Iterator[tuple[str, Decimal]]]] = {
    "plain-python": plain,
    "pandas": with_pandas,
}


def main(name: str, folder: Path, out: Path) -> None:
    """Compute, and compare with what the review wrote."""
    ours = pq.read_table(out / "subjects", columns=["code", "total_low"])
    known = dict(zip(ours["code"].to_pylist(), ours["total_low"].to_pylist(), strict=True))
    cents = Decimal("0.01")
    found = {code: total.quantize(cents, ROUND_HALF_UP) for code, total in PEERS[name](folder)}
    differ = [code for code in known if known[code] != found.get(code)]
    if differ or known.keys() != found.keys():
        code = (differ or sorted(known.keys() ^ found.keys()))[0]
        raise SystemExit(
            f"{len(differ)} totals differ, {code}: {known.get(code)} {found.get(code)}"
        )


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
