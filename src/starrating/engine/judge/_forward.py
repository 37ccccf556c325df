"""The narrow wrapper around durable_rules 2.0.28: the only module that touches it.

The library has traps that crash a process or lose conclusions; this is how each is shut:

- Its host's timer threads walk sessions that are already freed: the host here starts none
  (`_run` does nothing), and the module-level functions, which make a host of their own, are
  never called.
- Batches crash when empty and end silently at a bad fact: facts are asserted one a call.
- Sessions are found by a 32-bit hash, cost 340 kB each, and the 1,025th is an error: there is
  one live session, under a lock, deleted after each run.
- A consequent's exception is swallowed into the state: the state is looked at after each call.
- A fact nobody wants, or asserted twice, raises: one rule wants every fact, and this module
  gives each fact an id of its own and refuses one that was given.
- Conditions that refer to another fact read past their array: a condition here can only be
  properties equal to whole numbers.
- A wall-clock jump of 10 s drops actions: every firing is counted, for the caller to compare.
- An endless chain never ends: firings are counted against a limit.
- Rule sets can not be unregistered: a Forward is made once a process (see durable.py).
- `utcfromtimestamp` warns at each firing on Python 3.12: that warning is filtered.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from starrating.engine.judge.model import JudgeFailed, OutOfReach

Properties = Mapping[str, int]
"""A flat fact, or a condition on one: names of ours to whole numbers."""
Assert = Callable[[str, Properties], None]
"""Asserts a fact under its id, from outside or from a consequent."""
Consequent = Callable[[int, Assert], None]
"""Told the number of the chain rule that fired; may assert further facts."""

EVERY_FACT = "any"
"""The property that every fact carries, and that the catch-all rule asks for."""
_SESSION = "s"
_MAX_PROPERTIES = 250
_MAX_RULE_SETS = 500
_numbers = count()
_lock = threading.RLock()


@dataclass(slots=True)
class _Run:
    """One run over one session: what to tell, what was asserted, how often rules fired."""

    consequent: Consequent
    at_most: int
    facts: set[str] = field(default_factory=set)
    firings: int = 0
    seen: int = 0

    def claim(self, fact_id: str, properties: Properties) -> dict[str, object]:
        """Make the fact as durable_rules takes it: a new id, values whole numbers."""
        if fact_id in self.facts:
            raise JudgeFailed(f"fact {fact_id} is asserted twice")
        if len(properties) > _MAX_PROPERTIES:
            raise JudgeFailed(f"fact {fact_id} has {len(properties)} properties")
        for name, value in properties.items():
            if type(value) is not int or not 0 <= value < 2**31:
                raise JudgeFailed(f"fact {fact_id}: {name} is {value!r}, not a whole number")
        self.facts.add(fact_id)
        return {"sid": _SESSION, "id": fact_id, EVERY_FACT: 1, **properties}

    def counted(self) -> None:
        """Count one firing; too many are an endless chain."""
        self.firings += 1
        if self.firings > self.at_most:
            raise JudgeFailed(f"more than {self.at_most} firings: the chain does not end")


class Forward:
    """Chain rules compiled into durable_rules; each is a sequence of conditions joined by and.

    A chain rule fires once for every combination of facts that meets its conditions.
    Where durable_rules can not be imported, or refuses the rules, making one is OutOfReach.
    """

    def __init__(self, chain: Sequence[Sequence[Properties]]) -> None:
        self._run: _Run | None = None
        self._host = _host()
        number_in_process = next(_numbers)
        if number_in_process >= _MAX_RULE_SETS:
            raise OutOfReach(f"more than {_MAX_RULE_SETS} rule sets in one process")
        self._name = f"r{number_in_process}"
        definition = {
            f"a{number}": {
                "all": [{f"c{place}": _condition(one)} for place, one in enumerate(conditions)],
                "run": self._fires(number),
            }
            for number, conditions in enumerate(chain)
        }
        definition["z"] = {"all": [{"c0": {EVERY_FACT: 1}}], "run": self._seen}
        try:
            self._host.set_rulesets({self._name: definition})
        except Exception as error:
            raise OutOfReach(f"durable_rules refuses the rules: {error}") from error

    def run(
        self, facts: Mapping[str, Properties], consequent: Consequent, at_most: int
    ) -> tuple[int, bool]:
        """Assert `facts` (id to properties) one by one, each chained to its end.

        Returns the number of firings of chain rules, and whether the catch-all rule saw every
        fact asserted. JudgeFailed: an exception in a consequent, an id given twice, a value
        that is no whole number, more than `at_most` firings.
        """
        with _lock, _quiet():
            self._run = run = _Run(consequent, at_most)
            try:
                for fact_id, properties in facts.items():
                    self._assert(run.claim(fact_id, properties))
            finally:
                self._run = None
                if run.facts:
                    self._forget()
            return run.firings, run.seen == len(run.facts)

    def _assert(self, fact: dict[str, object]) -> None:
        try:
            state = self._host.assert_fact(self._name, fact)
        except Exception as error:
            raise JudgeFailed(f"durable_rules refuses a fact: {error!r}") from error
        if isinstance(state, dict) and "exception" in state:  # 0 where an action was dropped
            raise JudgeFailed(f"a consequent failed: {state['exception']}")

    def _forget(self) -> None:
        """Delete the one session, if a fact came far enough to open it."""
        engine = _library()
        try:
            self._host.delete_state(self._name, _SESSION)
        except engine.durable_rules_engine.error as error:
            if "309" not in str(error):  # there is no such session
                raise JudgeFailed(f"the session can not be deleted: {error}") from error

    def _fires(self, number: int) -> Callable[[Any], None]:
        def fire(closure: Any) -> None:
            run = self._current()
            run.counted()
            run.consequent(
                number, lambda fact_id, facts: closure.assert_fact(run.claim(fact_id, facts))
            )

        return fire

    def _seen(self, _closure: Any) -> None:
        self._current().seen += 1

    def _current(self) -> _Run:
        if self._run is None:
            raise JudgeFailed("a rule fired outside a run")
        return self._run


def _condition(properties: Properties) -> dict[str, object]:
    for name, value in properties.items():
        if type(value) is not int:
            raise TypeError(f"a condition compares {name} with {value!r}, not a whole number")
    if len(properties) == 1:
        return dict(properties)
    return {"$and": [{name: value} for name, value in properties.items()]}


@cache
def _library() -> Any:
    """Import durable.engine; OutOfReach where that fails (no compiler, Python 3.13)."""
    try:
        from durable import engine
    except Exception as error:
        raise OutOfReach(f"durable_rules can not be imported: {error!r}") from error
    return engine


@cache
def _host() -> Any:
    """Make the one host of this process, which starts no threads."""
    engine = _library()
    quiet_host = type("QuietHost", (engine.Host,), {"_run": lambda _self: None})
    return quiet_host()


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"durable\.engine")
        yield
