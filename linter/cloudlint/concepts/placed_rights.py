"""What containers of Terraform may: who they run as, what keeps them apart from their host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cloudlint.concepts import privileges
from cloudlint.concepts.aws.container_facts import is_on_fargate
from cloudlint.concepts.base import Requirement, is_absent, is_any_of, is_null
from cloudlint.concepts.container_forms import Mounts, Way
from cloudlint.concepts.containers import is_root
from cloudlint.concepts.placed_containers import Member, Placed, argument, members
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL


def user(container: Placed, of_image: Callable[[], Value]) -> Value:
    """Who it runs as, by itself or by its image; raises `Undecided`. Where nobody but the image
    can say, that is judged where it is built."""
    form = container.form
    if not form.users:
        return known("the user of its image", container.body.span)
    given, refuses_root = container.given(form.users), container.given(form.non_root)
    if refuses_root.truth():
        return known("any user but root", refuses_root.place)
    if isinstance(given, Known) and not given.is_null and not is_root(given):
        return given
    if not is_null(refuses_root) and refuses_root.truth() is None:
        raise refuses_root.undecided()
    return of_image() if given.is_null else given


# -- the host --------------------------------------------------------------------------------------


def isolation(container: Placed) -> list[Requirement]:
    """One requirement for each way to the host."""
    return list(_isolation(container))


def _isolation(container: Placed) -> Iterator[Requirement]:
    form = container.form
    if form.privileged:
        yield from privileges.privileged(container[form.privileged])
    if form.capabilities:
        for added in members(container[form.capabilities]):
            for apart in privileges.capabilities([added.value]):
                yield replace(apart, met=apart.met | ~added.exists)
    for way, kind in form.namespaces:
        if way.origin == "container" or container.is_first:
            yield from privileges.namespace(container[way], kind)
    for mounts in form.mounts:
        yield from _mounted(container, mounts)


def _mounted(container: Placed, mounts: Mounts) -> Iterator[Requirement]:
    if mounts.volumes is not None:
        yield from _mounted_by_name(container, mounts, mounts.volumes)
        return
    for entry in members(container[mounts.entries]):
        is_bind: Value = known(True)
        if mounts.kind:
            is_bind = is_any_of(argument(entry.value, (mounts.kind,)), "bind")
        yield from _seen(entry, mounts, is_bind)


def _mounted_by_name(container: Placed, mounts: Mounts, volumes: Way) -> Iterator[Requirement]:
    """What is mounted without a known name may be any volume, a volume without one any mount."""
    mounted: dict[str, Value] = {}
    unsure: list[Value] = []
    for mount in members(container[mounts.entries]):
        name = argument(mount.value, (mounts.reference,))
        if isinstance(name, Known):
            mounted.setdefault(name.key, mount.exists)
        else:
            unsure.append(name)
    for volume in members(container[volumes]):
        name = argument(volume.value, ("name",))
        is_mounted: Value = mounted.get(name.key, known(False))
        if unsure or (mounted and not isinstance(name, Known)):
            is_mounted = is_mounted | applied("mounts", *unsure[:1], name, type_=BOOL)
        yield from _seen(volume, mounts, is_mounted)


def _seen(volume: Member, mounts: Mounts, is_mounted: Value) -> Iterator[Requirement]:
    """What a volume shows of the host, if it is there and is mounted."""
    source = argument(volume.value, mounts.source)
    if not is_null(source):
        apart = privileges.mount(source, source)
        yield replace(apart, met=apart.met | ~(volume.exists & is_mounted))


# -- programs and privileges -----------------------------------------------------------------------


def read_only_root(container: Placed) -> list[Requirement]:
    way = container.form.read_only
    if way is None or _is_windows(container):
        return []
    flag = container[way]
    problem = f"can write to its root file system: `{way.names[-1]}` is not set"
    return [Requirement(~is_absent(flag) & flag, problem, flag)]


def no_new_privileges(container: Placed) -> list[Requirement]:
    form = container.form
    if _is_windows(container) or is_on_fargate(container.resource):
        return []
    if form.escalation:
        flag = container[form.escalation]
        problem = f"may gain privileges: `{form.escalation.names[-1]}` is not false"
        return [Requirement(~is_absent(flag) & ~flag, problem, flag)]
    return [_option(container, form.options)] if form.options else []


def _option(container: Placed, way: Way) -> Requirement:
    options = container[way]
    met: Value = known(False)
    for option in members(options):
        is_it = is_any_of(option.value, "no-new-privileges", "no-new-privileges:true")
        met = met | (is_it & option.exists)
    problem = f"may gain privileges: `{way.names[-1]}` has no `no-new-privileges`"
    return Requirement(met, problem, options)


def _is_windows(container: Placed) -> bool:
    """Whether it runs on Windows, where there are no such options."""
    families = (container[way].known_or("") for way in container.form.windows)
    return any(str(family).lower().startswith("windows") for family in families)
