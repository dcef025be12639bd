"""Finding secrets in texts: by the formats of those who issue them, and by what they are called.

Everything here is a pure function of names and texts. A text may hold `HOLE` for each character
whose place is taken by something else (an interpolation): what is found then is partial. `WRAP`
stands for characters around a default that may be left away (`${NAME:-` and `}`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cloudlint.concepts.secrets.names import (
    HINT,
    KEY_WORDS,
    Secrecy,
    is_aws_secret_key,
    is_azure_client_secret,
    is_password,
    secrecy,
)
from cloudlint.concepts.secrets.placeholders import is_harmless, is_placeholder, is_reference
from cloudlint.concepts.secrets.tokens import TOKENS

HOLE = "\ue000"
WRAP = "\ue001"


class Kind(Enum):
    """What a secret is, as messages call it."""

    AWS_KEY_ID = "an AWS access key id"
    AWS_SECRET_KEY = "an AWS secret access key"  # noqa: S105 - what it is called
    GCP_KEY = "the key of a Google service account"
    GOOGLE_API_KEY = "a Google API key"
    AZURE_CLIENT_SECRET = "an Azure client secret"  # noqa: S105
    AZURE_ACCOUNT_KEY = "an Azure account key"
    PRIVATE_KEY = "a private key"
    AGE_KEY = "an age key"
    ANTHROPIC_KEY = "an Anthropic key"
    ATLASSIAN_TOKEN = "an Atlassian token"  # noqa: S105
    AZURE_DEVOPS_TOKEN = "an Azure DevOps token"  # noqa: S105
    BEDROCK_KEY = "an Amazon Bedrock key"
    DATABRICKS_TOKEN = "a Databricks token"  # noqa: S105
    DIGITALOCEAN_TOKEN = "a DigitalOcean token"  # noqa: S105
    DOCKER_TOKEN = "a Docker token"  # noqa: S105
    DOPPLER_TOKEN = "a Doppler token"  # noqa: S105
    GITHUB_TOKEN = "a GitHub token"  # noqa: S105
    GITLAB_TOKEN = "a GitLab token"  # noqa: S105
    GOOGLE_CLIENT_SECRET = "a Google client secret"  # noqa: S105
    GRAFANA_TOKEN = "a Grafana token"  # noqa: S105
    HEROKU_KEY = "a Heroku key"
    HUGGING_FACE_TOKEN = "a Hugging Face token"  # noqa: S105
    LINEAR_KEY = "a Linear key"
    NEW_RELIC_KEY = "a New Relic key"
    NPM_TOKEN = "an npm token"  # noqa: S105
    OPENAI_KEY = "an OpenAI key"
    POSTMAN_KEY = "a Postman key"
    PULUMI_TOKEN = "a Pulumi token"  # noqa: S105
    PYPI_TOKEN = "a PyPI token"  # noqa: S105
    RUBYGEMS_KEY = "a RubyGems key"
    SENDGRID_KEY = "a SendGrid key"
    SENTRY_TOKEN = "a Sentry token"  # noqa: S105
    SHOPIFY_TOKEN = "a Shopify token"  # noqa: S105
    SLACK_TOKEN = "a Slack token"  # noqa: S105
    SLACK_WEBHOOK = "a Slack webhook"
    SQUARE_TOKEN = "a Square token"  # noqa: S105
    STRIPE_KEY = "a Stripe key"
    SUPABASE_TOKEN = "a Supabase token"  # noqa: S105
    TAILSCALE_KEY = "a Tailscale key"
    TELEGRAM_TOKEN = "a Telegram bot's token"  # noqa: S105
    TERRAFORM_TOKEN = "a Terraform token"  # noqa: S105
    VAULT_TOKEN = "a Vault token"  # noqa: S105
    URL_PASSWORD = "a password in a URL"  # noqa: S105
    COMMAND_PASSWORD = "a password in a command"  # noqa: S105
    HEADER_TOKEN = "a token in a header"  # noqa: S105
    PASSWORD = "a password"  # noqa: S105
    SECRET = "a secret"  # noqa: S105

    @property
    def is_cloud_key(self) -> bool:
        """Whether it opens an account at a cloud provider."""
        return self in _CLOUD_KEYS


_CLOUD_KEYS = frozenset(
    {
        Kind.AWS_KEY_ID,
        Kind.AWS_SECRET_KEY,
        Kind.GCP_KEY,
        Kind.GOOGLE_API_KEY,
        Kind.AZURE_CLIENT_SECRET,
        Kind.AZURE_ACCOUNT_KEY,
        Kind.BEDROCK_KEY,
        Kind.DIGITALOCEAN_TOKEN,
    }
)


@dataclass(frozen=True, slots=True)
class Match:
    """A secret in a text, from `start` up to `end`.

    `name` is what it is called in the text itself, if anything. `is_example` marks what a
    provider's documentation prints; `is_partial` that a part of it stands elsewhere.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    is_example: bool = False
    is_partial: bool = False

    def moved(self, offset: int) -> Match:
        return replace(self, start=self.start + offset, end=self.end + offset)


