"""README.txt inside an archive: what the folders hold, in Chinese."""

from __future__ import annotations

from starrating.archive.manifest import Facts

_TEXT = """\
评定档案
========

名称：{title}
周期：{period}（{period_from} 至 {period_until}）
截止日：{cut_off}
阶段：{stage}
细则：{rulebooks}

本档案保存了一次评定的全部依据和结果，可供核验和复算。请勿解压后重新打包，
也不要在档案中增删文件，否则核验不能通过。

manifest.json  清单：各文件的校验码（SHA-256、SM3）和内容校验码
plan/          评定方案
rules/         所用评分细则（含所引用的上级细则）
inputs/        报送的原始文件
records/       规范化后的检查数据
people/        核查更正、异议复核、审定结果、组织变更
previous/      取自以往档案的事实及其校验码
calendar/      所用的节假日安排
results/       评定结果（csv，各列含义见随结果一并生成的 字段说明.csv）

核验：starrating archive verify review.zip
复算：starrating archive reproduce review.zip
查询：starrating explain review.zip 党组织代码 [项目]

核验通过说明档案自洽，即各文件与清单一致；没有签名或台账时，不能证明未被整体替换。
"""


def readme_bytes(facts: Facts) -> bytes:
    """README.txt for a review, UTF-8 with BOM and CRLF so that any editor shows it."""
    text = _TEXT.format(
        title=_line(facts.title),
        period=_line(facts.period),
        period_from=facts.period_from.isoformat(),
        period_until=facts.period_until.isoformat(),
        cut_off=facts.cut_off.isoformat(),
        stage=_line(facts.stage),
        rulebooks="、".join(f"{_line(book)} {_line(version)}" for book, version in facts.rulebooks),
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _line(text: str) -> str:
    return " ".join(text.split())
