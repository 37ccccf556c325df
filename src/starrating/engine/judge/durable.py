"""The judge on durable_rules: rule sets compiled into short chain rules over flat facts.

Every alternative of a rule becomes one chain rule: one condition on a fact of bits, and one on
the fact of each flag it asks for. No text of a rulebook enters durable_rules: bits, flags and
rules are numbered. One fact may match 64 rules and hold 253 properties at most, so
alternatives are split into parts, each with a fact of its own; what can not be split is refused
with a reason (OutOfReach), and the native chainer serves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import ClassVar

from starrating.engine.judge._forward import Assert, Forward, Properties
from starrating.engine.judge.model import (
    Alternative,
    JudgeFailed,
    OutOfReach,
    RuleSet,
    Verdict,
    ones_of,
)

PART_ALTERNATIVES = 60
"""Alternatives that read one fact of bits: 64 rules can match a fact."""
PART_BITS = 240
"""Bits of one fact: a fact holds 252 properties."""
MAX_FLAGS_ASKED = 15
"""Flags one alternative may ask for: a rule holds 16 conditions, and one is the bits'."""
MAX_FLAG_READERS = 200
"""Alternatives that ask for one flag: a list of 256 that the library does not guard well."""
MAX_LEVEL = 400
"""Flags and parts together: conditions on one level, of which 512 hang."""
MAX_CHAIN = 2_400
"""Alternatives in all: 40 parts."""


class _Shortfall(JudgeFailed):
    """Rules whose conditions hold did not fire, as after a jump of the clock."""


@dataclass(frozen=True, slots=True)
class _Link:
    """One alternative of the rule number `rule`, and the part whose fact it reads."""

    rule: int
    part: int
    needs: Alternative


@dataclass(slots=True)
class _Parts:
    """Alternatives dealt into parts in the order written."""

    links: list[_Link] = field(default_factory=list)
    bits: list[dict[str, None]] = field(default_factory=list)
    held: int = PART_ALTERNATIVES

    def add(self, rule: int, needs: Alternative) -> None:
        wanted = dict.fromkeys(sorted(needs[0]))
        if self.held == PART_ALTERNATIVES or len(self.bits[-1] | wanted) > PART_BITS:
            self.bits.append({})
            self.held = 0
        self.bits[-1] |= wanted
        self.held += 1
        self.links.append(_Link(rule, len(self.bits) - 1, needs))


class _Compiled:
    """A rule set inside durable_rules."""

    def __init__(self, ruleset: RuleSet) -> None:
        parts = _Parts()
        for number, rule in enumerate(ruleset.rules):
            for needs in rule.when:
                if len(needs[0]) > PART_BITS:
                    raise OutOfReach(f"rule {rule.id} asks for more than {PART_BITS} bits at once")
                parts.add(number, needs)
        self.links = tuple(parts.links)
        self.part_bits = tuple(tuple(bits) for bits in parts.bits)
        self.bit = {name: f"b{number}" for number, name in enumerate(ruleset.bits)}
        self.flag = {name: f"f{number}" for number, name in enumerate(ruleset.flags)}
        _check_reach(ruleset, self)
        self.forward = Forward([tuple(self._conditions(link)) for link in self.links])

    def _conditions(self, link: _Link) -> Iterator[Properties]:
        bits, flags = link.needs
        yield {"part": link.part} | {self.bit[name]: 1 for name in sorted(bits)}
        for name in sorted(flags):
            yield {self.flag[name]: 1}

    def facts(self, ones: frozenset[str], standing: frozenset[str]) -> dict[str, Properties]:
        """Make the facts: the flags that stand, then the bits of each part."""
        standing_flags = (self.flag[name] for name in sorted(standing))
        facts: dict[str, Properties] = {flag: {flag: 1} for flag in standing_flags}
        for part, bits in enumerate(self.part_bits):
            values = {self.bit[name]: int(name in ones) for name in bits}
            facts[f"v{part}"] = {"part": part} | values
        return facts


def _check_reach(ruleset: RuleSet, compiled: _Compiled) -> None:
    """OutOfReach if the rule set can not be carried, however it is split."""
    readers: Counter[str] = Counter()
    for link in compiled.links:
        asked = link.needs[1]
        readers.update(asked)
        if len(asked) > MAX_FLAGS_ASKED:
            rule = ruleset.rules[link.rule].id
            raise OutOfReach(f"rule {rule} asks for more than {MAX_FLAGS_ASKED} flags at once")
    for name in sorted(readers):
        if readers[name] > MAX_FLAG_READERS:
            raise OutOfReach(f"more than {MAX_FLAG_READERS} alternatives ask for the flag {name}")
    if len(readers) + len(compiled.part_bits) > MAX_LEVEL:
        raise OutOfReach(f"more than {MAX_LEVEL} flags are asked for")
    if len(compiled.links) > MAX_CHAIN:
        raise OutOfReach(f"more than {MAX_CHAIN} alternatives")


@cache
def _compiled(ruleset: RuleSet) -> _Compiled:
    """Compile a rule set, once a process: the library never gives one back."""
    return _Compiled(ruleset)


class DurableJudge:
    """Judge by durable_rules; OutOfReach where it is missing or can not carry the rule set."""

    name: ClassVar[str] = "durable"

    def __init__(self, ruleset: RuleSet) -> None:
        self.ruleset = ruleset
        self._compiled = _compiled(ruleset)

    def judge(
        self, vector: Mapping[str, int], standing: frozenset[str], blocked: frozenset[str]
    ) -> Verdict:
        """Judge one vector (see Judge.judge).

        Every firing is held against what must fire; a run that lost one is run once more.
        """
        ones = ones_of(self.ruleset, vector, standing, blocked)
        try:
            return self._once(ones, standing, blocked)
        except _Shortfall:
            return self._once(ones, standing, blocked)

    def _once(
        self, ones: frozenset[str], standing: frozenset[str], blocked: frozenset[str]
    ) -> Verdict:
        compiled, rules = self._compiled, self.ruleset.rules
        fired: set[int] = set()
        flags = set(standing)

        def collect(number: int, assert_fact: Assert) -> None:
            fired.add(number)
            flag = rules[compiled.links[number].rule].raises
            if flag is not None and flag not in flags and flag not in blocked:
                flags.add(flag)
                assert_fact(compiled.flag[flag], {compiled.flag[flag]: 1})

        firings, all_seen = compiled.forward.run(
            compiled.facts(ones, standing), collect, at_most=len(compiled.links)
        )
        expected = {
            number
            for number, link in enumerate(compiled.links)
            if link.needs[0] <= ones and link.needs[1] <= flags
        }
        if fired != expected or firings != len(expected) or not all_seen:
            raise _Shortfall(f"{firings} firings, {len(expected)} expected")
        return Verdict(
            frozenset(rules[compiled.links[number].rule].id for number in fired),
            frozenset(flags),
        )
