"""clipspy: CLIPS rules over one fact a branch, a rule an indicator that asserts its points as a fact.

Whole ten-thousandths, for CLIPS has no decimals. The facts that rules asserted are read back: they
say which indicator gave what.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import clips
import pandas as pd

from benchmarks.peers import EXACT, Answer
from benchmarks.peers.figures import load
from benchmarks.peers.table import UNIT, Indicator, Table

__all__ = ["LIMIT", "TRACE", "grade", "load"]
TRACE = "facts asserted by the rules, read back"
LIMIT = EXACT
_HALF_UP = "(deffunction half-up (?n ?d) (div (+ (* 2 ?n) ?d) (* 2 ?d)))"
READ = {
    "told-total": "?f:value",
    "told-verdict": "?f:id",
    "told-points": "?f:item ?f:value",
}
"""Functions that list what the rules asserted: the answer, and which indicator gave what."""
_FACTS = """
(deftemplate points (slot item) (slot section) (slot value) (slot printed))
(deftemplate sum (slot section) (slot value))
(deftemplate verdict (slot id))
(deftemplate total (slot value))
"""


def grade(table: Table, data: pd.DataFrame) -> Iterator[Answer]:
    """A branch at a time: its fact in, run, facts out, retracted by reset."""
    environment = clips.Environment()
    for construct in constructs(table):
        environment.build(construct)
    template = environment.find_template("branch")
    for code, facts in zip(data.index, data.to_dict("records"), strict=True):
        environment.reset()
        template.assert_fact(**facts)
        environment.run()
        # Python's objects of facts outlive a reset and make the next one slower: a list is read.
        total, verdicts, _points = (list(environment.eval(f"({name})")) for name in READ)
        yield Answer(code, Decimal(total[0]) / 100, frozenset(map(str, verdicts)))


def constructs(table: Table) -> Iterator[str]:
    """Templates and rules."""
    yield _HALF_UP
    slots = " ".join(f"(slot {figure.key})" for figure in table.figures)
    yield f"(deftemplate branch {slots})"
    yield from filter(None, _FACTS.splitlines())
    for name, slots in READ.items():
        template = name.removeprefix("told-")
        yield (
            f"(deffunction {name} () (bind ?r (create$)) (do-for-all-facts ((?f {template})) TRUE"
            f" (bind ?r (create$ ?r {slots}))) ?r)"
        )
    for item in (*table.items, *table.bonus):
        yield _rule(item, "bonus" if item in table.bonus else item.section)
    for verdict in table.verdicts:
        yield (
            f"(defrule {verdict.id} (branch ({verdict.figure} ?n&:(>= ?n {verdict.at_least})))"
            f" => (assert (verdict (id {verdict.id}))))"
        )
    for name, items in table.sections.items():
        whole = sum(item.points for item in items)
        yield (
            f"(defrule {name} (declare (salience -10)) (branch) => (bind ?v 0) (bind ?p 0)"
            f" (do-for-all-facts ((?f points)) (eq ?f:section {name})"
            f" (bind ?v (+ ?v ?f:value)) (bind ?p (+ ?p ?f:printed)))"
            f" (assert (sum (section {name}) (value (half-up (* ?v {whole}) ?p)))))"
        )
    yield (
        "(defrule total (declare (salience -20)) (branch) => (bind ?b 0) (bind ?g 0)"
        " (do-for-all-facts ((?f sum)) TRUE (bind ?b (+ ?b ?f:value)))"
        " (do-for-all-facts ((?f points)) (eq ?f:section bonus) (bind ?g (+ ?g ?f:value)))"
        f" (assert (total (value (half-up (+ (half-up (* ?b {100 * UNIT}) {table.whole}) ?g)"
        " 100)))))"
    )


def _rule(item: Indicator, section: str) -> str:
    slots = " ".join(
        f"({key} ?{name})" for key, name in zip(item.figures, ("n", "d"), strict=False)
    )
    applies = f" ({item.applies} ?a&:(> ?a 0))" if item.applies else ""
    fact = f"(item {item.id}) (section {section}) (value {_value(item)}) (printed {item.points})"
    return f"(defrule {item.id} (branch {slots}{applies}) => (assert (points {fact})))"


def _value(item: Indicator) -> str:
    if item.form == "less":
        return f"(max 0 (- {item.points} (* {item.step} ?n)))"
    if item.form == "found":
        return f"(if (> ?n 0) then {item.points} else {item.points - item.step})"
    if item.form == "given":
        return f"(* ?n {UNIT // 100})"
    if item.form == "share":
        return f"(if (= ?d 0) then {item.points} else (half-up (* {item.points} ?n) ?d))"
    bands = "0"
    for a, b, points in reversed(item.edges):
        bands = f"(if (>= (* ?n {b}) (* ?d {a})) then {points} else {bands})"
    return f"(if (= ?d 0) then {item.points} else {bands})"