# -- formats -----------------------------------------------------------------------------------

_H, _W = HOLE, WRAP
_ARGUMENT = r"\\?[\"']?(?P<secret>[^\s\"'\\;&|)<>]{1,200})"
_SAME_COMMAND = r"[^\n;&|]{0,300}?[ \t\n]"
_TOKENS = tuple(
    (Kind(token.kind), re.compile(rf"(?<![\w-])(?P<secret>{token.pattern})(?![\w-])"))
    for token in TOKENS
)
_TOKEN_CLUES = tuple(clue for token in TOKENS for clue in token.clues)
_CLUES_OF = {Kind(token.kind): token.clues for token in TOKENS}
_FORMATS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.GCP_KEY,
        re.compile(
            r'\\?"private_key\\?"\s{0,9}:\s{0,9}\\?"'
            r"(?P<secret>-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\\\s]{40,8000}"
            r"(?:-----END [A-Z ]{0,20}PRIVATE KEY-----[\\n]{0,4})?)"
        ),
    ),
    (
        Kind.PRIVATE_KEY,
        re.compile(
            r"(?P<secret>-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
            rf"(?:[A-Za-z0-9+/=\\\s:,{_H}]|-(?!-)){{40,20000}}"
            r"-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----)"
        ),
    ),
    (
        Kind.AWS_KEY_ID,
        re.compile(
            r"(?<![A-Za-z0-9])(?P<secret>(?:AKIA|ASIA)(?:[A-Z2-7]{16}|[A-Z0-9]{9}EXAMPLE))"
            r"(?![A-Za-z0-9])"
        ),
    ),
    (
        Kind.AWS_KEY_ID,
        re.compile(
            rf"(?<![A-Za-z0-9])(?P<secret>(?:AKIA|ASIA)[A-Z2-7]{{0,15}}[{_H}{_W}]+[A-Z2-7]*)"
        ),
    ),
    (
        Kind.AWS_SECRET_KEY,
        re.compile(
            r"(?i)(?:secret[_.-]?(?:access[_.-]?)?key|aws[_.-]?secret)\w{0,20}"
            r"(?:\\?[\"'])?[ \t]{0,9}(?:[:=][ \t]{0,9}|[ \t])(?:\\?[\"'])?"
            r"(?P<secret>(?-i:[A-Za-z0-9/+]{40}))(?![A-Za-z0-9/+=])"
        ),
    ),
    (Kind.GOOGLE_API_KEY, re.compile(r"(?<![\w-])(?P<secret>AIza[A-Za-z0-9_-]{35})(?![\w-])")),
    (
        Kind.AZURE_CLIENT_SECRET,
        re.compile(
            r"(?<![\w~.-])(?P<secret>[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34})(?![\w~.-])"
        ),
    ),
    (
        Kind.AZURE_ACCOUNT_KEY,
        re.compile(
            r"(?i)(?:AccountKey|SharedAccessKey)="
            r"(?P<secret>(?-i:[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=))"
        ),
    ),
    (
        Kind.SLACK_WEBHOOK,
        re.compile(
            r"hooks\.slack\.com/(?:services|workflows)/"
            r"(?P<secret>T[A-Z0-9]{6,12}/[AB][A-Z0-9]{6,12}/(?:[0-9]{10,20}/)?[A-Za-z0-9]{24})"
        ),
    ),
    *_TOKENS,
    (
        Kind.URL_PASSWORD,
        re.compile(
            r"(?<![\w+.-])(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,30})://(?P<user>[^\s:/@\"'<>\\]{0,100})"
            r":(?P<secret>[^\s/@\"'<>\\?#]{1,200})@(?P<host>[^\s/@:\"'<>\\?]{1,255})"
        ),
    ),
    (
        Kind.URL_PASSWORD,
        re.compile(
            r"(?<![\w.@-])(?P<user>[\w.-]{1,60}):(?P<secret>[^\s/@:\"'<>\\]{1,100})@(?:tcp|unix)\("
        ),
    ),
    (
        Kind.COMMAND_PASSWORD,
        re.compile(
            rf"\bcurl\b{_SAME_COMMAND}(?:-u|--user)[ =]?\\?[\"']?[^\s:\"'{_H}]{{1,60}}:"
            r"(?P<secret>[^\s\"'\\;&|)<>]{1,200})"
        ),
    ),
    (
        Kind.COMMAND_PASSWORD,
        re.compile(
            rf"\b(?:mysql|mariadb)(?:-?(?:dump|admin|check|import))?[ ](?:{_SAME_COMMAND})?-p"
            rf"(?!rotocol|ort|ipe|lugin|rint){_ARGUMENT}"
        ),
    ),
    (Kind.COMMAND_PASSWORD, re.compile(rf"\bsshpass[ ]+-p[ ]?{_ARGUMENT}")),
    (Kind.COMMAND_PASSWORD, re.compile(rf"\bredis-cli\b{_SAME_COMMAND}-a[ ]+{_ARGUMENT}")),
    (
        Kind.COMMAND_PASSWORD,
        re.compile(rf"\b(?:docker|podman|buildah)[ ]+login\b{_SAME_COMMAND}-p[ =]?{_ARGUMENT}"),
    ),
    (
        Kind.COMMAND_PASSWORD,
        re.compile(
            r"\becho[ ]+\\?[\"']?[\w.-]{1,60}:(?P<secret>[^\s\"'\\;&|)<>]{1,200})\\?[\"']?[ ]*"
            r"\|[ ]*(?:sudo[ ]+)?chpasswd\b"
        ),
    ),
    (
        Kind.COMMAND_PASSWORD,
        re.compile(rf"\bmachine[ ]+\S{{1,255}}[ ]+login[ ]+\S{{1,100}}[ ]+password[ ]+{_ARGUMENT}"),
    ),
    (
        Kind.HEADER_TOKEN,
        re.compile(
            r"(?i)\b(?:Authorization:[ ]{1,3}(?:Bearer|Basic|token)|X-(?:API|Auth)-(?:Key|Token):)"
            r"[ ]{1,3}(?P<secret>[^\s\"'\\;&|)<>]{12,2000})"
        ),
    ),
    (
        Kind.URL_PASSWORD,
        re.compile(
            r"(?i)(?:[?&;]|\bhost=[^\s;]{1,200}\s(?:\w{1,20}=\S{1,60}\s){0,8})(?:password|pwd)="
            r"(?P<secret>[^\s;&\"'<>\\]{1,100})"
        ),
    ),
)
ANY_FORMAT = re.compile(
    r"AKIA|ASIA|AIza|Q~|(?i:accesskey|accountkey|secret|password=|pwd=)"
    r"|hooks\.slack|://[^\s/@]{0,100}:|@tcp\(|@unix\(|PRIVATE KEY"
    r"|(?i:authorization:|x-(?:api|auth)-)|machine |\bcurl |mysql|mariadb|sshpass |redis-cli "
    r"|(?:docker|podman|buildah) login|chpasswd"
    rf"|{'|'.join(map(re.escape, _TOKEN_CLUES))}"
)
_DOCUMENTED = re.compile(
    r"EXAMPLE(?:KEY)?\Z|^Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq"
    r"|^C2y6yDjf5/R\+ob0N8A7Cgv30VRDJIWEHLM\+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw"
)
"""AWS's examples, and the keys of Microsoft's emulators of Azure Storage and Cosmos DB, which are
the same for everybody. Sources: their documentation, 2026-11."""
_KEY_BODY = re.compile(r"(?:[A-Za-z0-9+/=]\s{0,40}(?:\\[nr])?){40}")
_ORDERED = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 234567 "
    "1234567890abcdefghijklmnopqrstuvwxyz 1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ "
    "0123456789abcdef0123456789abcdef 12345678901234567890"
)
_STAND_IN_HOSTS = re.compile(r"(?i)(?:.*\.)?(?:example(?:\.\w+)?|host(?:name)?|server)\Z")
_STAND_IN_USERS = re.compile(r"(?i)(?:<.*>|user(?:name)?|your.*)?\Z")


