"""Grading by brute force: steps 10–12 written a second time, every filling enumerated.

It shares nothing with the engine but the input types. A filling of a quota is *any* set of as many
holders as there are seats in which nobody seated stands behind somebody who is not.
"""

from fractions import Fraction
from itertools import combinations, product


def held_star(standing, bands, moves, last):
    """The star before quotas; `last` is a number or None."""
    ladder = {band.star: index for index, band in enumerate(bands)}
    good = [
        band.star
        for index, band in enumerate(bands)
        if standing.total >= band.edge and standing.requires[index]
    ]
    star = max(good, default=0)
    if last is not None and not standing.unless:
        if moves.rise_at_most is not None and star > last + moves.rise_at_most:
            star = max(
                (
                    each
                    for each, index in ladder.items()
                    if each <= last + moves.rise_at_most and standing.requires[index]
                ),
                default=0,
            )
        if moves.fall_at_most is not None and star < last - moves.fall_at_most:
            fair = [each for each in ladder if last - moves.fall_at_most <= each <= last]
            below = [each for each in ladder if each < last - moves.fall_at_most]
            star = max(star, min(fair) if fair else max(below, default=0))
    if standing.cap is not None:
        star = min(star, max((each for each in ladder if each <= standing.cap), default=0))
    return 0 if standing.forbidden else star


def lasts(last, bands):
    """All that an unknown last star could be: any star of the bands."""
    if last.state == "unknown":
        return [band.star for band in bands]
    return [last.star]


def held_stars(standing, bands, moves):
    return [held_star(standing, bands, moves, each) for each in lasts(standing.last, bands)]


def outcomes(pairs, bands, moves, best):
    """All stars each rated subject gets over all fillings of one reading."""
    start = {}
    for candidate, standing in pairs:
        if candidate.rated:
            ways = held_stars(standing, bands, moves)
            start[candidate.code] = max(ways) if best else min(ways)
    found = {code: set() for code in start}
    for filling in fillings(start, {c.code: (c, s) for c, s in pairs}, bands, 0):
        for code, star in filling.items():
            found[code].add(star)
    return found


def fillings(held, subjects, bands, rung):
    if rung == len(bands):
        yield held
        return
    band = bands[rung]
    if band.quota is None or not band.quota.applied:
        yield from fillings(held, subjects, bands, rung + 1)
        return
    holders = {}
    for code, star in held.items():
        if star == band.star:
            holders.setdefault(subjects[code][0].group[rung], []).append(code)
    choices = [
        list(seatings(codes, seats(group, subjects, band.quota, rung), subjects, band.quota, rung))
        for group, codes in holders.items()
    ]
    for choice in product(*choices):
        seated = set().union(*choice)
        after = dict(held)
        for code in [code for codes in holders.values() for code in codes if code not in seated]:
            requires = subjects[code][1].requires
            after[code] = max(
                (bands[i].star for i in range(rung + 1, len(bands)) if requires[i]), default=0
            )
        yield from fillings(after, subjects, bands, rung + 1)


def seats(group, subjects, quota, rung):
    members = sum(
        standing.quota_member[rung]
        for candidate, standing in subjects.values()
        if candidate.group[rung] == group
    )
    limits = []
    if quota.share is not None:
        limits.append(int(Fraction(quota.share * members)))
    if quota.number is not None:
        limits.append(quota.number)
    return min(limits)


def seatings(codes, capacity, subjects, quota, rung):
    def key(code):
        standing = subjects[code][1]
        broken = standing.tie_break[rung] if isinstance(quota.on_tie, tuple) else ()
        return (standing.total, *broken)

    if quota.on_tie == "include":
        yield {c for c in codes if sum(key(d) > key(c) for d in codes) < capacity}
    elif quota.on_tie == "exclude":
        yield {c for c in codes if sum(key(d) >= key(c) for d in codes) <= capacity}
    else:
        for chosen in combinations(codes, min(capacity, len(codes))):
            others = [code for code in codes if code not in chosen]
            if all(key(c) >= key(other) for c in chosen for other in others):
                yield set(chosen)
