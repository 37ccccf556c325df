"""Small random batches for grading: candidates, bands with quotas, moves; many ties."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from starrating.engine.grading import Candidate, LastStar, Moves, Quota, Standing
from starrating.engine.grading.model import Band

TOTALS = st.sampled_from([Fraction(n) for n in (45, 60, 61, 70, 80)])
GROUPS = st.sampled_from(["a", "a", "b", None])
ON_TIE = st.sampled_from(["undecided", "undecided", "undecided", "include", "exclude", ("m",)])
LASTS = st.sampled_from(
    [LastStar.NONE, LastStar.UNKNOWN, LastStar.NOT_RATED, *(LastStar(n) for n in range(6))]
)


@st.composite
def quotas(draw):
    share = draw(st.sampled_from([None, None, Fraction(3, 10), Fraction(1, 2)]))
    number = draw(st.integers(0, 3)) if share is None else draw(st.sampled_from([None, 2]))
    return Quota(share, number, "镇", draw(ON_TIE), applied=draw(st.integers(0, 5)) > 0)


@st.composite
def ladders(draw):
    stars = sorted(draw(st.sets(st.integers(1, 5), min_size=2, max_size=4)), reverse=True)
    edges = sorted(draw(st.lists(TOTALS, min_size=len(stars), max_size=len(stars))), reverse=True)
    return tuple(
        Band(star, edge, draw(st.none() | quotas()) if draw(st.booleans()) else draw(quotas()))
        for star, edge in zip(stars, edges, strict=True)
    )


@st.composite
def standings(draw, size):
    mostly = st.integers(0, 3).map(bool)
    return Standing(
        total=draw(TOTALS),
        requires=tuple(draw(mostly) for _ in range(size)),
        quota_member=tuple(draw(mostly) for _ in range(size)),
        tie_break=tuple((Fraction(draw(st.integers(0, 1))),) for _ in range(size)),
        last=draw(LASTS),
        cap=draw(st.none() | st.integers(0, 5)),
        forbidden=draw(st.integers(0, 9)) == 9,
        unless=draw(st.integers(0, 5)) == 5,
    )


@st.composite
def candidates(draw, code, size):
    shown = draw(standings(size))
    low = high = shown
    if draw(st.integers(0, 3)) == 0:
        low = replace(shown, cap=draw(st.integers(0, 2)))
    if draw(st.integers(0, 3)) == 0:
        high = replace(shown, total=draw(TOTALS), requires=(True,) * size)
    groups = tuple(draw(GROUPS) for _ in range(size))
    if draw(st.booleans()):
        groups = (groups[0],) * size
    return Candidate(code, draw(st.integers(0, 9)) < 9, groups, shown, low, high)


@st.composite
def batches(draw):
    bands = draw(ladders())
    limit = st.none() | st.integers(0, 2)
    moves = Moves(draw(limit), draw(limit))
    subjects = [draw(candidates(f"{n:02}", len(bands))) for n in range(draw(st.integers(1, 7)))]
    return subjects, bands, moves


@st.composite
def nested(draw):
    """Ties on ties: few seats on every band, near-equal totals, conditions that part the losers."""
    size = draw(st.integers(3, 4))
    seats = st.builds(Quota, number=st.integers(0, 3), on_tie=ON_TIE.filter(lambda x: x != ("m",)))
    bands = tuple(
        Band(size - rung, Fraction(10 - rung), draw(seats if rung < size - 1 else st.none()))
        for rung in range(size)
    )
    subjects = []
    for n in range(draw(st.integers(4, 7))):
        total = Fraction(draw(st.sampled_from([10, 10, 10, 9, 11])))
        requires = tuple(draw(st.integers(0, 2)) > 0 for _ in range(size))
        plain = Standing(total, requires, (True,) * size, ((),) * size)
        groups = (None, *(draw(st.sampled_from("aaab")) for _ in range(size - 1)))
        subjects.append(Candidate(f"{n:02}", True, groups, plain, plain, plain))
    return subjects, bands, Moves()


@st.composite
def crowds(draw):
    """Hundreds of subjects: shares of towns and of all, conditions, grants, stars by sections."""
    random = draw(st.randoms(use_true_random=False))
    size = draw(st.integers(2, 5))
    towns = draw(st.sampled_from(["a", "abc", "abcdefgh"]))
    step = draw(st.sampled_from([1, 10, 100]))
    quota = st.builds(
        Quota,
        share=st.sampled_from([Fraction(1, 10), Fraction(3, 10), Fraction(9, 10)]),
        number=st.none() | st.integers(5, 60),
        among=st.sampled_from([None, "镇"]),
        on_tie=st.sampled_from(["undecided", "undecided", "include", "exclude", ("m",)]),
        applied=st.integers(0, 4).map(bool),
    )
    bands = tuple(
        Band(size - rung, Fraction(95 - 10 * rung), draw(st.none() | quota | quota))
        for rung in range(size)
    )
    subjects = []
    for n in range(draw(st.sampled_from([60, 300]))):
        town = random.choice(towns)
        total = Fraction(random.randrange(55 * step, 100 * step), step)
        standing = Standing(
            total,
            tuple(random.random() < 0.9 for _ in range(size)),
            tuple(random.random() < 0.95 for _ in range(size)),
            tuple((Fraction(random.randrange(3)),) for _ in range(size)),
            last=random.choice([LastStar.NONE, LastStar.UNKNOWN, LastStar(3), LastStar(5)]),
            cap=random.choice([None] * 9 + [2]),
            forbidden=random.random() < 0.02,
            unless=random.random() < 0.1,
            figure=random.choice([None] * 5 + [Fraction(random.randrange(101))]),
            direct=random.choice([None] * 9 + [size]),
        )
        low = replace(standing, cap=1) if random.random() < 0.02 else standing
        high = replace(standing, total=total + 5) if random.random() < 0.1 else standing
        groups = tuple(
            town if band.quota is not None and band.quota.among is not None else None
            for band in bands
        )
        rated = random.random() < 0.95
        subjects.append(Candidate(f"{n:04}", rated, groups, standing, low, high))
    moves = Moves(draw(st.none() | st.integers(0, 2)), draw(st.none() | st.integers(0, 2)))
    return subjects, bands, moves