_CLUES = (
    *("pass", "pw", "secret", "token", "psk", "masterauth"),
    *(f"{word}{by}key" for word in KEY_WORDS for by in ("", "_", "-")),
    *("akia", "asia", "aiza", "q~", "@tcp(", "@unix(", "private key", "hooks.slack"),
    *map(str.lower, _TOKEN_CLUES),
    *(
        "authorization:",
        "x-api-",
        "x-auth-",
        "curl ",
        "mysql",
        "mariadb",
        "redis-cli",
        "docker login",
        "podman login",
        "buildah login",
    ),
)
_CREDENTIALS_IN_URL = re.compile(r"://[^\s/@]{0,100}:[^\s/@]{1,300}@")


def clues(text: str) -> list[int]:
    """Offsets at which a secret's name or format may begin, in no order; there is no secret in a
    stretch of text without any. Much cheaper than to look for the secrets."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return list(range(len(text)))
    found = [match.start() for match in _CREDENTIALS_IN_URL.finditer(text)]
    for clue in _CLUES:
        at = lowered.find(clue)
        while at != -1:
            found.append(at)
            at = lowered.find(clue, at + 1)
    return found


def known_formats(text: str) -> Iterator[Match]:
    """The secrets in a text that their format gives away, wherever they stand in it."""
    if ANY_FORMAT.search(text):
        yield from apart(_formatted(text))


def _formatted(text: str) -> Iterator[Match]:
    for kind, pattern in _FORMATS:
        needed = _CLUES_OF.get(kind, ())
        if needed and not any(clue in text for clue in needed):
            continue
        for found in pattern.finditer(text):
            match = _judged(kind, found)
            if match is not None:
                yield match


def apart(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches that overlap with none before them."""
    starts: list[int] = []
    ends: list[int] = []
    for match in matches:
        at = bisect_right(starts, match.start)
        follows = at == 0 or ends[at - 1] <= match.start
        if follows and (at == len(starts) or match.end <= starts[at]):
            starts.insert(at, match.start)
            ends.insert(at, match.end)
            yield match


