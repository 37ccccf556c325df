"""The API beside the commands: people's part, corrections, ledgers, changes give the same."""

import pytest

import starrating as sr
from starrating.archive.bundle import pack
from starrating.cli import run
from tiny import DECISIONS, RULES, tiny, write

DECIDED = f"{DECISIONS}0002,星级,五星,党委研究提升,示例镇党委,〔2024〕3号,2024-01-20,王某\n"


@pytest.fixture(scope="module")
def top(tmp_path_factory):
    """A folder with a review by the command, people's sheets, and the next version of the rules."""
    folder = tmp_path_factory.mktemp("top")
    assert run([*tiny(folder), "--out", str(folder / "out")]) == 0
    write(folder / "people", {"审定结果.csv": DECIDED})
    stricter = RULES.replace("门牌破损: 5", "门牌破损: 30").replace("2023", "2024")
    write(folder / "rules", {"tiny/2024.yaml": stricter})
    return folder


@pytest.fixture
def old(top):
    return sr.open_archive(top / "out" / "review.zip")


def by_command(top, *words):
    """The archive that `review` writes."""
    out = top / "by-command"
    assert run(["review", *words, "--judge", "native", "--out", str(out)]) == 0
    return (out / "review.zip").read_bytes()


def test_people_as_the_command_has_it(top, old):
    """The same archive to the byte."""
    people = ["--people", str(top / "people"), "--stage", "审定", "--issued", "2024-02-01"]
    theirs = by_command(top, str(top / "out" / "review.zip"), *people)
    ours = old.review(top / "people", stage="审定", issued="2024-02-01", judge="native")
    assert pack(ours.bundle) == theirs


def test_a_correction_as_the_command_has_it(top, old, tmp_path):
    """The same archive to the byte, with every changed row."""
    rows = DECISIONS + "0003,后进,认定,经研究认定,示例镇党委,〔2024〕3号,2024-01-20,\n"
    people = write(tmp_path / "p", {"审定结果.csv": rows})
    path = str(top / "out" / "review.zip")
    theirs = by_command(
        top, path, "--people", str(people), "--replaces", path, "--reason", "漏报认定"
    )
    ours = old.review(people, judge="native", replaces=path, reason="漏报认定")
    assert pack(ours.bundle) == theirs
    assert {row.table for row in ours.changes} >= {"subjects.csv", "flags.csv"}
    assert old.review().changes == ()


def test_the_result_without_people(top, old):
    """Frames of both; none where nobody took part."""
    made = old.review(top / "people")
    assert old.computed is None
    assert made.computed.items.equals(old.items)
    assert made.computed.subjects["final_star"].tolist() != made.subjects["final_star"].tolist()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"stage": "试评"}, ValueError),
        ({"issued": "明天"}, ValueError),
        ({"reason": "无"}, ValueError),
        ({"replaces": "x.zip"}, ValueError),
        ({"replaces": "none.zip", "reason": "无"}, sr.RecordsErrors),
        ({"people": "none"}, sr.RecordsErrors),
    ],
)
def test_what_is_refused(old, words, error):
    """Wrong arguments and files that cannot be used."""
    with pytest.raises(error):
        old.review(**words)


def test_a_correction_of_another_review(top, old, tmp_path):
    """Another period's archive cannot be replaced."""
    book = sr.load_rulebook(top / "rules" / "tiny" / "2024.yaml")
    records = sr.read_records(top / "data", book)
    with pytest.raises(ValueError, match="A308"):
        sr.review(book, records, period="2024", replaces=old.path, reason="无")


def test_a_ledger_as_the_command_has_it(top, old, tmp_path, capsys):
    """Entries, head, notes, archive and history are those that the commands tell."""
    ledger = sr.open_ledger(tmp_path / "ledger")
    assert ledger.add(old) == ledger.add(old.path) == ledger.entries[0]
    other = old.review(top / "people", judge="native")
    entry = ledger.add(other, head=ledger.head)
    assert ledger.open(entry).number == other.number
    assert [note.code for note in ledger.notes] == ["A413"]
    assert [each.row.final_star for each in ledger.history("0002").standings] == ["4", "5"]
    assert run(["archive", "list", "--ledger", str(ledger.folder), "--head", ledger.head]) == 0
    assert ledger.head in capsys.readouterr().out
    with pytest.raises(ValueError, match="6 digits"):
        ledger.find("123")


def test_a_ledger_that_does_not_stand(old, tmp_path):
    """What was changed behind its back is told by `verify` and stops everything else."""
    ledger = sr.open_ledger(tmp_path / "ledger")
    assert [fault.code for fault in ledger.verify()] == ["A401"]
    entry = ledger.add(old)
    assert [fault.code for fault in ledger.verify(head="f" * 64)] == ["A409"]
    with pytest.raises(sr.LedgerErrors):
        ledger.add(old, head="f" * 64)
    (ledger.folder / "archives" / entry.file).unlink()
    assert [fault.code for fault in ledger.verify()] == ["A406"]
    for ask in (lambda: ledger.entries, lambda: ledger.history("0001"), lambda: ledger.add(old)):
        with pytest.raises(sr.LedgerErrors, match="A406"):
            ask()


def test_changes_as_the_commands_tell_them(top, old, capsys):
    """`rules diff`, `rules impact` and `compare` print the texts."""
    rules = top / "rules" / "tiny"
    one, two = (sr.load_rulebook(rules / f"{year}.yaml") for year in (2023, 2024))
    found = sr.rules_diff(one, two)
    words = ["--rules", str(top / "rules")]
    assert run(["rules", "diff", "tiny@2023", "tiny@2024", *words]) == 1
    assert capsys.readouterr().out.strip() == found.text.strip()
    (impact,) = sr.rules_impact(two, on=old.path)
    assert (impact,) == sr.rules_impact(two, on=[old.path], old=one)
    assert run(["rules", "impact", "tiny@2024", "--on", str(old.path), *words]) == 0
    assert capsys.readouterr().out.strip() == impact.text.strip()
    made = top / "decided.zip"
    old.review(top / "people").save(made)
    assert run(["compare", str(old.path), str(made)]) == 0
    assert capsys.readouterr().out.strip() == sr.compare(old, made).text.strip()


def test_changes_that_cannot_be_told(top, old, tmp_path):
    """A broken archive, and rules that no rulebook of the review answers to."""
    broken = tmp_path / "broken.zip"
    broken.write_bytes(old.data[:-1])
    own = sr.load_rulebook(top / "rules" / "tiny" / "2023.yaml")
    with pytest.raises(sr.ArchiveErrors):
        sr.rules_impact(own, on=broken)
    with pytest.raises(sr.ArchiveErrors):
        sr.compare(old, broken)
    write(
        tmp_path / "rules",
        {"other/1.yaml": RULES.replace("id: tiny", "id: other").split("stars:")[0]},
    )
    other = sr.load_rulebook(tmp_path / "rules" / "other" / "1.yaml")
    with pytest.raises(ValueError, match="answers to other@2023"):
        sr.rules_impact(other, on=old.path)
