"""The 评定方案 (plan.yaml): which period is reviewed, by which rulebooks, at which stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from starrating.faults import Fault, in_order
from starrating.origin import Origin
from starrating.oserrors import why
from starrating.records.codes import CODES
from starrating.records.near import near
from starrating.schema import LEVELS, STAGES
from starrating.yamltext import MappingNode, Node, ScalarNode, SequenceNode, load

PLAN_FILE = "plan.yaml"
_SAME_LEVEL = {"乡": "镇", "乡镇": "镇", "街道": "镇", "区": "县", "全国": "中央"}
"""Other words for a level; 镇级 is 镇."""
_KEYS = (
    "title",
    "level",
    "period",
    "cut_off",
    "rulebooks",
    "stage",
    "office",
    "publicity",
)


DAYS = re.compile(r"[1-9][0-9]{0,2}")
"""How many days `publicity` may say."""
DAY_KINDS = ("working", "calendar")
"""What days of `publicity` may be: 工作日, 自然日."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan says. Texts are "" and lists empty where the plan is silent.

    `level` is one of LEVELS or "", `stage` one of STAGES or ""; `rulebooks` holds pairs of id
    and version (None: the one in force at the end of the period); `office` and `publicity` are
    printed as given; `data` is the file as supplied.
    """

    title: str = ""
    level: str = ""
    period: str = ""
    cut_off: date | None = None
    rulebooks: tuple[tuple[str, str | None], ...] = ()
    stage: str = ""
    office: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    publicity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origin: Origin = field(default_factory=lambda: Origin(PLAN_FILE))
    data: bytes = b""


def find_plan(data: Path) -> Path | None:
    """The plan of a review folder, if `data` is a folder that holds one."""
    path = data / PLAN_FILE
    return path if data.is_dir() and path.is_file() else None


def read_plan(path: Path) -> tuple[Plan | None, tuple[Fault, ...]]:
    """The plan in that file and its faults; None after a fatal one."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None, (CODES.fault("D101", Origin(path.name), path=path.name),)
    except OSError as error:
        reason = why(error)
        return None, (CODES.fault("D117", Origin(path.name), reason=reason),)
    return plan_from_bytes(data, path.name)


def plan_from_bytes(data: bytes, file: str = PLAN_FILE) -> tuple[Plan | None, tuple[Fault, ...]]:
    """The plan written in `data`; `file` is the path that faults show."""
    node, found = load(data, file)
    if node is None:
        return None, found
    if not isinstance(node, MappingNode):
        return None, in_order((*found, CODES.fault("D601", node.origin)))
    reader = _Reader(list(found))
    return reader.plan(node, file, data), in_order(reader.faults)


class _Reader:
    """Reads the keys of one plan, each into its field, and gathers the faults."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self.values: dict[str, Node] = {}

    def plan(self, node: MappingNode, file: str, data: bytes) -> Plan:
        for key, value in node.items:
            if key.value in _KEYS:
                self.values[key.value] = value
            else:
                self._fault("D602", key, key=key.value, near=near(key.value, _KEYS))
        return Plan(
            title=self._text("title"),
            level=self._level(),
            period=self._text("period"),
            cut_off=self._cut_off(),
            rulebooks=self._rulebooks(),
            stage=self._choice("stage", STAGES, lambda text: text),
            office=self._mapping("office"),
            publicity=self._publicity(),
            origin=Origin(file),
            data=data,
        )

    def _fault(self, code: str, node: Node, **parts: object) -> None:
        self.faults.append(CODES.fault(code, node.origin, **parts))

    def _text(self, key: str) -> str:
        node = self.values.get(key)
        if node is None:
            return ""
        if isinstance(node, ScalarNode):
            return node.value.strip()
        self._fault("D603", node, key=key, wanted="一个文字")
        return ""

    def _level(self) -> str:
        def canonical(text: str) -> str:
            text = text.removesuffix("级")
            return _SAME_LEVEL.get(text, text)

        return self._choice("level", LEVELS, canonical)

    def _choice(self, key: str, choices: tuple[str, ...], canonical: Callable[[str], str]) -> str:
        text = self._text(key)
        chosen = canonical(text)
        if not text or chosen in choices:
            return chosen
        self._fault(
            "D605",
            self.values[key],
            key=key,
            value=text,
            choices="、".join(choices),
            near=near(chosen, choices),
        )
        return ""

    def _cut_off(self) -> date | None:
        text = self._text("cut_off")
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._fault("D604", self.values["cut_off"], value=text)
            return None

    def _rulebooks(self) -> tuple[tuple[str, str | None], ...]:
        node = self.values.get("rulebooks")
        if node is None:
            return ()
        items = node.items if isinstance(node, SequenceNode) else (node,)
        books: dict[str, str | None] = {}
        for item in items:
            name = item.value.strip() if isinstance(item, ScalarNode) else ""
            book, _, version = (part.strip() for part in name.partition("@"))
            if not book or book in books:
                self._fault("D603", item, key="rulebooks", wanted="不重复的规则编号清单")
            else:
                books[book] = version or None
        return tuple(books.items())

    def _publicity(self) -> Mapping[str, str]:
        """How long results are made public; nothing where a part of it cannot be read."""
        written = self._mapping("publicity")
        before = len(self.faults)
        for key, value in written.items():
            node = self.values["publicity"]
            if key not in {"days", "kind"}:
                self._fault("D602", node, key=key, near=near(key, ("days", "kind")))
            elif key == "days" and not DAYS.fullmatch(value):
                self._fault("D603", node, key=key, wanted="1 至 999 的整数")
            elif key == "kind" and value not in DAY_KINDS:
                said = "、".join(DAY_KINDS)
                self._fault("D605", node, key=key, value=value, choices=said, near="")
        return written if len(self.faults) == before else MappingProxyType({})

    def _mapping(self, key: str) -> Mapping[str, str]:
        node = self.values.get(key)
        texts: dict[str, str] = {}
        if isinstance(node, MappingNode):
            for name, value in node.items:
                if isinstance(value, ScalarNode):
                    texts[name.value] = value.value.strip()
                else:
                    self._fault("D603", value, key=name.value, wanted="一个文字")
        elif node is not None and not (isinstance(node, ScalarNode) and not node.value):
            self._fault("D603", node, key=key, wanted="“名称: 内容”的清单")
        return MappingProxyType(texts)
