"""What containers of Terraform may: who they run as, what keeps them apart from their host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cloudlint.concepts import privileges
from cloudlint.concepts.aws.container_facts import is_on_fargate
from cloudlint.concepts.base import Requirement, entries, is_absent, is_any_of
from cloudlint.concepts.container_forms import Mounts, Way
from cloudlint.concepts.containers import is_root
from cloudlint.concepts.placed_containers import Placed, argument, is_null
from cloudlint.values import Known, Value, known


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
        yield from privileges.capabilities(entries(container[form.capabilities]))
    for way, kind in form.namespaces:
        if way.origin == "container" or container.is_first:
            yield from privileges.namespace(container[way], kind)
    for mounts in form.mounts:
        yield from _mounted(container, mounts)


def _mounted(container: Placed, mounts: Mounts) -> Iterator[Requirement]:
    if mounts.volumes is not None:
        yield from _mounted_by_name(container, mounts, mounts.volumes)
        return
    for entry in entries(container[mounts.entries]):
        source = argument(entry, mounts.source)
        if is_null(source):
            continue
        apart = privileges.mount(source, source)
        if mounts.kind:
            is_bind = is_any_of(argument(entry, (mounts.kind,)), "bind")
            apart = replace(apart, met=apart.met | ~is_bind)
        yield apart


def _mounted_by_name(container: Placed, mounts: Mounts, volumes: Way) -> Iterator[Requirement]:
    sources = {
        argument(volume, ("name",)).key: argument(volume, mounts.source)
        for volume in entries(container[volumes])
    }
    for entry in entries(container[mounts.entries]):
        source = sources.get(argument(entry, (mounts.reference,)).key)
        if source is not None and not is_null(source):
            yield privileges.mount(source, source)


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
    for option in entries(options):
        met = met | is_any_of(option, "no-new-privileges", "no-new-privileges:true")
    problem = f"may gain privileges: `{way.names[-1]}` has no `no-new-privileges`"
    return Requirement(met, problem, options)


def _is_windows(container: Placed) -> bool:
    """Whether it runs on Windows, where there are no such options."""
    families = (container[way].known_or("") for way in container.form.windows)
    return any(str(family).lower().startswith("windows") for family in families)
