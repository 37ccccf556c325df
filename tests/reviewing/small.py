"""A small review of invented organisations in two towns: quick, with a quota and people's part."""

from pathlib import Path

from starrating.reviewing import Request, run

RULES = """format: 1
id: small
version: "{version}"
title: 评分细则
issued: {{by: 某县组织部, document: 〔2023〕1号, date: 2022-12-20}}
in_force: {{from: 2023-01-01}}
defaults: {{not_applicable: full}}
raters: [复核, 初评]
checks: {{unrecorded: not_found}}
columns: {{党组织: {{基础得分: {{type: number}}}}}}
sections:
  - title: 基础项
    points: 100
    items:
      - {{id: "1", title: 综合考核, points: 80, clauses: [{{add: 1, per: 基础得分}}]}}
      - {{id: "2", title: 阵地, points: 10, clauses: [{{deduct: {{无牌子: {sign}, {point}: 1}}}}]}}
      - {{id: "3", title: 述职, points: 10, clauses: [{{score: 0 to 10}}]}}
stars:
  - {{star: 5, from: 90, at_most: {{number: {seats}, among: 所属乡镇}}}}
  - {{star: 4, from: 80}}
  - {{star: 3, from: 0}}
"""
BRANCHES = {"0001": 80, "0002": 79, "0003": 70, "0004": 80, "0005": 60}
PLAN = '{title: 小评定, period: "2023", rulebooks: [small], level: 县级, stage: 初评}\n'


def sheets(base=None, signs=(), found=(), decided=(), town=None):
    """The csv files of a data folder."""
    base = {**BRANCHES, **(base or {})}
    towns = {code: "东镇" if code < "0004" else "西镇" for code in base} | (town or {})
    files = {
        "党组织": ["党组织代码,党组织名称,领域,所属乡镇,成立日期,是否参评,基础得分"]
        + [f"{c},第{c}党支部,农村,{towns[c]},2010-01-01,是,{score}" for c, score in base.items()],
        "检查记录": ["党组织,检查项目,结果,检查日期,检查人"]
        + [
            f"{code},{point},{'是' if (code in signs and point == '无牌子') or (code, point) in found else '否'},2023-11-01,张检查"
            for code in base
            for point in ("无牌子", "无制度")
        ],
        "考核评分": ["党组织,项目,评分主体,得分,加扣分原因,评分人,日期"]
        + [f"{code},3,初评,9,述职较好,李评分,2023-12-01" for code in base],
    }
    if decided:
        files["审定结果"] = [
            "党组织,审定事项,结果,理由,审定机关,文号,日期,复核人",
            *(
                f"{code},星级,{star},集体研究,县委,〔2024〕1号,2024-01-10,王复核"
                for code, star in decided
            ),
        ]
    return files


def written(folder: Path, version="1", sign=2, seats=1, point="无制度", **facts) -> Request:
    """A data folder and its rules below `folder`, as a request."""
    data, rules = folder / "data", folder / "rules" / "small"
    data.mkdir(parents=True)
    rules.mkdir(parents=True)
    (data / "plan.yaml").write_text(PLAN, "utf-8")
    for name, lines in sheets(**facts).items():
        (data / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    text = RULES.format(version=version, sign=sign, seats=seats, point=point)
    (rules / f"{version}.yaml").write_text(text, "utf-8")
    return Request(data, folder / "rules", judge="native")


def reviewed(folder: Path, **facts):
    """The bundle of a small review."""
    outcome = run(written(folder, **facts))
    assert outcome.bundle is not None, outcome.faults
    return outcome.bundle
