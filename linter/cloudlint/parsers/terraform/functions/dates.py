"""Dates and times: RFC 3339 timestamps, kept to the nanosecond over all of Go's years."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from cloudlint.parsers.terraform.functions.limits import bounded
from cloudlint.parsers.terraform.functions.registry import Refused, function
from cloudlint.values import Value, unknown

_TIMESTAMP = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,100}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))\Z"
)
_DURATION = re.compile(r"([0-9]*)(?:\.([0-9]*))?([^0-9.]*)")
_LONGEST_DURATION = 1000
_NANOSECONDS = {
    "ns": 1,
    "us": 10**3,
    "µs": 10**3,
    "μs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_MAX_NANOSECONDS = (1 << 63) - 1
_DAY = 86_400
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as its place sees it; `offset` is that place's distance from UTC in
    seconds, `seconds` counts from 0000-03-01 in local time."""

    seconds: int
    nanoseconds: int
    offset: int

    @property
    def date(self) -> tuple[int, int, int]:
        """Year, month and day in the Gregorian calendar."""
        era, day = divmod(self.seconds // _DAY, 146_097)
        year = (day - day // 1460 + day // 36_524 - day // 146_096) // 365
        day -= 365 * year + year // 4 - year // 100
        shifted = (5 * day + 2) // 153
        month = shifted + 3 if shifted < 10 else shifted - 9
        return era * 400 + year + (month <= 2), month, day - (153 * shifted + 2) // 5 + 1

    @property
    def time(self) -> tuple[int, int, int]:
        minutes, second = divmod(self.seconds % _DAY, 60)
        return (*divmod(minutes, 60), second)

    @property
    def weekday(self) -> int:
        """0 is Monday; 0000-03-01 was a Wednesday."""
        return (self.seconds // _DAY + 2) % 7

    @property
    def utc(self) -> tuple[int, int]:
        return self.seconds - self.offset, self.nanoseconds

    def zone(self, separator: str) -> str:
        minutes = abs(self.offset) // 60
        return f"{'-' if self.offset < 0 else '+'}{minutes // 60:02}{separator}{minutes % 60:02}"

    def __str__(self) -> str:
        year, month, day = self.date
        hour, minute, second = self.time
        sign = "-" if year < 0 else ""
        zone = self.zone(":") if self.offset else "Z"
        return f"{sign}{abs(year):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"


def moment(
    year: int, month: int, day: int, hour: int, minute: int, second: int, *,
    nanoseconds: int = 0, offset: int = 0,
) -> Moment | None:  # fmt: skip
    """The moment with these numbers; None where there is none."""
    if not (1 <= month <= 12 and 1 <= day <= _days_in(year, month)):
        return None
    if hour > 23 or minute > 59 or second > 59:
        return None
    shifted_year = year - (month <= 2)
    days = 365 * shifted_year + shifted_year // 4 - shifted_year // 100 + shifted_year // 400
    days += (153 * ((month - 3) % 12) + 2) // 5 + day - 1
    return Moment(days * _DAY + hour * 3600 + minute * 60 + second, nanoseconds, offset)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def parse(text: str) -> Moment:
    """Raises EvaluationError for what is no RFC 3339 timestamp."""
    match = _TIMESTAMP.match(text)
    if match is None:
        raise Refused(f'"{text[:64]}" is not a valid RFC3339 timestamp')
    *numbers, fraction, sign, hours, minutes = match.groups()
    year, month, day, hour, minute, second = map(int, numbers)
    if int(hours or 0) > 24 or int(minutes or 0) > 60:
        raise Refused("not a valid RFC3339 timestamp: UTC offset out of range")
    offset = (int(hours or 0) * 60 + int(minutes or 0)) * (-60 if sign == "-" else 60)
    nanoseconds = int((fraction or "")[:9].ljust(9, "0"))
    result = moment(year, month, day, hour, minute, second, nanoseconds=nanoseconds, offset=offset)
    if result is None:
        raise Refused(f'"{text}" is not a valid RFC3339 timestamp: it is out of range')
    return result


# -- comparing and adding ----------------------------------------------------------------------


@function("timecmp")
def timecmp(left: str, right: str) -> int:
    one, other = parse(left).utc, parse(right).utc
    return (one > other) - (one < other)


@function("timeadd")
def timeadd(timestamp: str, duration: str) -> str:
    start = parse(timestamp)
    carried, _ = divmod(start.nanoseconds + _nanoseconds(duration), 10**9)
    return str(Moment(start.seconds + carried, 0, start.offset))


def _nanoseconds(duration: str) -> int:
    """The length of a duration in Go's notation (`-1h30m`, `1.5s`)."""
    sign = -1 if duration.startswith("-") else 1
    text = duration[1:] if duration[:1] in ("+", "-") else duration
    if text == "0":
        return 0
    if not text or len(text) > _LONGEST_DURATION:
        raise Refused(f'invalid duration "{duration[:64]}"')
    total, at = 0, 0
    while at < len(text):
        match = _DURATION.match(text, at)
        if match is None or not (match[1] or match[2]):
            raise Refused(f'invalid duration "{duration}"')
        if match[3] not in _NANOSECONDS:
            problem = f'unknown unit "{match[3]}"' if match[3] else "missing unit"
            raise Refused(f'{problem} in duration "{duration}"')
        total += int(Fraction(f"{match[1] or 0}.{match[2] or 0}") * _NANOSECONDS[match[3]])
        at = match.end()
    if total > _MAX_NANOSECONDS + (sign < 0):
        raise Refused(f'invalid duration "{duration}"')
    return sign * total


# -- formatting --------------------------------------------------------------------------------


@function("formatdate")
def formatdate(format_: str, time: str) -> str:
    when = parse(time)
    return bounded("".join(_formatted(token, when) for token in _runs(format_)))


def _runs(format_: str) -> Iterator[str]:
    """Runs of one letter, quoted texts with their quotes, and whatever stands between."""
    at = 0
    while at < len(format_):
        start, first = at, format_[at]
        if format_.startswith("''", start):
            at += 2
        elif first == "'":
            at = _end_of_literal(format_, start)
        elif first.isascii() and first.isalpha():
            while at < len(format_) and format_[at] == first:
                at += 1
        else:
            at += 1
        yield format_[start:at]


def _end_of_literal(format_: str, start: int) -> int:
    at = start + 1
    while at < len(format_):
        if format_[at] == "'":
            if format_[at + 1 : at + 2] != "'":
                return at + 1
            at += 1
        at += 1
    raise Refused("unterminated literal '")


def _formatted(run: str, when: Moment) -> str:
    first = run[0]
    if run == "''":
        return "'"
    if first == "'":
        return run[1:-1].replace("''", "'")
    if not (first.isascii() and first.isalpha()):
        return run
    verb = _VERBS.get(run)
    if verb is None:
        raise Refused(f'invalid date format verb "{run[:32]}"')
    return verb(when)


def _zone_name(when: Moment) -> str:
    return when.zone("") if when.offset else "UTC"


def _half_day_hour(when: Moment) -> int:
    return when.time[0] % 12 or 12


_VERBS: dict[str, Callable[[Moment], str]] = {
    "YYYY": lambda when: f"{when.date[0]:04}",
    "YY": lambda when: f"{when.date[0] % 100:02}",
    "MMMM": lambda when: _MONTHS[when.date[1] - 1],
    "MMM": lambda when: _MONTHS[when.date[1] - 1][:3],
    "MM": lambda when: f"{when.date[1]:02}",
    "M": lambda when: str(when.date[1]),
    "DD": lambda when: f"{when.date[2]:02}",
    "D": lambda when: str(when.date[2]),
    "EEEE": lambda when: _WEEKDAYS[when.weekday],
    "EEE": lambda when: _WEEKDAYS[when.weekday][:3],
    "hh": lambda when: f"{when.time[0]:02}",
    "h": lambda when: str(when.time[0]),
    "HH": lambda when: f"{_half_day_hour(when):02}",
    "H": lambda when: str(_half_day_hour(when)),
    "AA": lambda when: "AM" if when.time[0] < 12 else "PM",
    "aa": lambda when: "am" if when.time[0] < 12 else "pm",
    "mm": lambda when: f"{when.time[1]:02}",
    "m": lambda when: str(when.time[1]),
    "ss": lambda when: f"{when.time[2]:02}",
    "s": lambda when: str(when.time[2]),
    "ZZZZZ": lambda when: when.zone(":"),
    "ZZZZ": lambda when: when.zone(""),
    "ZZZ": _zone_name,
    "Z": lambda when: when.zone(":") if when.offset else "Z",
}


# -- the clock ---------------------------------------------------------------------------------


@function("timestamp")
def timestamp() -> Value:
    return unknown("timestamp()", "is the time of the run")


@function("plantimestamp")
def plantimestamp() -> Value:
    return unknown("plantimestamp()", "is the time of the run")
