"""Invented inspection data at any size, as a review folder of partitioned Parquet.

About 60 meetings, 12 venue checks, 3 problems and 20 people's scores a branch; 40 branches a
superior. Everything follows from the seed. `python -m benchmarks.generate FOLDER BRANCHES [PART]`
"""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

KINDS = ["党员大会", "支委会", "党小组会", "党课", "主题党日", "组织生活会", "民主评议", "谈心谈话"]
WEIGHTS = (0.08, 0.22, 0.22, 0.08, 0.22, 0.03, 0.03, 0.12)
FIELDS = ["农村", "社区", "机关", "国企", "学校", "医院", "两新"]
NUMBERS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
PART = 125_000
"""Branches a part; parts hold whole superiors."""
UNDER = 40
YEAR = np.datetime64("2024-01-01", "D")
PLAN = """\
title: 测速用的评定（虚构）
level: 县级
period: "2024"
rulebooks: [sixty]
stage: 初评
"""


def generate(folder: Path, branches: int, part: int = PART, seed: int = 1) -> None:
    """Write the folder; parts are of whole superiors, sheets are folders of parts."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    part -= part % UNDER
    for number, first in enumerate(range(0, branches, part)):
        random = np.random.default_rng([seed, number])
        for sheet, table in tables(first, min(first + part, branches), random).items():
            place = folder / sheet
            place.mkdir(exist_ok=True)
            pq.write_table(table, place / f"part-{number:05d}.parquet", compression="zstd")


def tables(first: int, last: int, random: np.random.Generator) -> dict[str, pa.Table]:
    """The sheets of the branches from `first` up to `last`."""
    n = last - first
    names = pa.array([f"{code:07d}" for code in range(first, last)])
    members = random.integers(3, 80, n)
    under = np.arange(first, last) // UNDER
    found = {
        "党组织": pa.table(
            {
                "党组织代码": names,
                "党组织名称": pa.array([f"第{code}党支部" for code in range(first, last)]),
                "领域": words(random.integers(0, 7, n), FIELDS),
                "上级党组织": words(under - under[0], [f"上级{code}" for code in np.unique(under)]),
                "党员数": pa.array(members.astype(np.int32)),
                "是否设支委会": words((members >= 7).astype(int), ["否", "是"]),
                "党小组数": pa.array((members // 12).astype(np.int32)),
                "是否参评": words(np.zeros(n, int), ["是"]),
            }
        )
    }

    def of(branch: np.ndarray) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(branch.astype(np.int32)), names)

    count = random.poisson(60, n).clip(5, 120)
    branch = np.repeat(np.arange(n), count)
    m = len(branch)
    expected = np.repeat(members, count)
    attended = np.minimum(expected, np.round(expected * random.beta(8, 1.6, m)))
    kind = np.searchsorted(np.cumsum(WEIGHTS), random.random(m)).clip(0, 7)
    found["组织生活"] = pa.table(
        {
            "党组织": of(branch),
            "日期": pa.array(YEAR + random.integers(0, 366, m).astype("timedelta64[D]")),
            "类型": words(kind, KINDS),
            "应到": pa.array(expected.astype(np.int32)),
            "实到": pa.array(attended.astype(np.int32)),
            "记录": words((random.random(m) < 0.95).astype(int), ["无", "有"]),
        }
    )
    branch = np.repeat(np.arange(n), 12)
    found["检查记录"] = pa.table(
        {
            "党组织": of(branch),
            "检查项目": words(np.tile(np.arange(12), n), [f"场所{word}" for word in NUMBERS]),
            "结果": words((random.random(len(branch)) < 0.93).astype(int), ["无", "有"]),
        }
    )
    count = random.poisson(3, n)
    branch = np.repeat(np.arange(n), count)
    m = len(branch)
    noted = random.integers(0, 360, m)
    due, closed = noted + random.integers(10, 60, m), noted + random.integers(1, 75, m)
    never = random.random(m) < 0.08
    found["问题清单"] = pa.table(
        {
            "问题编号": pa.array([f"W{place + first * 10}" for place in range(m)]),
            "党组织": of(branch),
            "问题内容": words(np.zeros(m, int), ["问题"]),
            "严重程度": words((random.random(m) < 0.003).astype(int), ["一般", "严重"]),
            "发现日期": pa.array(YEAR + noted.astype("timedelta64[D]")),
            "整改时限": pa.array(YEAR + due.astype("timedelta64[D]")),
            "销号日期": pa.array(YEAR + closed.astype("timedelta64[D]"), mask=never),
        }
    )
    branch = np.repeat(np.arange(n), 20)
    item = np.tile(np.arange(20), n)
    score = random.integers(0, 301, len(branch))
    score = np.where(item == 19, score * 5 // 3, 300 - score * score // 600)
    found["考核评分"] = pa.table(
        {
            "党组织": of(branch),
            "项目": words(item, [f"F{place}" for place in range(1, 20)] + ["G1"]),
            "评分主体": words(np.zeros(len(branch), int), ["复核"]),
            "得分": hundredths(score),
            "加扣分原因": words(np.zeros(len(branch), int), ["按细则评定"]),
            "日期": pa.array(np.full(len(branch), YEAR + np.timedelta64(350, "D"))),
        }
    )
    return found


def words(codes: np.ndarray, vocabulary: list[str]) -> pa.DictionaryArray:
    """A text column."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(vocabulary))


def hundredths(points: np.ndarray) -> pa.Array:
    """Exact decimals from whole hundredths, at most 10 points."""
    known = pa.array([Decimal(hundredth) / 100 for hundredth in range(1001)], pa.decimal128(6, 2))
    codes = pa.array(points.astype(np.int32))
    return pa.DictionaryArray.from_arrays(codes, known).dictionary_decode()


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), *map(int, sys.argv[3:4]))
