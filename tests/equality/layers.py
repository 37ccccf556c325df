"""Rulebooks that extend another: a library, a free superior, one with locks (docs/language/layers.md)."""

from __future__ import annotations

from typing import Any

from equality.dice import Dice

Written = dict[str, Any]
NORMS = "norms"
SUPERIOR = "superior"
"""The key under which a drawn document holds the book that it extends; no word of the language."""
_SHARED = ("measures", "lists", "terms", "columns", "tables")
_HEAD = ("format", "id", "version", "title", "in_force")


def layered(dice: Dice, book: Written) -> Written:
    """The same book as two files, the lower one changing some of the upper one's words."""
    way = dice.one((_library, _free, _free, _locked))
    upper, lower = way(dice, book)
    upper |= {"id": NORMS, "version": "1"}
    head = {word: book[word] for word in _HEAD}
    lower = {**head, "extends": {"id": NORMS, "version": "1"}, **lower}
    return {**lower, SUPERIOR: upper}


def _library(_dice: Dice, book: Written) -> tuple[Written, Written]:
    upper = {word: book[word] for word in (*_HEAD, *_SHARED)}
    lower = {word: own for word, own in book.items() if word not in upper}
    return {**upper, "library": True, "issued": {"by": "虚构省委组织部"}}, lower


def _free(dice: Dice, book: Written) -> tuple[Written, Written]:
    """No locks: items, sections, measures, lists, judgements, stars, duties change as one likes."""
    changes: Written = {"lists": {"两项": ["挂牌上墙", "有制度", "有党旗", "有党徽"]}}
    for section in book.get("sections", ()):
        if dice.maybe(50):
            changes.setdefault("sections", {})[section["title"]] = {"cap": dice.pick(3, 7, 30)}
        for item in section["items"]:
            if dice.maybe(40):
                own: Written = {"cap": dice.pick(4, 2.5)}
                if "deduct" in item["clauses"][0]:
                    own["clauses"] = {
                        "1": {"up_to": dice.pick(1, 2)},
                        "new": [{"deduct": 1, "if": "found 未公开"}],
                    }
                changes.setdefault("items", {})[item["id"]] = own
    for name, measure in book["measures"].items():
        if "count" in measure and dice.maybe(50):
            changes.setdefault("measures", {})[name] = {"look_back": "1 years"}
    for judgement in book.get("judgements", ()):
        if dice.maybe(40):
            changes.setdefault("judgements", {})[judgement["id"]] = {"then": {"task": "谈话提醒"}}
    stars = book.get("stars")
    if isinstance(stars, list) and dice.maybe(60):
        changes["stars"] = {str(stars[0]["star"]): {"requires": "found 挂牌上墙"}}
    for key in book.get("rectification", {}):
        if key == "default" and dice.maybe(60):
            changes["rectification"] = {key: {"owner": "书记"}}
    return {**book}, {"changes": changes}


def _locked(dice: Dice, book: Written) -> tuple[Written, Written]:
    """All locked, but for what each thing leaves to the lower layer."""
    upper: Written = {**book, "locked": True, "adjustable": {"total_cap": "any"}}
    lower: Written = {"total_cap": dice.pick(9, 15)}
    changes: Written = {}
    _each(
        upper,
        "measures",
        lambda name, own: _loose(own, changes, "measures", name, "look_back", "2 years"),
    )
    if "sections" in book:
        upper["sections"] = [_section(dice, own, changes) for own in book["sections"]]
    if "judgements" in book:
        upper["judgements"] = [
            _loose(own, changes, "judgements", own["id"], "title", "从严的情形")
            for own in book["judgements"]
        ]
    if isinstance(book.get("stars"), list):
        upper["stars"] = [
            _loose(own, changes, "stars", str(own["star"]), "name", f"{own['star']}星")
            for own in book["stars"]
        ]
    return upper, {**lower, "changes": changes}


def _each(book: Written, word: str, made: Any) -> None:
    book[word] = {name: made(name, own) for name, own in book[word].items()}


def _loose(own: Written, changes: Written, word: str, name: str, left: str, value: Any) -> Written:
    """A locked thing that leaves one word to the lower layer, which says it."""
    if word == "measures" and "sheet" not in own:
        return {**own, "locked": True}
    changes.setdefault(word, {})[name] = {left: value}
    return {**own, "locked": True, "adjustable": {left: "any"}}


def _section(dice: Dice, own: Written, changes: Written) -> Written:
    title = own["title"]
    items = []
    for item in own["items"]:
        clauses = [{**item["clauses"][0], "adjustable": {"up_to": "1 to 9"}}, *item["clauses"][1:]]
        items.append({**item, "clauses": clauses, "locked": True, "adjustable": {"cap": "any"}})
        changes.setdefault("items", {})[item["id"]] = {
            "cap": dice.pick(3, 6),
            "clauses": {"1": {"up_to": dice.pick(2, 5)}},
        }
    changes.setdefault("sections", {})[title] = {"cap": dice.pick(8, 20)}
    left = {"left": 2, "points": own["points"] + 2} if "points" in own else {}
    return {**own, **left, "items": items, "locked": True, "adjustable": {"cap": "any"}}
