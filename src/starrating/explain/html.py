"""A story as HTML, for notebooks; nothing in it is loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from starrating.explain import sums, words
from starrating.explain.model import Chapter, ItemStory, Line, Story

_NUMBER = ' style="text-align:right"'
_TEXT = ' style="text-align:left"'
_SMALL = ' style="color:#555;font-size:90%"'


def story_html(story: Story) -> str:
    """The story as one `<div>`."""
    parts = [f"<h3>{escape(words.title(story))}</h3>", _table(words.head(story))]
    for chapter in story.chapters:
        if chapter.subject is not None:
            parts.extend(_item_part(chapter) if story.item else _chapter(story, chapter))
    if story.item is None:
        parts.extend(_flags(story.chapters))
        parts.extend(_people(story))
    parts.extend(_tasks(story))
    return f'<div class="starrating-story">{"".join(parts)}</div>'


def _item_part(chapter: Chapter) -> Iterator[str]:
    for item in chapter.items:
        yield f"<ul>{_item(item, full=True)}</ul>"


def _chapter(story: Story, chapter: Chapter) -> Iterator[str]:
    assert chapter.subject is not None
    names = story.plan.names(chapter.book.id)
    yield f"<h4>{escape(words.outcome(chapter, names))}</h4>"
    away = [("晋星差距", chapter.distance)] if chapter.distance else []
    standing = words.standing(chapter.subject, names)
    yield _table([*standing, *away, *words.open_words(chapter.items)])
    if chapter.way:
        yield f"<ol>{''.join(_line(line, full=False) for line in chapter.way)}</ol>"
    yield _list(_line(line, full=False) for line in chapter.notes)
    yield "<h4>从满分到总分</h4>"
    yield from _waterfall(chapter)
    yield "<h4>各项得分</h4>"
    for section in chapter.sections:
        items = "".join(_item(item, full=False) for item in section.items)
        steps = "".join(_line(line, full=False) for line in section.lines)
        yield f"<p><b>{escape(section.title)}</b></p><ul>{items}{steps}</ul>"


# --- waterfall ------------------------------------------------------------------------------------


def _waterfall(chapter: Chapter) -> Iterator[str]:
    yield f"<table>{''.join(_row(*row) for row in sums.waterfall(chapter))}</table>"
    for said in sums.checks(chapter):
        yield f"<p{_SMALL}>{escape(said)}</p>"


def _row(label: str, amounts: Iterable[str], note: str) -> str:
    cells = "".join(f"<td{_NUMBER}>{escape(amount)}</td>" for amount in amounts)
    return f"<tr><td{_TEXT}>{escape(label)}</td>{cells}<td{_TEXT}>{escape(note)}</td></tr>"


# --- items and lines ------------------------------------------------------------------------------


def _item(item: ItemStory, *, full: bool) -> str:
    told = "；".join(filter(None, (words.item_head(item), words.item_before(item))))
    head = f"{item.row.item} {item.row.title}：{told}"
    basis = f"<br><span{_SMALL}>依据：{escape(item.basis)}</span>" if full and item.basis else ""
    lines = [_line(line, full=full) for line in (item.lines if full else item.told)]
    rows = item.ratings if full else tuple(row for row in item.ratings if row.used)
    lines += [f"<li{_SMALL}>评分：{escape(words.rating(row))}</li>" for row in rows]
    return f"<li>{escape(head)}{basis}{_list(lines)}</li>"


def _line(line: Line, *, full: bool) -> str:
    aside = "（已撤销）" if line.set_aside else ""
    notes = words.line_notes(line, full=full)
    return f"<li>{escape(line.text)}{aside}{_notes(notes)}</li>"


def _notes(pairs: Iterable[words.Pair]) -> str:
    return "".join(
        f"<br><span{_SMALL}>{escape(name)}：{escape(text)}</span>" for name, text in pairs
    )


def _list(lines: Iterable[str]) -> str:
    body = "".join(lines)
    return f"<ul>{body}</ul>" if body else ""


def _table(pairs: Iterable[words.Pair]) -> str:
    rows = "".join(
        f"<tr><td{_TEXT}>{escape(name)}</td><td{_TEXT}>{escape(text)}</td></tr>"
        for name, text in pairs
    )
    return f"<table>{rows}</table>" if rows else ""


# --- flags, people, tasks -------------------------------------------------------------------------


def _flags(chapters: Iterable[Chapter]) -> Iterator[str]:
    lines = [
        f"<li>{escape(words.flag_head(flag))}"
        f"{_notes(words.flag_notes(flag, rule, full=False))}</li>"
        for chapter in chapters
        for flag, rule in chapter.flags
    ]
    if lines:
        yield f"<h4>排查建议（供研究，不是认定结论）</h4>{_list(lines)}"


def _people(story: Story) -> Iterator[str]:
    lines = [f"<li>{escape(text)}</li>" for text in story.corrections]
    for chapter in story.chapters:
        lines += [_line(line, full=True) for line in chapter.people]
        lines += [
            f"<li>不再计入 {escape(line.finding)}：{escape(line.text)}</li>"
            for line in chapter.set_aside
        ]
        before = words.before_people(chapter)
        lines += [f"<li>{escape(before)}</li>"] if before else []
    if lines:
        yield f"<h4>人工认定（更正、复核、审定）</h4>{_list(lines)}"


def _tasks(story: Story) -> Iterator[str]:
    lines = [
        f"<li>{escape(words.task_head(task))}{_notes(words.task_notes(task))}</li>"
        for task in story.tasks
    ]
    if lines:
        yield f"<h4>整改任务</h4><ol>{''.join(lines)}</ol>"
