"""Makes losses, earlier tasks and the tasks of a review for the tests of rectification."""

from datetime import date, timedelta

from starrating.engine.tasks.rectify import Duty, EarlierTask, Loss, LossKind, tasks

ISSUED = date(2025, 1, 24)
AS_OF = date(2025, 1, 24)
DUTIES = {
    "default": Duty(within=(30, "day"), owner="党组织书记"),
    "2.1": Duty(task="补开党员大会", within=(10, "working day"), kind="限期整改"),
    "班子不健全": Duty(task="按程序补齐班子", within=(2, "month")),
    "V1": Duty(within=(3, "month"), kind="长期坚持"),
    "2.5": Duty(task="经常走访", kind="长期坚持"),
}


class Weekdays:
    """A calendar without holidays that knows no year after 2030."""

    def add(self, day, count, unit):
        if unit == "month":
            return date(
                day.year + (day.month - 1 + count) // 12, (day.month - 1 + count) % 12 + 1, day.day
            )
        while count:
            day += timedelta(days=1)
            if unit == "working day" and day.year > 2030:
                return None
            count -= unit == "day" or day.weekday() < 5
        return day


def item(name="2.1", code="0101", **more):
    more.setdefault("item", name)
    more.setdefault("problem", "缺一次大会")
    return Loss(code, LossKind.ITEM, name, **more)


def point(name, own_item="1.1", **more):
    return Loss("0101", LossKind.POINT, name, item=own_item, problem=name, **more)


def problem(number="W-1", **more):
    return Loss("0101", LossKind.PROBLEM, number, problem="活动室被占用", **more)


def before(key="2.1", status="整改中", period="2023", **more):
    more.setdefault("item", key if key[0].isdigit() else None)
    more.setdefault("due", date(2024, 3, 31))
    number = f"{period}-town-0101-{key}"
    return EarlierTask(number, "town", "0101", key, status, period, **more)


def made(losses=(), ledger=(), earlier=(), *, issued=ISSUED, as_of=AS_OF, duties=DUTIES):
    return tasks(
        losses,
        duties,
        ledger,
        earlier,
        issued=issued,
        as_of=as_of,
        calendar=Weekdays(),
        period="2024",
        rulebook="town",
    )


def rows(*args, **more):
    return made(*args, **more)[0]


def only(*args, **more):
    (row,) = rows(*args, **more)
    return row
