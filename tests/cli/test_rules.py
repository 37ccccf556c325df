"""`starrating rules` on the rules that are shipped, and on broken ones."""

import json
import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
RULES = TOP / "rules"
README = TOP / "README.md"


@pytest.fixture
def first_rule(tmp_path):
    """The rule that README.md writes, saved where it says."""
    (text,) = re.findall(
        r"```yaml\n(format: 1.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    path = tmp_path / "rules" / "my-branches" / "2024.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_first_rule_of_the_readme(first_rule, command):
    """README's first rule has no fault, and its case passes."""
    folder = first_rule.parents[1]
    checked = command("rules", "check", folder)
    assert (checked.code, checked.out) == (0, ""), checked.out
    tested = command("rules", "test", folder)
    assert (tested.code, tested.out) == (0, "")
    assert "案例 1 个：相符 1 个" in tested.err


def test_faults_have_their_place(first_rule, command):
    """A misspelt word: file:line:column, code, the nearest known word; exit 1."""
    text = first_rule.read_text(encoding="utf-8").replace("basis:", "bassis:")
    first_rule.write_text(text, encoding="utf-8")
    ended = command("rules", "check", first_rule.parents[1])
    assert ended.code == 1
    assert re.search(r"my-branches/2024\.yaml:\d+:\d+: R201 .*bassis.*basis", ended.out)


def test_check_of_one_file(first_rule, command):
    """A file may be named instead of a folder; the versions beside it are left out."""
    later = first_rule.with_name("2025.yaml")
    later.write_text("id: my-branches\n", encoding="utf-8")
    assert command("rules", "check", first_rule).code == 0
    assert command("rules", "check", later).code == 1


def test_check_of_nothing(command):
    """No such folder: exit 4."""
    ended = command("rules", "check", "nowhere")
    assert ended.code == 4
    assert "R504" in ended.out
    document = json.loads(command("rules", "check", "nowhere", "--json").out)
    assert (document["exit_code"], document["counts"]["fatal"]) == (4, 1)


@pytest.mark.parametrize("word", ["check", "test"])
def test_what_is_no_rule_file(word, command, tmp_path):
    """A file of another kind is told, not passed over; the files beside it are not blamed."""
    (tmp_path / "words.txt").write_text("你好", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("title: 甲\n", encoding="utf-8")
    ended = command("rules", word, tmp_path / "words.txt")
    assert ended.code == (1 if word == "check" else 4)
    assert "R421" in ended.out + ended.err
    assert "R401" not in ended.out + ended.err


def test_cases_of_nothing(command):
    """No such folder: exit 4, as for check."""
    ended = command("rules", "test", "nowhere")
    assert ended.code == 4
    assert "R504" in ended.err


def test_a_case_that_fails(first_rule, command):
    """Expected and actual are printed; exit 1."""
    text = first_rule.read_text(encoding="utf-8").replace('{"1.1": 60}', '{"1.1": 61}')
    first_rule.write_text(text, encoding="utf-8")
    ended = command("rules", "test", first_rule.parents[1])
    assert ended.code == 1
    assert "缺两个季度扣40分" in ended.out
    assert "61" in ended.out
    assert "60" in ended.out
    document = json.loads(command("rules", "test", first_rule.parents[1], "--json").out)
    assert (document["count"], document["passed"], len(document["failed"])) == (1, 0, 1)


def test_rules_that_cannot_be_run(first_rule, command):
    """Cases of a rulebook with errors are not run: exit 4."""
    text = first_rule.read_text(encoding="utf-8").replace("缺开党员大会季度}", "缺开季度}")
    first_rule.write_text(text, encoding="utf-8")
    ended = command("rules", "test", first_rule.parents[1])
    assert ended.code == 4
    assert "my-branches" in ended.err


def test_list(command):
    """Every version with its dates and file."""
    ended = command("rules", "list", RULES)
    assert ended.code == 0
    row = next(line for line in ended.out.splitlines() if line.startswith("town-village"))
    assert row.split()[1:3] == ["2022", "2022-01-01至2022-12-31"]
    document = json.loads(command("rules", "list", RULES, "--json").out)
    assert {"branch-norms", "town-village", "weak-and-lax"} <= {
        book["id"] for book in document["rulebooks"]
    }


def test_list_of_nothing(command, tmp_path):
    """A folder without rules: exit 4."""
    ended = command("rules", "list", tmp_path)
    assert (ended.code, ended.out) == (4, "")
    assert "R413" in ended.err


def test_show(command):
    """The merged book: inherited measures name the superior's file and line."""
    ended = command("rules", "show", "town-village@2024", "--rules", RULES)
    assert ended.code == 0
    assert re.search(
        r"缺开党员大会季度 +缺的期数 +组织生活 .*branch-norms/2018\.yaml:\d+", ended.out
    )
    assert "所属乡镇内名额 30%" in ended.out
    assert command("rules", "show", "branch-norms", "--rules", RULES).code == 0


def test_show_as_a_document(command):
    """Numbers are texts, places have line and column."""
    ended = command("rules", "show", "town-village@2024", "--rules", RULES, "--json")
    document = json.loads(ended.out)
    assert document["stars"][0]["from"] == "90"
    assert re.fullmatch(r".*2024\.yaml:\d+:\d+", document["stars"][0]["place"])


@pytest.mark.parametrize(
    ("book", "told"),
    [
        ("town-village", "town-village@2022；town-village@2023；town-village@2024"),
        ("town-village@2021", "R411"),
        ("town-vilage@2023", "town-village"),
    ],
)
def test_show_of_what_is_not_there(book, told, command):
    """Which rulebook is unclear: exit 2, the known ones named."""
    ended = command("rules", "show", book, "--rules", RULES)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_coverage(first_rule, command):
    """What no case reaches, with its place; not a failure."""
    ended = command("rules", "test", first_rule, "--coverage")
    assert ended.code == 0
    assert re.search(r"my-branches@2024 覆盖 \d+/\d+，\d+ 处没有到齐", ended.out)
    assert re.search(r"my-branches/2024\.yaml:\d+:\d+: .*没有案例到过", ended.out)
    document = json.loads(command("rules", "test", first_rule, "--coverage", "--json").out)
    (covered,) = document["coverage"]
    assert covered["reached"] < covered["sides"]
    assert covered["gaps"][0]["missing"]
