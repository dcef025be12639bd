"""Where Terraform's resources have containers, and what these say, whatever way they say it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cloudlint.concepts.base import is_null
from cloudlint.concepts.container_forms import PLACES, Form, Names, Place, Way
from cloudlint.concepts.ignored_changes import is_ignored
from cloudlint.concepts.policy_text import decoded
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Undecided, Value, known, unknown
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.symbols import Applied, Choice

__all__ = ["NOTHING", "Member", "Placed", "Unplaced", "containers_in", "members"]

NOTHING = known(None)
_JOINING = frozenset({"concat", "flatten", "compact", "coalescelist", "tolist", "toset"})
"""Functions whose result holds no more than the elements of their arguments."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A container as a resource writes it. The resource exists on the conditions on which the
    container does; what is said of all containers together is the `first` one's matter."""

    resource: Resource
    place: Place
    body: Value
    holder: Value
    index: int = 0
    is_first: bool = False

    @property
    def form(self) -> Form:
        return self.place.form

    def __getitem__(self, way: Way | None) -> Value:
        """What is said at the end of a way; null where there is none."""
        if way is None:
            return NOTHING
        return argument(self._start(way), way.names)

    def _start(self, way: Way) -> Value:
        match way.origin:
            case "container":
                return self.body
            case "holder":
                return self.holder
        return self.resource.body

    @property
    def written_image(self) -> Value:
        """The image that it is written to run, which tells its name whoever sets its tag."""
        return self[self.form.image]

    @property
    def image(self) -> Value:
        """The image that it runs; null where it runs none. Not known where others set it."""
        image = self.written_image
        if is_null(image) or not self._is_left_alone(self.form.image):
            return image
        reason = "is set by others: Terraform leaves it as it is"
        return unknown(f"the image of {self.resource}", reason, image.span).used_at(image.place)

    def _is_left_alone(self, way: Way) -> bool:
        """Whether Terraform ignores what becomes of an argument of the container."""
        if self.place.document:
            return is_ignored(self.resource, ((self.place.document, 0),))
        above = (*self.place.holder, *self.place.containers)
        steps = [(name, 0) for name in (*above, *way.names)]
        if above:
            steps[len(above) - 1] = (above[-1], self.index)
        return is_ignored(self.resource, tuple(steps))

    def on(self, conditions: tuple[Value, ...]) -> Resource:
        """Its resource, as the owner of what is there on some conditions more."""
        return _under(self.resource, conditions)

    def given(self, ways: tuple[Way, ...]) -> Value:
        """What the first way leads to that leads to anything; null where none does."""
        values = map(self.__getitem__, ways)
        return next((value for value in values if not is_null(value)), NOTHING)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Containers of which it is not even known how many a resource has."""

    resource: Resource
    reason: Undecided


def containers_in(graph: Graph, *types: str) -> Iterator[Placed | Unplaced]:
    """The containers of all resources; of those of some types, where these are named."""
    for type_ in types or PLACES:
        for resource in graph.of(type_):
            yield from _of_resource(resource, PLACES[type_])


def _of_resource(resource: Resource, places: tuple[Place, ...]) -> Iterator[Placed | Unplaced]:
    is_first = True
    for place in places:
        for found in _at_place(resource, place):
            if isinstance(found, Placed):
                found, is_first = replace(found, is_first=is_first), False
            yield found


def _at_place(resource: Resource, place: Place) -> Iterator[Placed | Unplaced]:
    try:
        start = decoded(resource[place.document]) if place.document else resource.body
    except Undecided as undecided:
        yield Unplaced(resource, undecided)
        return
    for holder in _reached(Member(start), place.holder):
        for index, found in enumerate(_reached(holder, place.containers)):
            if isinstance(found.value, Known):
                owner = _under(resource, found.conditions)
                yield Placed(owner, place, found.value, holder.value, index)
            else:
                yield Unplaced(resource, found.value.undecided())


def _under(resource: Resource, conditions: tuple[Value, ...]) -> Resource:
    if not conditions:
        return resource
    return replace(resource, conditions=(*resource.conditions, *conditions))


# -- ways through values ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Member:
    """Something in a list, with the conditions on which it is there."""

    value: Value
    conditions: tuple[Value, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Equal keys: the same thing on the same conditions."""
        return self.value.key, *(condition.key for condition in self.conditions)

    @property
    def exists(self) -> Value:
        """Three-valued: whether it is there."""
        verdict: Value = known(True)
        for condition in self.conditions:
            verdict = verdict & condition
        return verdict

    def on(self, condition: Value) -> Member:
        """The same, on one condition more."""
        return replace(self, conditions=(*self.conditions, condition))


def _reached(start: Member, names: Names) -> Iterator[Member]:
    """The objects at the end of a way, through all blocks and elements on it; what is not known
    on the way stands for them."""
    for member in _members(start):
        if not isinstance(member.value, Known):
            yield member
        elif member.value.kind in MAPPINGS:
            if names:
                yield from _reached(replace(member, value=member.value[names[0]]), names[1:])
            else:
                yield member


def members(value: Value) -> Iterator[Member]:
    """The elements of a list, or the one that a value is; one that is not known stands for those
    it may hold. What a condition decides is there on this condition; of lists put together the
    known parts are known."""
    yield from _members(Member(value))


def _members(whole: Member) -> Iterator[Member]:
    value, symbol = whole.value, whole.value.symbol
    if isinstance(value, Known):
        if value.kind in SEQUENCES:
            for item in value:
                yield from _members(replace(whole, value=item))
        elif value.kind != "null":
            yield whole
    elif isinstance(symbol, Choice):
        yield from _of_choice(whole, symbol)
    elif isinstance(symbol, Applied) and symbol.function in _JOINING:
        for part in symbol.arguments:
            yield from _members(replace(whole, value=part))
    else:
        yield whole


def _of_choice(whole: Member, choice: Choice) -> Iterator[Member]:
    """The members of either arm on its condition; what both have is there in any case."""
    then = {member.key: member for member in _members(replace(whole, value=choice.then))}
    otherwise = {member.key: member for member in _members(replace(whole, value=choice.otherwise))}
    for key, member in then.items():
        yield member if key in otherwise else member.on(choice.condition)
    for key, member in otherwise.items():
        if key not in then:
            yield member.on(~choice.condition)


def argument(body: Value, names: Names) -> Value:
    """What is at the end of a way through objects and blocks of which there is one; null where
    there is nothing, what is not known on the way in place of what it leads to."""
    value = body
    for name in names:
        if isinstance(value, Known) and value.kind in SEQUENCES:
            value = value[0]
        if isinstance(value, Known) and value.kind not in MAPPINGS:
            return known(None, value.place)
        if not isinstance(value, Known):
            return value
        value = value[name]
    return value
