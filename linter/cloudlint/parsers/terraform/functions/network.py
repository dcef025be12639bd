"""Functions on IP networks.

Terraform reads addresses more generously than Python: leading zeros are allowed and decimal, and
an IPv4 address written as IPv6 (`::ffff:10.0.0.0`) keeps 128 bits but is printed as IPv4.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cloudlint.parsers.terraform.functions.limits import whole
from cloudlint.parsers.terraform.functions.registry import Refused, function, unsettled
from cloudlint.values import Known, Value, element, known
from cloudlint.values.numbers import Number
from cloudlint.values.types import STRING, list_of

_LEADING_ZEROS = re.compile(r"(?<![0-9a-fA-F])0+(?=[0-9a-fA-F])")
_LENGTH = re.compile(r"[0-9]{1,6}\Z")
_MAPPED = 0xFFFF << 32
_UINT64 = (1 << 64) - 1
_LONGEST = 100
_MOST_BITS = 256


@dataclass(frozen=True, slots=True)
class _Prefix:
    """A network: its first address as a number, the bits of an address, the bits of the prefix."""

    address: int
    bits: int
    length: int

    @property
    def mapped(self) -> bool:
        """Whether it is IPv4, written as IPv6."""
        return self.bits == 128 and self.address >> 32 == _MAPPED >> 32

    def __str__(self) -> str:
        length = max(self.length - 96, 0) if self.mapped else self.length
        return f"{_address(self.address, self.bits)}/{length}"


def _parse(text: str) -> _Prefix:
    address, slash, length_text = text.partition("/")
    if not slash or len(text) > _LONGEST or not _LENGTH.match(length_text) or "%" in address:
        raise _invalid(text)
    try:
        parsed = ipaddress.ip_address(_LEADING_ZEROS.sub("", address))
    except ValueError:
        raise _invalid(text) from None
    length, bits = int(length_text), parsed.max_prefixlen
    if length > bits:
        raise _invalid(text)
    host = (1 << (bits - length)) - 1
    return _Prefix(int(parsed) & ~host, bits, length)


def _invalid(text: str) -> Refused:
    return Refused(f"invalid CIDR expression: invalid CIDR address: {text}")


def _address(number: int, bits: int) -> str:
    if not 0 <= number < 1 << bits:
        raise Refused("the address does not fit")
    if bits == 128 and number >> 32 != _MAPPED >> 32:
        return str(ipaddress.IPv6Address(number))
    return str(ipaddress.IPv4Address(number & 0xFFFFFFFF))


def _integer(number: Number) -> int:
    if not isinstance(number, int) or number.bit_length() > _MOST_BITS:
        raise Refused("value must be a whole number")
    return number


@function("cidrhost")
def cidrhost(prefix: str, host: Number) -> str:
    given, network = _integer(host), _parse(prefix)
    size = 1 << (network.bits - network.length)
    number = given + size if given < 0 else given
    if not 0 <= number < size:
        raise Refused(f"prefix of {network.length} does not accommodate a host numbered {number}")
    shift = 96 if network.mapped else 0
    return _address(network.address | number << shift, network.bits)


@function("cidrnetmask")
def cidrnetmask(prefix: str) -> str:
    network = _parse(prefix)
    if network.bits == 128:
        raise Refused(f"IPv6 addresses cannot have a netmask: {prefix}")
    return _address((1 << 32) - (1 << (32 - network.length)), 32)


@function("cidrsubnet")
def cidrsubnet(prefix: str, newbits: Number, netnum: Number) -> str:
    added, wanted, network = whole(newbits), _integer(netnum), _parse(prefix)
    length = network.length + added
    if length > network.bits:
        raise Refused(f"insufficient address space to extend prefix of {network.length} by {added}")
    if length < 0:
        raise Refused(f"a prefix of {network.length} cannot be shortened by {-added}")
    # Terraform looks at 64 bits of the number without its sign; the rest is arithmetic.
    largest = (1 << added) - 1 if 0 <= added < 64 else _UINT64
    if abs(wanted) & _UINT64 > largest:
        raise Refused(
            f"prefix extension of {added} does not accommodate a subnet numbered {wanted}"
        )
    address = abs(network.address | wanted << (network.bits - length))
    return str(_Prefix(address, network.bits, length))


@function("cidrsubnets", structural=True)
def cidrsubnets(prefix: Value, *newbits: Value) -> Value | list[str]:
    """Of a network that is not known it is known how many subnets there are."""
    if all(isinstance(value, Known) for value in (prefix, *newbits)):
        return _subnets(prefix.string(), [value.number() for value in newbits])
    type_ = list_of(STRING)
    unknown = unsettled("cidrsubnets", type_, prefix, *newbits)
    subnets = tuple(element(unknown, known(at)) for at in range(len(newbits)))
    return Known(subnets, "list", element=STRING)


def _subnets(prefix: str, newbits: Sequence[Number]) -> list[str]:
    network = _parse(prefix)
    if network.mapped:
        raise Refused("an IPv4 network that is written as IPv6 has no subnets")
    if network.address == 0:  # Terraform starts looking before the network, where nothing is
        raise Refused("not enough remaining address space for a subnet")
    added = [whole(bits) for bits in newbits]
    subnets: list[str] = []
    free, end = network.address, network.address + (1 << (network.bits - network.length))
    for bits in added:
        length = _extended(network, bits)
        size = 1 << (network.bits - length)
        start = -(-free // size) * size
        if start + size > end:
            raise Refused(
                "not enough remaining address space for a subnet with a prefix of "
                f"{length} bits after {subnets[-1]}"
            )
        subnets.append(str(_Prefix(start, network.bits, length)))
        free = start + size
    return subnets


def _extended(network: _Prefix, bits: int) -> int:
    if bits < 1:
        raise Refused("must extend prefix by at least one bit")
    if bits > 32:
        raise Refused("may not extend prefix by more than 32 bits")
    length = network.length + bits
    if length > network.bits:
        protocol = "IP4" if network.bits == 32 else "IP6"
        raise Refused(
            f"would extend prefix to {length} bits, which is too long for an "
            f"{protocol.replace('IP', 'IPv')} address"
        )
    return length
