"""A review as small as they come, of invented organisations: quick to run again and again.

Three branches by check points; one may have five stars; 后进 is a flag that caps the star.
"""

from pathlib import Path

RULES = """\
format: 1
id: tiny
version: "2023"
title: 小小评分细则
in_force: {from: 2023-01-01}
defaults: {not_applicable: full}
checks: {unrecorded: not_found}
sections:
  - title: 阵地
    items:
      - {id: "1", title: 门牌, points: 50, clauses: [{deduct: {没有门牌: 10, 门牌破损: 5}}]}
      - {id: "2", title: 台账, points: 50, clauses: [{deduct: {没有台账: 20}}]}
total: 阵地
stars:
  - {star: 5, from: 90, at_most: {number: 1}}
  - {star: 4, from: 80}
  - {star: 3, from: 0}
judgements:
  - {id: J1, if: found 没有台账, then: {flag: 后进, case: 没有台账}}
  - {id: J2, if: confirmed 后进, then: {star_at_most: 3}}
rectification:
  default: {task: 补齐, within: 30 days, owner: 书记}
"""
PLAN = """\
title: 示例镇2023年度小评
period: "2023"
rulebooks: [tiny]
stage: 初评
office: {name: 示例镇党建办}
"""
ORGANISATIONS = """\
党组织代码,党组织名称,领域,成立日期
0001,甲村党支部,农村,2010-01-01
0002,乙村党支部,农村,2010-01-01
0003,丙村党支部,农村,2010-01-01
"""
CHECKS = """\
党组织,检查项目,结果,检查日期
0001,门牌破损,否,2023-06-01
0002,门牌破损,是,2023-06-01
0003,没有台账,是,2023-06-01
"""
DECISIONS = "党组织,审定事项,结果,理由,审定机关,文号,日期,复核人\n"
CORRECTIONS = "来源,更正,理由,核查人,日期\n"
OBJECTIONS = "编号,党组织,针对,收到日期,异议内容,核查情况,结论,复核机关,答复日期\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write text files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def tiny(folder: Path, rules: str = RULES, **sheets: str) -> list[str]:
    """Write rules and data; gives the words of `starrating review` for them (without --out)."""
    files = {"党组织.csv": ORGANISATIONS, "检查记录.csv": CHECKS, "plan.yaml": PLAN}
    files |= {f"{name}.csv": text for name, text in sheets.items()}
    write(folder / "data", files)
    write(folder / "rules", {"tiny/2023.yaml": rules})
    return ["review", str(folder / "data"), "--rules", str(folder / "rules"), "--judge", "native"]
