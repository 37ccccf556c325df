"""A review as columns: every rulebook in turn by the kernel, nobody read out (steps 0 to 13)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from starrating.engine.changes import after_changes
from starrating.engine.elsewhere import Figures
from starrating.engine.flag_sets import Flags
from starrating.engine.kernel.evaluate import Reviewed
from starrating.engine.kernel.values.decode import decoded
from starrating.engine.people.part import decisions, set_aside
from starrating.engine.setting import Previous, Setting
from starrating.engine.values import NONE, Interval, Value
from starrating.records.model import Records
from starrating.reviewing.evaluations import Told, in_turn, known_flags, second_person
from starrating.reviewing.ground import Ground


def reviewed_in_turn(
    ground: Ground, records: Records, one: Callable[[Setting, Mapping[str, Flags]], Reviewed]
) -> tuple[Reviewed, ...]:
    """The columns of every rulebook, with people's part as far as it acts on facts and flags
    (step 16).

    `records` are the ground's after corrections; `one` reviews one rulebook, given its setting and
    the flags that stand before it.
    """
    renamed = after_changes(Previous(), records, None, ground.heading.cut_off, ground.last_known)
    decided, _ = decisions(renamed.records, known_flags(ground), second_person(ground))
    asides, _ = set_aside(renamed.records)
    last = len(ground.books) - 1
    done: list[Reviewed] = []

    def told(reviewed: Reviewed) -> Told:
        done.append(reviewed)
        if len(done) > last:
            return Told({}, {})  # nobody runs after it
        flags = {code: reviewed.flags.at(place) for place, code in enumerate(reviewed.codes)}
        return Told(flags, _figures(reviewed))

    return in_turn(ground, records, (decided, asides), [], one, told)


def _figures(reviewed: Reviewed) -> dict[str, Figures]:
    """What rulebooks that run later may read of this one's result."""
    total, grades, rated = reviewed.scores.total.value, reviewed.grades, reviewed.scores.rated
    found = {}
    for place, code in enumerate(reviewed.codes):
        value = decoded(total, place)
        assert isinstance(value, Interval)
        star: Value = NONE
        if grades is not None and rated[place]:
            low, high = int(grades.star_low[place]), int(grades.star_high[place])
            star = Interval(Fraction(low), Fraction(high))
        found[code] = Figures(value, star)
    return found
