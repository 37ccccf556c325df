"""README.txt inside an archive: what the folders hold, in Chinese."""

from __future__ import annotations

from starrating.archive.manifest import Facts, Replaced

_HEAD = """\
评定档案{kind}
========{rule}

名称：{title}
周期：{period}（{period_from} 至 {period_until}）
截止日：{cut_off}
阶段：{stage}
细则：{rulebooks}{correction}

"""

_FULL = """\
本档案保存了一次评定的全部依据和结果，可供核验和复算。请勿解压后重新打包，
也不要在档案中增删文件，否则核验不能通过。

manifest.json  清单：各文件的校验码（SHA-256、SM3）和内容校验码
plan/          评定方案
rules/         所用评分细则（含所引用的上级细则）
inputs/        报送的原始文件
records/       规范化后的检查数据（只有细则用到的列）
people/        核查更正、异议复核、审定结果、组织变更
previous/      取自以往档案的事实及其校验码
calendar/      所用的节假日安排
results/       评定结果（csv，各列含义见 results/字段说明.csv）{computed}

核验：starrating archive verify review.zip
复算：starrating archive reproduce review.zip --independent
查询：starrating explain review.zip 党组织代码 [项目]

核验通过说明档案自洽，即各文件与清单一致；没有签名或台账时，不能证明未被整体替换。

不用本软件也可以核对
--------------------
1. 解压到另一个文件夹，csv 用表格软件打开；党组织代码、项目编号、条款序号三列按文本导入，
   否则 0101 会变成 101，2.10 会变成 2.1。
2. results/findings.csv 是每一步的加减。只取 kind 为 base、clause、not_earned、
   not_applicable、clamp、leave_out、weight、scale、section_clamp、zeroed、round 的行：
   同一细则、同一党组织、同一项目的 points 相加，等于 items.csv 的 score_low
   （减分项目在这里是负数）；同一细则、同一党组织的全部 points 相加，等于 subjects.csv 的
   total_low。表格软件有时差一个极小的尾数，四舍五入到 4 位小数再比。
   缺少事实时另有上限：明细的 detail 列写有 high 的，以 high 代替 points 相加，得上限。
3. 每一步依据的单元格写在 sources 列（文件!工作表!单元格，文件在 inputs/），
   依据的条款写在 rule 列（文件:行，文件在 rules/）。
4. 校验码：Windows 用 certutil -hashfile 文件 SHA256，Linux 用 sha256sum 文件，
   与 manifest.json 中该文件的 sha256 比较。
"""

_SLIM = """\
本档案由完整的评定档案精简而成：没有报送的原始文件（inputs/）和以往档案的事实（previous/），
各表的文字说明、人名列已清空。分数、星级、条款、依据位置与完整档案相同。
它不能复算；需要复算时，请使用完整档案。

manifest.json  清单：各文件的校验码，和完整档案的清单（full）
plan/          评定方案（与完整档案相同）
rules/         所用评分细则（与完整档案相同）
records/       规范化后的检查数据（文字说明、人名已清空）
people/        核查更正、异议复核、审定结果、组织变更（文字说明、人名已清空）
calendar/      所用的节假日安排（与完整档案相同）
results/       评定结果（文字说明、人名已清空；各列含义见 results/字段说明.csv）{computed}

核验：starrating archive verify slim.zip
与完整档案核对：starrating archive verify slim.zip --against review.zip
"""


_COMPUTED = """
results/computed/  未计人工认定（核查更正、异议复核、审定结果）的结果，文件和列与 results/ 相同，
               下面的核对办法对它同样适用"""


def readme_bytes(facts: Facts, *, slim: bool = False, computed: bool = False) -> bytes:
    """README.txt for a review, UTF-8 with BOM and CRLF so that any editor shows it.

    `slim` says what a slim archive holds (see archive.slim), `computed` that the results without
    people's part are kept.
    """
    text = (_HEAD + (_SLIM if slim else _FULL)).format(
        kind="（精简）" if slim else "",
        rule="========" if slim else "",
        title=_line(facts.title),
        period=_line(facts.period),
        period_from=facts.period_from.isoformat(),
        period_until=facts.period_until.isoformat(),
        cut_off=facts.cut_off.isoformat(),
        stage=_line(facts.stage),
        correction=_correction(facts.links.replaces),
        computed=_COMPUTED if computed else "",
        rulebooks="、".join(f"{_line(book)} {_line(version)}" for book, version in facts.rulebooks),
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _correction(replaced: Replaced | None) -> str:
    """The line that says which review this one corrects, or nothing."""
    if replaced is None:
        return ""
    reason = _line(replaced.reason)
    return (
        f"\n更正：更正结果编号 {replaced.number} 的评定，理由：{reason}；对照见 results/changes.csv"
    )


def _line(text: str) -> str:
    return " ".join(text.split())
