"""`starrating rules`: checking, testing, listing and showing rulebooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import rich_click as click

from starrating.cli import _faults
from starrating.cli._command import PATH, SETTINGS, Group, argument, json_option, reference
from starrating.cli._exits import Exit
from starrating.cli._refusal import refused
from starrating.cli._terminal import say, show, show_document

if TYPE_CHECKING:
    from starrating.archive.canonical import Json
    from starrating.faults import Fault
    from starrating.rulecases import Report
    from starrating.rulecoverage import Coverage

DEFAULT = Path("rules")

_folder = argument(
    "folder", metavar="[规则]", type=PATH, default=DEFAULT, required=False,
    help="规则所在文件夹；不写为 rules。",
)  # fmt: skip


_APART = {
    "list": "starrating.cli.rules_versions:list_",
    "freeze": "starrating.cli.rules_versions:freeze",
    "diff": "starrating.cli.rules_diff:diff",
    "impact": "starrating.cli.rules_impact:impact",
    "try": "starrating.cli.rules_try:try_",
    "export": "starrating.cli.rules_sheet:export_",
    "import": "starrating.cli.rules_sheet:import_",
}


@click.group(
    "rules",
    cls=Group,
    apart=_APART,
    context_settings=SETTINGS,
    help="规则：检查、测试、列出、查看。",
)
def rules() -> None:
    """What can be done with rulebooks."""


@rules.command(
    "check",
    context_settings=SETTINGS,
    help="查规则：列出规则文件的全部问题，每处写作 文件:行:列: 代码 说明。\n\n查出错误时退出码为 1。",
)
@_folder
@json_option
def check(*, folder: Path, as_json: bool) -> int:
    """List all faults of rule files; Exit.FOUND where there are errors."""
    from starrating.rulecheck import check_rules

    faults = check_rules(folder)
    code = _check_code(folder, faults)
    if as_json:
        show_document(
            {
                "exit_code": code.value,
                "counts": _faults.count_document(faults),
                "faults": _faults.fault_documents(faults),
            }
        )
        return code
    for fault in faults:
        show(str(fault))
    say(f"规则问题：{_faults.counted(faults)}。")
    return code


def _check_code(folder: Path, faults: tuple[Fault, ...]) -> Exit:
    if not folder.exists():
        return Exit.RULES
    return Exit.FOUND if _faults.has_errors(faults) else Exit.DONE


@rules.command(
    "test",
    context_settings=SETTINGS,
    help="测规则：运行规则文件里写的全部案例（cases），列出与预期不符之处。\n\n有案例不符时退出码为 1。",
)
@_folder
@click.option(
    "--coverage", is_flag=True,
    help="再列出没有案例到过的条款、分档、等次、判定和界线（界线以下、正好、以上）；不算不符。",
)  # fmt: skip
@json_option
def test(*, folder: Path, coverage: bool, as_json: bool) -> int:
    """Run the cases beside the rules; Exit.FOUND where one fails."""
    from starrating.rulecases import run_cases
    from starrating.rulecoverage import cover_rules

    report, covered = cover_rules(folder) if coverage else (run_cases(folder, both=True), ())
    code = Exit.RULES if report.faults else Exit.FOUND if report.failed else Exit.DONE
    for line in _faults.message_lines(report.faults):
        say(line)
    if as_json:
        document = {"exit_code": code.value, **_report_document(report)}
        if coverage:
            document["coverage"] = [_coverage_document(each) for each in covered]
        show_document(document)
        return code
    for failure in report.failed:
        show(f"× {failure.origin} {failure.title}")
        for line in failure.lines:
            show(f"    {line}")
    say(f"案例 {report.count} 个：相符 {report.passed} 个，不符 {len(report.failed)} 个。")
    if report.empty:
        say(f"没有案例的规则：{'、'.join(report.empty)}。")
    for each in covered:
        show(f"{each.rulebook} 覆盖 {each.reached}/{each.sides}，{len(each.gaps)} 处没有到齐")
        for gap in each.gaps:
            show(f"    {gap}")
    return code


def _coverage_document(covered: Coverage) -> dict[str, Json]:
    return {
        "rulebook": covered.rulebook,
        "sides": covered.sides,
        "reached": covered.reached,
        "gaps": [
            {"place": str(gap.origin), "what": gap.what, "missing": list(gap.missing)}
            for gap in covered.gaps
        ],
    }


def _report_document(report: Report) -> dict[str, Json]:
    return {
        "count": report.count,
        "passed": report.passed,
        "failed": [
            {"place": str(failure.origin), "title": failure.title, "lines": list(failure.lines)}
            for failure in report.failed
        ],
        "without_cases": list(report.empty),
        "faults": _faults.fault_documents(report.faults),
    }


@rules.command(
    "show",
    context_settings=SETTINGS,
    help="看规则：一个版本连同它继承的内容，指标、项目、星级、判定各写在哪个文件哪一行。\n\n"
    "加 --merged，逐行列出并入上级以后的规则，每行注明出处。",
)
@argument("book", metavar="编号[@版本]", help="如 town-village@2023；只有一个版本时可只写编号。")
@click.option(
    "--rules", "folder", metavar="文件夹", type=PATH, default=DEFAULT, show_default=True,
    help="规则所在文件夹。",
)  # fmt: skip
@click.option("--merged", is_flag=True, help="逐行列出并入上级以后的规则，每行注明出处。")
@json_option
def show_(*, book: str, folder: Path, merged: bool, as_json: bool) -> int:
    """Show one version with all it extends, each part or each line with its place."""
    from starrating.cli._rulebook import find_head, merged_table, rulebook_document, rulebook_lines
    from starrating.rulebook.layers.showing import merged_lines
    from starrating.rulebook.read import read_rulebook
    from starrating.rulebook.versions import find_rulebooks

    shelf = find_rulebooks(folder, folder.as_posix())
    head, faults = find_head(shelf, *reference(book))
    if head is None:
        return refused(faults, Exit.USAGE if shelf.heads else Exit.RULES, as_json=as_json)
    loaded = read_rulebook(head.path, head.shown, shelf.path)
    if loaded.book is None or loaded.content is None:
        return refused(loaded.faults, Exit.RULES, as_json=as_json)
    for line in _faults.message_lines(loaded.faults):
        say(line)
    lines = tuple(merged_lines(loaded.content)) if merged else ()
    if as_json:
        document = rulebook_document(loaded.book)
        if merged:
            document["lines"] = [{"text": text, "place": str(at)} for text, at in lines]
        faults_document = _faults.fault_documents(loaded.faults)
        show_document({**document, "exit_code": 0, "faults": faults_document})
    else:
        show("\n".join(merged_table(lines) if merged else rulebook_lines(loaded.book)))
    return Exit.DONE


@rules.command(
    "describe",
    context_settings=SETTINGS,
    help="印规则：由规则生成一份中文细则说明，像印发的评分细则一样列表。\n\n"
    "不写 --out 时以 Markdown 显示在屏幕上。",
)
@argument("book", metavar="编号[@版本]|文件", help="如 town-village@2023，或规则文件的路径。")
@click.option(
    "--out", metavar="文件夹|文件.md|文件.docx", type=PATH,
    help="写到哪里；写文件夹则 Markdown 和 Word 各一份。",
)  # fmt: skip
@click.option(
    "--rules", "folder", metavar="文件夹", type=PATH, default=DEFAULT, show_default=True,
    help="规则所在文件夹。",
)  # fmt: skip
@json_option
def describe_(*, book: str, out: Path | None, folder: Path, as_json: bool) -> int:
    """Describe one rulebook in Chinese, from the rules alone."""
    from starrating.cli import _describe
    from starrating.rulebook.describe.markdown import to_markdown
    from starrating.rulebook.describe.whole import describe

    found, faults, known = _describe.described_book(book, folder)
    if found is None or _faults.has_errors(faults):
        return refused(faults, Exit.RULES if known else Exit.USAGE, as_json=as_json)
    for line in _faults.message_lines(faults):
        say(line)
    description = describe(found)
    paths = _describe.files_asked(found, out) if out is not None else ()
    _describe.write_description(description, paths)
    if as_json:
        document = _describe.description_document(description)
        files: Json = [path.as_posix() for path in paths]
        faults_document = _faults.fault_documents(faults)
        show_document({**document, "exit_code": 0, "files": files, "faults": faults_document})
    elif out is None:
        show(to_markdown(description).rstrip("\n"))
    for path in paths:
        say(f"已写：{path}")
    return Exit.DONE


@rules.command(
    "schema",
    context_settings=SETTINGS,
    help="规则文件的格式说明（JSON 格式）：编辑器靠它补全词、显示中文说明、标出写错的地方。\n\n"
    "不写 --out 时显示在屏幕上。",
)
@click.option(
    "--out", metavar="文件", type=PATH, help="写到哪个文件，一般是 rules/rulebook.schema.json。"
)
@json_option
def schema_(*, out: Path | None, as_json: bool) -> int:
    """Write the JSON Schema of rule files."""
    from starrating.cli._describe import write_file
    from starrating.rulebook.editorschema import rule_schema, schema_text

    if out is not None:
        write_file(out, schema_text().encode())
    if as_json:
        files: Json = [out.as_posix()] if out is not None else []
        show_document({"exit_code": 0, "files": files, "schema": rule_schema()})
    elif out is None:
        show(schema_text().rstrip("\n"))
    if out is not None:
        say(f"已写：{out}")
    return Exit.DONE