def _judged(kind: Kind, found: re.Match[str]) -> Match | None:
    start, end, text = found.start("secret"), found.end("secret"), found["secret"]
    lead = len(text) - len(text.lstrip(WRAP))
    start, end = start + lead, end - (len(text) - len(text.rstrip(WRAP)))
    text = text.strip(WRAP)
    if kind is Kind.URL_PASSWORD:
        return _password_in_url(found, text, start, end)
    if kind in (Kind.COMMAND_PASSWORD, Kind.HEADER_TOKEN):
        return _argument(kind, found, text, start, end)
    if _is_filler(text) or (kind is Kind.AWS_SECRET_KEY and not _is_mixed(text)):
        return None
    if kind is Kind.PRIVATE_KEY and not _KEY_BODY.search(text):
        return None
    return Match(kind, start, end, "", _is_documented(text), HOLE in text)


def _password_in_url(found: re.Match[str], text: str, start: int, end: int) -> Match | None:
    groups = found.groupdict()
    if not text.strip(HOLE) or is_placeholder(text) or is_reference(text):
        return None
    if _STAND_IN_HOSTS.match((groups.get("host") or "").strip(HOLE + WRAP) or "-"):
        return None
    says_nothing = text.lower() in ("password", "pass", "passwd", "pw", "secret", "token")
    if says_nothing and _STAND_IN_USERS.match(groups.get("user") or "-"):
        return None
    return Match(Kind.URL_PASSWORD, start, end, is_partial=HOLE in text)


def _argument(kind: Kind, found: re.Match[str], text: str, start: int, end: int) -> Match | None:
    """What is handed to a command or a server, called like what it begins with."""
    if not text.strip(HOLE) or is_harmless(text, "", Secrecy.NAMED):
        return None
    called = re.split(r"[ \t\n:]", found[0], maxsplit=1)[0]
    return Match(kind, start, end, called, is_partial=HOLE in text)


def _is_documented(text: str) -> bool:
    return _DOCUMENTED.search(text) is not None


def _is_filler(text: str) -> bool:
    """Whether a key of the right form is made up: few different characters, or the alphabet, after
    the prefix that its issuer gives it; or it says so."""
    body = text[4:] if text.startswith(("AKIA", "ASIA", "AIza")) else text
    if is_placeholder(text):
        return True
    return any(map(_is_monotonous, (body, re.split(r"[-_.:]", body)[-1])))


def _is_monotonous(text: str) -> bool:
    text = text.replace(HOLE, "")
    return len(text) > 7 and (len(set(text.lower())) <= 4 or text[:12] in _ORDERED)


