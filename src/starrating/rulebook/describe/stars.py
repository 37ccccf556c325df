"""星级标准, 升降, 倒排建议 and 总分: what becomes of the scores."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction

from starrating.rulebook.describe.conditions import formula, when
from starrating.rulebook.describe.model import Chapter, Row, Table
from starrating.rulebook.describe.words import percent, points, sentence, star_word
from starrating.rulebook.fields import Reach
from starrating.rulebook.model import AtMost, Lagging, Moves, PerSection, Rulebook, Star

HEAD = ("星级", "总分", "附加条件", "名额", "命名机关")
WIDTHS = (34, 60, 72, 62, 29)
_FOUND = "有"
_TIES = {
    "undecided": "总分并列的待定，由评定机关决定",
    "include": "总分并列的都给",
    "exclude": "总分并列的都不给",
}
_MERGED = {
    "lowest": "合并、拆分的，上年星级取原党组织中最低的",
    "highest": "合并、拆分的，上年星级取原党组织中最高的",
    "none": "合并、拆分的，视为没有上年星级",
    "unknown": "",
}


def total_chapter(book: Rulebook) -> Chapter:
    """总分: how it is added up, its limits, how it is rounded."""
    if not book.sections:
        return Chapter("总分")
    kinds = {section.kind for section in book.sections}
    said = formula(book, book.total) if book.total is not None else _plain_total(kinds)
    limits = [f"最低{points(book.total_floor)}" if book.total_floor is not None else "最低0分"]
    if book.total_cap is not None:
        limits.append(f"最高{points(book.total_cap)}")
    rounding = f"总分四舍五入，保留{book.points.decimals}位小数"
    return Chapter("总分", (sentence((f"总分＝{said}，{'，'.join(limits)}", rounding)),))


def _plain_total(kinds: AbstractSet[str]) -> str:
    said = "各项目得分之和"
    if "bonus" in kinds:
        said += "＋加分"
    return f"{said}－减分" if "deduction" in kinds else said


# --- 星级标准 -----------------------------------------------------------------------------------------


def star_chapter(book: Rulebook) -> Chapter:
    """星级标准: one row for each star, high first."""
    if book.one_per_section is not None:
        return _by_section(book, book.one_per_section)
    bands = book.bands()
    rows = tuple(
        Row(
            (
                star_word(star.star, star.name),
                _edge(book, bands, place),
                _gates(book, star),
                quota_text(book, star.at_most) if star.at_most is not None else "",
                star.named_by or "",
            ),
            str(star.star),
        )
        for place, star in enumerate(bands)
    )
    if not rows:
        return Chapter("星级标准")
    table = Table(HEAD, WIDTHS, rows, centred=(0, 1, 4))
    return Chapter("星级标准", table=table, after=tuple(_star_notes(bands)))


def _edge(book: Rulebook, bands: tuple[Star, ...], place: int) -> str:
    own = bands[place].from_
    above = next((b.from_ for b in reversed(bands[:place]) if b.from_ is not None), None)
    direct = bands[place].if_
    granted = f"{when(book, direct, _FOUND)}的，不论得分" if direct is not None else ""
    if own is None:
        return granted
    return "；".join(filter(None, (_by_total(own, above), granted)))


def _by_total(own: Fraction, above: Fraction | None) -> str:
    if above is None:
        return f"{points(own)}以上（含）"
    low = f"{points(own)}以上（含），" if own > 0 else ""
    return f"{low}不满{points(above)}"


def _gates(book: Rulebook, star: Star) -> str:
    """附加条件: `requires`, and the mark that every section must reach."""
    said = [when(book, star.requires, _FOUND)] if star.requires is not None else []
    if star.each_section is not None:
        said.append(f"各部分都达到{_mark(star.each_section)}")
    return "，且".join(said)


def _mark(mark: Reach) -> str:
    return f"本部分满分的{percent(mark.number)}" if mark.share else points(mark.number)


def _by_section(book: Rulebook, rule: PerSection) -> Chapter:
    """One star for each section that reaches the mark."""
    titles = "、".join(each.title for each in book.sections if each.kind == "base")
    said = f"{titles}：每一部分达到{_mark(rule.from_)}的，得一颗星；一颗也没有的，不定星。"
    return Chapter("星级标准", (said,))


def _star_notes(bands: tuple[Star, ...]) -> Iterator[str]:
    lowest = next((star.from_ for star in reversed(bands) if star.from_ is not None), None)
    if lowest is not None and lowest > 0:
        yield f"总分不满{points(lowest)}的，不定星。"
    if any(star.requires is not None for star in bands):
        yield "达到分数线但不符合附加条件的，落到下一档。"
    if any(star.at_most is not None for star in bands):
        yield "名额按总分由高到低使用，超出的落到下一档，占下一档的名额。"


def quota_text(book: Rulebook, quota: AtMost) -> str:
    """`按所属乡镇，不超过参评数的30%（只取整数）；总分并列的待定…`."""
    among = f"按{quota.among}，" if quota.among is not None else ""
    if quota.share is not None:
        of = f"{when(book, quota.of)}的党组织数" if quota.of is not None else "参评数"
        limit = f"不超过{of}的{percent(quota.share)}（只取整数）"
    else:
        limit = f"不超过{quota.number}个"
    if isinstance(quota.on_tie, str):
        tie = _TIES[quota.on_tie]
    else:
        tie = f"总分并列的，依次比较{'、'.join(quota.on_tie)}，高的优先"
    level = f"属{quota.level.removesuffix('级')}级名额" if quota.level is not None else ""
    return "；".join(part for part in (f"{among}{limit}", tie, level) if part)


# --- 升降, 倒排 ---------------------------------------------------------------------------------------


def moves_chapter(book: Rulebook) -> Chapter:
    """升降: limits against last year's star."""
    moves = book.moves
    return Chapter("升降") if moves is None else Chapter("升降", tuple(_moves(book, moves)))


def _moves(book: Rulebook, moves: Moves) -> Iterator[str]:
    limits = []
    if moves.rise_at_most is not None:
        limits.append(f"最多晋升{moves.rise_at_most}个星级")
    if moves.fall_at_most is not None:
        limits.append(f"最多降低{moves.fall_at_most}个星级")
    unless = f"{when(book, moves.unless, _FOUND)}的，不受此限" if moves.unless is not None else ""
    if limits:
        yield sentence((f"与上年度最终星级相比，{'，'.join(limits)}", unless))
        yield "上年度没有星级的，不限制升降。"
    yield from filter(None, (sentence((_MERGED[moves.after_merger],)),))
    if moves.succeeds is not None:
        yield "原党组织的记录由合并、拆分后的党组织承继。"


def lagging_chapter(book: Rulebook) -> Chapter:
    """倒排建议: lists that never change a star."""
    lines = tuple(_lagging(book, rule) for rule in book.lagging)
    after = ("倒排名单只供研究，不改变星级。",) if lines else ()
    return Chapter("倒排建议", lines, after=after)


def _lagging(book: Rulebook, rule: Lagging) -> str:
    where = f"{when(book, rule.where)}的参评党组织" if rule.where is not None else "参评党组织"
    among = f"按{rule.among}，" if rule.among is not None else ""
    share = percent(rule.at_least)
    return f"{among}{where}按总分由低到高，列出不少于{share}（带小数的进一，并列的都列）。"
