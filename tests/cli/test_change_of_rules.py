"""When a superior changes the rules, as a clerk does it (docs/changing-rules.md)."""

import json
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OLD, NEW = "town-village@2023", "town-village@2024"


@pytest.fixture
def office(tmp_path):
    """An office with last year's rules, before the new ones come."""
    rules = tmp_path / "rules"
    for name in ("branch-norms", "town-village", "weak-and-lax"):
        shutil.copytree(ROOT / "rules" / name, rules / name)
    (rules / "town-village" / "2024.yaml").unlink()
    return tmp_path


def test_from_the_new_file_to_the_trial(command, office):
    """Review of 2023 → 2024 arrives → check → diff → impact on 2023 → try; 2023 reproduces."""
    rules, out = office / "rules", office / "out"
    review = command("review", ROOT / "fixtures" / "town-2023", "--rules", rules, "--out", out)
    assert review.code == 0
    archive = out / "review.zip"

    shutil.copy(ROOT / "rules" / "town-village" / "2024.yaml", rules / "town-village")
    assert command("rules", "check", rules).code == 0

    sheet = office / "修订对照.md"
    assert command("rules", "diff", OLD, NEW, "--rules", rules, "--out", sheet).code == 1
    assert "由得5.5分改为得5分" in sheet.read_text("utf-8")

    book = office / "影响测算.xlsx"
    ended = command("rules", "impact", NEW, "--on", archive, "--rules", rules, "--out", book)
    assert ended.code == 0
    assert "降星 10 个" in ended.out
    assert book.read_bytes()[:2] == b"PK"

    tried = command("rules", "try", NEW, "--set", "stars.5.at_most.share=90%", "--on", archive,
                    "--rules", rules, "--json")  # fmt: skip
    (found,) = json.loads(tried.out)["impacts"]
    five = next(star for star in found["stars"] if star["star"] == 5)
    assert five["after"] > five["before"]

    swept = command("rules", "try", NEW, "--sweep", "stars.4.from=79..81:1", "--on", archive,
                    "--rules", rules, "--json")  # fmt: skip
    (rows,) = [each["rows"] for each in json.loads(swept.out)["sweeps"]]
    assert [row["value"] for row in rows] == ["79", "80", "81"]

    assert command("archive", "reproduce", archive).code == 0


OVERLAY = """\
format: 1
id: east-town
version: "2024"
title: 东镇评星办法（虚构）
issued: {by: 虚构东镇党委, document: 〔2024〕9号, date: 2024-02-01}
in_force: {from: 2024-02-01, until: 2024-12-31}
extends: {id: town-village, version: "2024"}
changes:
  items:
    "2.1": {clauses: {1: {deduct: AMOUNT}}}
"""


def test_from_the_overlay_to_next_years_review(command, office):
    """2023 in the archive → 2024 with a red line → a town loosens it (refused), tightens it → both
    are frozen → the review of 2024 picks 2024 by its date → the review of 2023 still reproduces."""
    rules, out = office / "rules", office / "out"
    data = ROOT / "fixtures" / "town-2023"
    assert command("review", data, "--rules", rules, "--out", out).code == 0

    text = (ROOT / "rules" / "town-village" / "2024.yaml").read_text("utf-8")
    red = text.replace('      - id: "2.1"\n', '      - id: "2.1"\n        locked: true\n', 1)
    assert red != text
    (rules / "town-village" / "2024.yaml").write_text(red, "utf-8")
    (rules / "east-town").mkdir()
    own = rules / "east-town" / "2024.yaml"
    own.write_text(OVERLAY.replace("AMOUNT", "1"), "utf-8")
    loosened = command("rules", "check", rules)
    assert loosened.code == 1
    assert "R601" in loosened.out
    assert "town-village/2024.yaml" in loosened.out

    own.write_text(OVERLAY.replace("AMOUNT", "3"), "utf-8")
    assert command("rules", "check", rules).code == 0
    for name in ("town-village@2024", "east-town@2024"):
        assert command("rules", "freeze", name, "--rules", rules).code == 0
    own.write_text(OVERLAY.replace("AMOUNT", "4"), "utf-8")
    assert "R417" in command("rules", "check", rules).out
    own.write_text("# 只加一行注释\n" + OVERLAY.replace("AMOUNT", "3"), "utf-8")
    assert command("rules", "check", rules).code == 0

    asked = ("--rulebook", "town-village", "--period", "2024", "--rules", rules)
    next_year = command("review", data, *asked, "--out", office / "next")
    assert next_year.code == 0
    assert "采用 town-village 2024 版" in next_year.out
    assert command("archive", "reproduce", out / "review.zip").code == 0