def _is_mixed(text: str) -> bool:
    """Whether a text of 40 characters is random base64, not a digest in hexadecimal or words."""
    return all(re.search(part, text) for part in ("[a-z]", "[A-Z]", "[0-9+/]"))


# -- names -------------------------------------------------------------------------------------

_AWS_SECRET = re.compile(r"[A-Za-z0-9/+]{40}")
_ACCOUNT_KEY = re.compile(r"[A-Za-z0-9+/]{86}==")


def named(name: str, text: str, *, certain: bool = False) -> Match | None:
    """The secret that a text is because of its name; `certain` where something else than the
    name already says that a secret stands there (the argument of a resource that takes one)."""
    inner = text.strip(WRAP)
    start = len(text) - len(text.lstrip(WRAP))
    kind = _kind(name, inner, certain=certain)
    if kind is None or not inner.strip(HOLE + WRAP):
        return None
    is_example = kind.is_cloud_key and _is_documented(inner)
    is_partial = HOLE in inner or WRAP in inner
    return Match(kind, start, start + len(inner), name, is_example, is_partial)


def _kind(name: str, text: str, *, certain: bool) -> Kind | None:
    if _AWS_SECRET.fullmatch(text) and is_aws_secret_key(name) and _is_mixed(text):
        return None if _is_filler(text) else Kind.AWS_SECRET_KEY
    if _ACCOUNT_KEY.fullmatch(text) and "key" in name.lower():
        return Kind.AZURE_ACCOUNT_KEY
    says = Secrecy.NAMED if certain else secrecy(name)
    if says is Secrecy.NONE or _is_structure(text) or is_harmless(text, name, says):
        return None
    if is_azure_client_secret(name) and looks_random(text):
        return Kind.AZURE_CLIENT_SECRET
    return Kind.PASSWORD if is_password(name) else Kind.SECRET


_FIELD = re.compile(r"[A-Za-z][\w ]{0,30}=[^;]{0,200};")


def _is_structure(text: str) -> bool:
    """Whether a text is a document or a connection string, in which secrets have names of their
    own."""
    text = text.strip()
    is_json = text[:1] in ("{", "[") and text[-1:] in ("}", "]") and ":" in text
    return is_json or "\n" in text or _FIELD.match(text) is not None


def aws_secret(text: str) -> Match | None:
    """The AWS secret access key that a text is by its form, which says little by itself."""
    if not _AWS_SECRET.fullmatch(text) or not _is_mixed(text) or _is_filler(text):
        return None
    return Match(Kind.AWS_SECRET_KEY, 0, len(text), is_example=_is_documented(text))


def has_aws_key_id(text: str) -> bool:
    """Whether there is an AWS access key id in a text."""
    if "AKIA" not in text and "ASIA" not in text:
        return False
    return any(match.kind is Kind.AWS_KEY_ID for match in known_formats(text))


def looks_random(text: str) -> bool:
    """Whether a text is made of letters of both cases and digits, as no name is."""
    classes = ("[a-z]", "[A-Z]", "[0-9]", r"[^\w/.:-]")
    return len(text) >= 8 and sum(bool(re.search(part, text)) for part in classes) >= 3


_WORDY = re.compile(r"[a-z]{5}|[A-Z]{6}|(?i:secret|pass|change|example|token)")


def looks_generated(text: str) -> bool:
    """Whether no person made a text up: long, mixed, and without words; or long hexadecimal."""
    if re.fullmatch(r"[0-9a-f-]{32,}|[0-9A-F-]{32,}", text):
        return len(set(text)) > 8
    return len(text) >= 16 and looks_random(text) and not _WORDY.search(text)


# -- scripts and documents in texts ------------------------------------------------------------

