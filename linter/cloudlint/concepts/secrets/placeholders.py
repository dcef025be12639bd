"""Texts that stand under a secret's name and are no secret."""

from __future__ import annotations

import re

from cloudlint.concepts.secrets.names import Secrecy, words

_WORDS = frozenset(
    "none null nil undefined unset unused unknown n/a na todo fixme tbd tba placeholder redacted "
    "masked hidden omitted dummy fake empty blank true false yes no on off enabled disabled "
    "required optional auto automatic generated managed hours minutes days seconds sensitive "
    "not-used notused not-set invalid foo bar baz".split()
)
_STAND_IN = re.compile(
    r"""(?ix)
    <[^<>]*> | \[[^\[\]]*\] | \{.*\} | \(.*\) | `.*` | %[a-z_]+% | \#\{.*\} | __.*__ | @@.*@@
    | \*\*.*\*\*
    | .*(?: \$\$?\{ | \$\( | \{\{ | <%  | <[a-z][^<>]{0,60}> | \bENC\[ ).*
    | '?(?:pass:)?\$\$?
      (?: [a-z_]+ | (?-i:[A-Z0-9_]+) | (?-i:[a-z][a-z0-9]*(?:_[a-z0-9]+)+) | [@*\#] | \..* )'?
    | \$__[a-z]+\{.*\} | \d+(?:ms|[smhdw])
    | \*+[a-z]+\*+ | [x*.\-_?\#•…\ ]+ | .*(?: x{5} | \*{3} | •{3} ).* | .*(?: \.{3} | … )
    | your[-_ .]?.+ | .*[-_ ](?:goes[-_ ])?here | (?:insert|enter|put|add|choose)\w*here\d*
    | (?:insert|enter|replace|fill|put|add|specify|provide|set|use)
      [-_ ]?(?:your|with|in|me|this|the|a|an|here|after|before|later)(?:[-_ ].*)?
    | to[-_ ]be[-_ ].+ | .*(?:placeholder|redacted).* | (?:todo|fixme)(?:[-_ :].*)?
    | (?-i:(?:[Dd]ummy|[Ff]ake)[A-Z].*)
    | (?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:PASSWORD|PASSWD|PASS|SECRET|TOKEN|KEY))
    | (?:.*[-_ ])?(?:dummy|fake|throwaway)(?:[-_ ].*|value|secret|password|token|key)?
    | (?:managed|set|stored|changed)[-_ ](?:outside|elsewhere|manually|later|by|in)[-_ ].*
    | not[-_ ]a[-_ ]?(?:real)?.*
    | (?:.*[-_ ])?(?:(?:not|never)[-_ ](?:used|needed)|unused)(?:[-_ ].*)?
    | (?-i:[A-Z][a-z]*)\ (?:[a-z]+,?\ ){0,8}?(?:is|are|was|will|must|should|only)
      \ (?:[a-z]+,?\ ){2,40}[a-z]+\.
    """
)  # fmt: skip
_REFERENCE = re.compile(
    r"""(?ix)
    arn:.* | [a-z][a-z0-9+.\-]{1,20}://.* | projects/.* | file\(.* | data:.*
    | (?:ssm|vault|op|secretsmanager|kms|sops|env|file|ref|aws-sm) (?:[:/]|\+).*
    | \$[a-z][\w.-]*:[\w.-]+
    | (?:\.{0,2}|~)(?:/[\w.@%-]+)+/? | [a-z]:\\.*
    | [\w.%$-]+(?:/[\w.%-]+)+\.(?:pem|key|crt|txt|json|ya?ml)
    | (?:os\.(?:environ|getenv)|process\.env|env[.:]|system\.getenv)\b.*
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+(?:[,;\ ]+[\w.+-]+@[\w-]+(?:\.[\w-]+)+)*
    """
)  # fmt: skip
_HASH = re.compile(
    r"(?i)\$\$?(?:2[abxy]?|1|5|6|7|y|gy|argon2(?:id?|d)|apr1|scrypt|pbkdf2[\w-]*|sha\w*|bcrypt\w*)\$.*"
    r"|\{(?:SSHA\d*|SHA\d*|CRYPT|PBKDF2[\w-]*|bcrypt)\}.*|(?:md5[0-9a-f]{32})"
    r"|(?:sha(?:1|256|512)|pbkdf2|scrypt)[:$].*|SCRAM-SHA-256\$.*"
)
_IDENTIFIER = re.compile(
    r"[a-z]+|[a-z]+[0-9]{0,2}(?:[-_./ ][a-z]+[0-9]{0,2})+"
    r"|(?!CHANGE)[A-Z]+[0-9]?(?:__?[A-Z]+[0-9]?)*|[a-z]{2,}(?:[A-Z][a-z]{2,})+"
)
_PATH = re.compile(r"[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_.-]*)+")
_QUALIFIED = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-_./:][A-Za-z0-9]+)+")
_SECRET_WORDS = frozenset(
    "secret secrets token password passwd pw credentials credential creds key name".split()
)
_SHORTEST, _LONGEST = 3, 4096


def is_placeholder(text: str) -> bool:
    """Whether a text only says where a secret belongs. `changeme`, `example` and `password` are
    none: they work as passwords."""
    text = text.strip()
    return len(text) < _SHORTEST or _says_nothing(text.lower()) or _matches(_STAND_IN, text)


def _says_nothing(text: str) -> bool:
    """`unset`, `disabled_invalid`: words that stand where there is no secret."""
    return text in _WORDS or _WORDS.issuperset(re.split(r"[-_ ]", text))


def is_reference(text: str) -> bool:
    """Whether a text leads to a secret instead of being one: an ARN, a path, a URL."""
    return _matches(_REFERENCE, text.strip())


def is_hash(text: str) -> bool:
    """Whether a text is a password's hash of a known kind."""
    return _matches(_HASH, text.strip())


def is_harmless(text: str, name: str, secrecy: Secrecy) -> bool:
    """Whether a literal under a secret's name is not the secret."""
    if is_placeholder(text) or is_reference(text) or is_hash(text):
        return True
    if len(text) > _LONGEST or "\n" in text.strip():
        return True
    if words(name)[-2:] == ["client", "secret"] == words(text)[-2:]:
        return True
    if secrecy is Secrecy.NAMED:
        return False
    return _is_name(text, name)


def _is_name(text: str, name: str) -> bool:
    """Under a name that only hints: the name of a secret, a unit, a host rather than a secret."""
    if len(text) < 4 or text.isdigit():
        return True
    if _PATH.fullmatch(text) or (not name.isupper() and _IDENTIFIER.fullmatch(text)):
        return True
    parts = words(text)
    is_named = _QUALIFIED.fullmatch(text) or parts[:1] == ["my"]
    if is_named and parts and parts[-1] in _SECRET_WORDS:
        return True
    return text.count(".") > 1 and not re.search(r"[^a-z0-9.\-]", text)


def _matches(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(text.replace("\n", " ")) is not None
