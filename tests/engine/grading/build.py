"""Short ways to write candidates and bands in tests."""

from fractions import Fraction

from starrating.engine.grading import Band, Candidate, LastStar, Quota, Standing


def bands(*rows):
    """Bands from (star, edge) or (star, edge, quota)."""
    return tuple(Band(row[0], Fraction(row[1]), *row[2:]) for row in rows)


FIVE = bands((5, 90), (4, 80), (3, 70), (2, 60), (1, 0))


def seats(number, **more):
    return Quota(number=number, **more)


def standing(total, size=5, *, requires=None, member=None, tie_break=None, **more):
    """One reading; `requires` names the rungs that fail."""
    return Standing(
        Fraction(str(total)),
        tuple(rung not in (requires or ()) for rung in range(size)),
        tuple(member if member is not None else (True,) * size),
        tuple(tuple(map(Fraction, each)) for each in tie_break or ((),) * size),
        **more,
    )


def one(code, total, size=5, *, group=None, rated=True, low=None, high=None, **more):
    """A candidate; `low` and `high` change single values of the shown reading."""
    shown = {"total": total, "size": size, **more}
    groups = group if isinstance(group, tuple) else (group,) * size
    return Candidate(
        code,
        rated,
        groups,
        standing(**shown),
        standing(**{**shown, **(low or {})}),
        standing(**{**shown, **(high or {})}),
    )


def last(star):
    return LastStar(star)


def stars(grades):
    """Code to star, or to (low, high) where it is open."""
    return {
        grade.code: grade.star
        if grade.star_low == grade.star_high
        else (grade.star_low, grade.star_high)
        for grade in grades
    }