_QUOTE = r"(?:\\?[\"'])"
_SHELL = re.compile(
    rf"(?<![\w.$-])(?:-e[ ]?)?(?P<name>[A-Za-z_][A-Za-z0-9_]{{1,80}})="
    rf"(?:(?P<quote>{_QUOTE})(?P<quoted>(?:(?!(?P=quote))[^\n]){{0,300}})(?P=quote)"
    rf"|(?P<bare>[^\s\"'\\;&|)]{{1,300}}))"
)
_FLAG = re.compile(
    rf"(?<![\w-])--?(?P<name>[A-Za-z][A-Za-z0-9_-]{{2,60}})(?:=|[ \t]+)"
    rf"(?:(?P<quote>{_QUOTE})(?P<quoted>(?:(?!(?P=quote))[^\n]){{0,300}})(?P=quote)"
    rf"|(?P<bare>[^\s\"'\\;&|)-][^\s\"'\\;&|)]{{0,300}}))"
)
_JSON = re.compile(
    r"\\?\"(?P<name>[^\"\\\n]{1,80})\\?\"[ \t]{0,20}:[ \t]{0,20}"
    r"(?P<quote>\\?\")(?P<quoted>[^\"\\\n]{0,300})(?P=quote)"
)
_JSON_PAIR = re.compile(
    r"(?i)\\?\"name\\?\"\s{0,40}:\s{0,40}\\?\"(?P<name>[^\"\\\n]{1,80})\\?\"\s{0,40},"
    r"\s{0,80}\\?\"value\\?\"\s{0,40}:\s{0,40}(?P<quote>\\?\")(?P<quoted>[^\"\\\n]{0,300})(?P=quote)"
)
_YAML = re.compile(
    r"(?m)^[ \t]{0,60}(?:-[ \t]{1,9})?(?P<name>[A-Za-z][\w.-]{1,80}):[ \t]{1,20}"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]{0,300})(?P=quote)|(?P<bare>[^\s\"'#&*!|>{\[][^\s#]{0,300}))"
    r"[ \t]{0,20}(?:#[^\n]{0,300})?\r?$"
)

_INI = re.compile(
    r"(?m)^[ \t]{0,60}(?P<name>[A-Za-z][\w.-]{1,80})[ \t]{0,20}=[ \t]{1,20}"
    r"(?:(?P<quote>[\"'])(?P<quoted>[^\"'\n]{0,300})(?P=quote)|(?P<bare>[^\s\"'#&*!|>{\[(][^\s#]{0,300}))"
    r"[;,]?[ \t]{0,20}(?:[#;][^\n]{0,300})?\r?$"
)
_ECHOED = re.compile(
    r"\b(?:echo|printf)[ ]{1,5}(?:-[en]{1,2}[ ]{1,5})?\\?[\"'](?P<name>[A-Za-z][\w.-]{1,80}):"
    r"[ ]{1,5}(?P<quote>)(?P<bare>[^\s\"'\\]{1,300})(?:\\n)?\\?[\"']"
)
_JSON_FLAG = re.compile(
    r"\\?\"--?(?P<name>[A-Za-z][A-Za-z0-9_-]{2,60})\\?\"\s{0,40},\s{0,40}"
    r"(?P<quote>\\?\")(?P<quoted>[^\"\\\n]{0,300})(?P=quote)"
)
_NPM = re.compile(
    r"//[\w./:-]{1,200}:(?P<name>_authToken|_password)[ ]{1,5}(?P<quote>[\"']?)"
    r"(?P<quoted>[^\s\"']{1,300})"
)


def assigned(text: str) -> Iterator[Match]:
    """The secrets that scripts and documents inside a text give to names: `NAME=value`,
    `--flag value`, JSON, and YAML and INI where the text has several lines."""
    if not HINT.search(text):
        return
    patterns = [_JSON_PAIR, _JSON, _JSON_FLAG, _SHELL, _FLAG, _ECHOED, _NPM]
    if "\n" in text.strip():
        patterns += (_YAML, _INI)
    found = (found for pattern in patterns for found in pattern.finditer(text))
    yield from apart(match for match in map(_assignment, found) if match is not None)


def _assignment(found: re.Match[str]) -> Match | None:
    group = "quoted" if found.groupdict().get("bare") is None else "bare"
    if group == "bare" and _is_code(found["name"], found["bare"], is_word=found.re is _FLAG):
        return None
    if group == "bare" and found.re is _INI and found["bare"].rstrip(";,").isidentifier():
        return None
    match = named(found["name"], found[group])
    return match.moved(found.start(group)) if match else None


_CODE = re.compile(r"[(\[{$].*|[A-Za-z_][\w.]*[(\[].*|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+,?|[a-z_]\w*,")


def _is_code(name: str, text: str, *, is_word: bool) -> bool:
    """Whether an unquoted word is part of a program rather than a text: a call, a member, or a
    variable that is called like what it is assigned to. Words of commands are no variables, but
    may stand for what is to be written there (`--password PASSWORD`)."""
    stands_for_another = text.isupper() if is_word else not name.isupper()
    is_variable = stands_for_another and secrecy(text) is not Secrecy.NONE
    return is_variable or _CODE.fullmatch(text) is not None
