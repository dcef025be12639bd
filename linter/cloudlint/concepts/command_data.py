"""What commands do: package managers, build tools and servers.

Sources: the tools' manuals, as of 2026-11.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PackageManager:
    """A package manager, its subcommands by what they do, and where it leaves its cache.

    `valued` are options that take the next word; `caches` are folders to be removed, `mounts`
    those of which one may be a cache mount instead; `uncached` are options and variables with
    which nothing is kept.
    """

    name: str
    commands: frozenset[str]
    install: frozenset[str]
    remove: frozenset[str]
    upgrade: frozenset[str]
    refresh: frozenset[str]
    clean: frozenset[str]
    caches: tuple[str, ...]
    mounts: tuple[str, ...]
    valued: frozenset[str] = _NONE
    uncached: frozenset[str] = _NONE
    cleanup: str = ""
    """What to do about its cache, for people."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


APT = PackageManager(
    name="apt",
    commands=_words("apt-get apt aptitude"),
    install=_words("install build-dep satisfy"),
    remove=_words("remove purge autoremove autopurge"),
    upgrade=_words("upgrade dist-upgrade full-upgrade safe-upgrade"),
    refresh=_words("update"),
    clean=_words("distclean dist-clean"),
    caches=("/var/lib/apt/lists",),
    mounts=("/var/lib/apt", "/var/cache/apt"),
    valued=_words("-o --option -t --target-release --default-release -c --config-file -a"),
    cleanup="remove it with `rm -rf /var/lib/apt/lists/*`",
)
APK = PackageManager(
    name="apk",
    commands=_words("apk"),
    install=_words("add"),
    remove=_words("del"),
    upgrade=_words("upgrade"),
    refresh=_words("update"),
    clean=_NONE,
    caches=("/var/cache/apk",),
    mounts=("/var/cache/apk", "/etc/apk/cache", "/etc/apk"),
    valued=_words(
        "-t --virtual -X --repository -p --root --repositories-file --cache-dir --keys-dir --arch "
        "--cache-max-age --wait"
    ),
    uncached=_words("--no-cache --no-network"),
    cleanup="use `apk --no-cache`",
)
DNF = PackageManager(
    name="dnf",
    commands=_words("dnf dnf5 yum microdnf tdnf"),
    install=_words("install localinstall groupinstall group-install reinstall"),
    remove=_words("remove erase autoremove"),
    upgrade=_words("update upgrade distro-sync update-minimal upgrade-minimal dist-upgrade"),
    refresh=_words("makecache"),
    clean=_words("clean"),
    caches=("/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/tdnf"),
    mounts=("/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/tdnf"),
    valued=_words(
        "-c --config -d -e -x --exclude --enablerepo --disablerepo --installroot --releasever "
        "--repo --repoid --setopt --advisory --forcearch"
    ),
    cleanup="remove it with `clean all`",
)
ZYPPER = PackageManager(
    name="zypper",
    commands=_words("zypper"),
    install=_words("install in"),
    remove=_words("remove rm"),
    upgrade=_words("update up patch dup dist-upgrade"),
    refresh=_words("refresh ref"),
    clean=_words("clean cc"),
    caches=("/var/cache/zypp",),
    mounts=("/var/cache/zypp",),
    valued=_words(
        "-R --root -c --config -D --reposd-dir -C --cache-dir -t --type -r --repo --from"
    ),
    cleanup="remove it with `zypper clean --all`",
)
PIP = PackageManager(
    name="pip",
    commands=_words("pip pip2 pip3"),
    install=_words("install"),
    remove=_words("uninstall"),
    upgrade=_NONE,
    refresh=_NONE,
    clean=_NONE,
    caches=(".cache", ".cache/pip"),
    mounts=(".cache", ".cache/pip"),
    valued=_words(
        "-r --requirement -c --constraint -e --editable -i --index-url --extra-index-url -f "
        "--find-links -t --target --prefix --root --platform --python-version --trusted-host "
        "--timeout --only-binary --no-binary --retries --cache-dir --progress-bar --src --proxy "
        "--cert --upgrade-strategy --config-settings --report --log"
    ),
    uncached=_words("--no-cache-dir --no-cache"),
    cleanup="use `--no-cache-dir`",
)
MANAGERS = (APT, APK, DNF, ZYPPER, PIP)
BY_COMMAND = {command: manager for manager in MANAGERS for command in manager.commands}
_PIP = re.compile(r"pip[0-9]+(?:\.[0-9]+)?\Z")


def manager_called(name: str) -> PackageManager | None:
    """The package manager that a command belongs to."""
    return BY_COMMAND.get(name) or (PIP if _PIP.match(name) else None)


# -- build tools -----------------------------------------------------------------------------------

_BUILD_PACKAGES = _words(
    "alpine-sdk ant autoconf automake base-devel bison build-base build-essential cargo clang "
    "cmake cpp default-jdk default-jdk-headless flex g++ gcc gcc-c++ gfortran gmake go golang "
    "golang-go gradle kernel-headers libtool linux-headers llvm make maven meson nasm ninja "
    "ninja-build pkg-config pkgconf rust rustc yasm"
)
_BUILD_PACKAGE = re.compile(
    r".+-(?:dev|devel|headers)\Z|(?:gcc|g\+\+|clang|llvm|gfortran|golang)-?[0-9.]+\Z|linux-headers-"
    r"|openjdk-?[0-9]+(?:-jdk(?:-headless)?)?\Z|dotnet-sdk-|dotnet[0-9]+-sdk\Z"
    r"|@?development[-_ ]tools"
)
_VERSION = re.compile(r"[=<>~:]")


def is_build_package(name: str) -> bool:
    """Whether a package is a compiler, a build tool or headers; a version may follow its name."""
    plain = _VERSION.split(name, maxsplit=1)[0].lower()
    return plain in _BUILD_PACKAGES or bool(_BUILD_PACKAGE.match(plain))


BUILD_VARIABLES = {"PHPIZE_DEPS": "autoconf dpkg-dev file g++ gcc libc-dev make pkg-config re2c"}
"""What base images keep in variables to install from: php's build tools."""

BUILDS = {
    "cargo": _words("build install rustc"),
    "deno": _words("compile bundle"),
    "dotnet": _words("build publish pack"),
    "flutter": _words("build"),
    "go": _words("build install"),
    "gradle": _words("build assemble bootJar bootWar installDist shadowJar jar war fatJar distTar"),
    "mvn": _words("package install verify compile deploy"),
    "next": _words("build"),
    "ng": _words("build"),
    "nx": _words("build"),
    "sbt": _words("compile assembly stage dist package"),
    "lein": _words("uberjar compile"),
    "mix": _words("compile release phx.digest"),
    "stack": _words("build install"),
    "cabal": _words("build install"),
    "swift": _words("build"),
    "turbo": _words("build"),
    "vite": _words("build"),
    "webpack": _NONE,
    "tsc": _NONE,
}
"""Commands that build from source, and with which subcommands; any where none is named."""

BUILDS_WHOLE_SOURCE = _words("make gmake cmake gcc g++ cc c++ clang clang++ javac ninja meson")
"""Commands that build, and that are also used for much else: only beside a copy of everything."""

SCRIPT_RUNNERS = _words("npm pnpm yarn bun")
_NO_SCRIPTS = _words("add ci clean-install config dlx exec i install link remove set uninstall")

_WRAPPED = {"gradlew": "gradle", "mvnw": "mvn", "composer.phar": "composer"}


def builds(name: str, arguments: list[str]) -> bool:
    """Whether a command builds a program from its source."""
    name = _WRAPPED.get(name, name)
    if name in SCRIPT_RUNNERS:
        words = [word for word in arguments if not word.startswith("-")]
        runs = not words[:1] or words[0] not in _NO_SCRIPTS
        return runs and any(word == "build" or word.startswith("build:") for word in words)
    if name in ("npx", "bunx"):
        return bool(arguments) and builds(arguments[0], arguments[1:])
    wanted = BUILDS.get(name)
    if wanted is None:
        return False
    tasks = {word.rpartition(":")[2] for word in arguments if not word.startswith("-")}
    return not wanted or bool(wanted & tasks)


# -- dependencies of a project ---------------------------------------------------------------------

_JAVASCRIPT = {
    "npm": _words("ci install i clean-install"),
    "pnpm": _words("install i fetch"),
    "yarn": _words("install"),
    "bun": _words("install i"),
}
_INSTALLS = {
    "poetry": _words("install"),
    "uv": _words("sync"),
    "pipenv": _words("install sync"),
    "bundle": _words("install"),
    "bundler": _words("install"),
    "composer": _words("install i"),
    "dotnet": _words("restore"),
    "mix": _words("deps.get"),
}
_GO_DEPENDENCIES = _words("download vendor tidy")
_RESOLVING = {"go": "go", "cargo": "cargo", "mvn": "maven", "gradle": "gradle", "dotnet": "dotnet"}
"""Tools that fetch what is missing when they build."""
_FETCHES_NOTHING = _words("--no-deps --no-restore --no-build")
_SOURCE = re.compile(r"\.(?:/|\[[\w, -]*\])?\Z")
"""The project in the current folder, with or without extras, as pip is given it."""


def dependencies_installed(name: str, arguments: list[str]) -> str:
    """The tool with which a command fetches the dependencies that a project's manifest names,
    empty where it fetches none."""
    if name == "php" and arguments:
        name, arguments = arguments[0].rpartition("/")[2], arguments[1:]
    name = _WRAPPED.get(name, name)
    words = [word for word in arguments if not word.startswith("-")]
    verb = words[0] if words else ""
    if _FETCHES_NOTHING & set(arguments):
        return ""
    if name in _JAVASCRIPT:
        apart = {"-g", "--global", "--location=global", "--version", "-v"} & set(arguments)
        installs = verb in _JAVASCRIPT[name] or (name == "yarn" and not words)
        return name if installs and len(words) < 2 and not apart else ""
    if name == "go" and verb == "mod":
        return name if set(words) & _GO_DEPENDENCIES else ""
    if name in _INSTALLS and verb in _INSTALLS[name]:
        return name
    if (name == "uv" and words[:1] == ["pip"]) or manager_called(name) is PIP:
        named = {"-r", "--requirement"} & set(arguments) or any(map(_SOURCE.match, arguments))
        return "pip" if "install" in words and named else ""
    others = verb == "install" and name in ("cargo", "go")
    fetches = words[:1] == ["fetch"] or words[:2] == ["chef", "cook"] or _resolves(words)
    return _RESOLVING.get(name, "") if fetches or (builds(name, arguments) and not others) else ""


def _resolves(words: list[str]) -> bool:
    return any(word.startswith(("dependency:", "dependencies", "downloadRepos")) for word in words)


DEPENDENCY_CACHES = (
    ".npm", "_cacache", "pnpm", ".yarn", ".cache", "go/pkg/mod", ".m2", ".gradle", ".cargo",
    "/cargo/registry", "bundle", ".composer", "composer", ".bun", "go-build", ".nuget",
)  # fmt: skip
"""Parts of the folders in which these tools keep what they have fetched."""

# -- servers ---------------------------------------------------------------------------------------

SERVERS = _words(
    "gunicorn uvicorn hypercorn daphne waitress-serve uwsgi granian puma unicorn thin passenger "
    "rackup nginx httpd httpd-foreground apache2-foreground apache2ctl apachectl caddy php-fpm "
    "http-server http.server json-server streamlit traefik envoy haproxy catalina.sh lighttpd "
    "mod_wsgi-express squid varnishd redis-server valkey-server memcached mongod mysqld mariadbd "
    "postgres etcd nats-server mosquitto prometheus grafana-server sshd jupyter-lab "
    "jupyter-notebook start-notebook.sh"
)
"""Commands that answer requests for as long as they run."""

SERVING = {
    "airflow": _words("webserver api-server"),
    "bundle": _words("puma unicorn thin rackup"),
    "django-admin": _words("runserver"),
    "fastapi": _words("run dev"),
    "flask": _words("run"),
    "hugo": _words("server serve"),
    "jekyll": _words("serve"),
    "jupyter": _words("lab notebook"),
    "manage.py": _words("runserver"),
    "mix": _words("phx.server"),
    "mkdocs": _words("serve"),
    "mlflow": _words("server ui"),
    "next": _words("start dev"),
    "ng": _words("serve"),
    "nuxt": _words("start"),
    "php": _words("-S serve"),
    "rails": _words("server s"),
    "vite": _words("preview dev"),
    "vue-cli-service": _words("serve"),
    "serve": _NONE,
}
"""Commands that do so with one of these arguments, or with any where none is named."""

_FIRST_PROCESSES = _words("dumb-init tini catatonit with-contenv")
_RUNNERS = _words(
    "npx bundle exec poetry uv run pipenv python python3 ddtrace-run opentelemetry-instrument "
    "newrelic-admin run-program"
)
_FAR = 6
"""How many words after its name the argument that makes a command serve is looked for."""


def _without(starters: frozenset[str], words: list[str]) -> list[str]:
    """A command line without what only starts another, and its options."""
    start = 0
    while start < len(words) and (
        words[start].rpartition("/")[2] in starters or words[start].startswith("-")
    ):
        start += 1
    return words[start:]


def server(words: list[str]) -> str:
    """The server that a command line starts, empty where it is not known to start one."""
    words = _without(_FIRST_PROCESSES | _RUNNERS, words)
    if not words:
        return ""
    name = words[0].rpartition("/")[2]
    if name in SERVERS:
        return name
    wanted = SERVING.get(name, _NONE)
    argument = next((word for word in words[1:_FAR] if word in wanted), "")
    if argument or (name in SERVING and not wanted):
        return f"{name} {argument}".rstrip()
    return server(words[words.index("--") :]) if "--" in words else ""


# -- what keeps running ----------------------------------------------------------------------------

_DAEMONS = _words(
    "alertmanager celery clamd cron crond dnsmasq dockerd dovecot exim fluentd fluent-bit "
    "foreman honcho icecast2 logstash monit named ntpd openvpn pm2 pm2-runtime pm2-docker postfix "
    "privoxy radiusd resque rsyslogd runsvdir s6-svscan sidekiq slapd smbd squid supervisord "
    "td-agent telegraf tor unbound vector vsftpd znc zkServer.sh"
)
_DAEMON = re.compile(
    r".+[-_](?:server|daemon|exporter|foreground)(?:[.-].*)?\Z|[a-z0-9]+-?serverd?\Z"
)
_INTERPRETERS = _RUNNERS | _words(
    "node nodejs deno bun npm pnpm yarn php ruby perl java dotnet mono erl elixir mix lua Rscript "
    "julia go cargo mvn gradle sbt rake rails nodemon ts-node tsx bash sh ash zsh"
)
_SYSTEM_FOLDERS = _words("/bin /sbin /usr/bin /usr/sbin /usr/games /usr/local/bin /usr/local/sbin")
_HELP = _words("--help -h -help help --info --version version -V")


_ENDING = {
    "alembic": _words("upgrade downgrade"),
    "bundle": _words("rspec rake"),
    "bun": _words("test"),
    "cd": _NONE,
    "composer": _NONE,
    "cypress": _words("run"),
    "echo": _NONE,
    "flyway": _words("migrate"),
    "go": _words("test vet"),
    "jest": _NONE,
    "knex": _words("migrate:latest migrate:up seed:run"),
    "manage.py": _words("migrate test collectstatic"),
    "npm": _words("test t"),
    "phpcbf": _NONE,
    "phpcs": _NONE,
    "phpunit": _NONE,
    "playwright": _words("test"),
    "pnpm": _words("test t"),
    "prisma": _words("migrate db generate"),
    "pytest": _NONE,
    "rails": _words("db:migrate db:prepare db:seed"),
    "rake": _NONE,
    "rspec": _NONE,
    "tox": _NONE,
    "yarn": _words("test"),
}
"""Commands of projects that end by themselves, with one of these arguments, or with any."""
_ON_LAMBDA = re.compile(r"aws-?_?lambda-?_?ric\b|com\.amazonaws\.services\.lambda\.runtime")


def only_helps(words: list[str]) -> bool:
    """Whether a command, or its arguments, asks for help or a version in the end."""
    return bool(words) and words[-1] in _HELP


def ends(words: list[str]) -> bool:
    """Whether a command line is known to end by itself: tests, checks, migrations."""
    plain = _without(_FIRST_PROCESSES | _RUNNERS - _ENDING.keys(), words)
    if plain[1:2] == ["exec"]:
        return ends(plain[2:])
    name = plain[0].rpartition("/")[2] if plain else ""
    wanted = _ENDING.get(name)
    return wanted is not None and (not wanted or bool(wanted & set(plain[1:2])))


def may_end(text: str) -> bool:
    """Whether a script names any command that is known to end by itself: quicker to ask than
    `ends`, for which the script has to be parsed."""
    return not _ENDING.keys().isdisjoint(re.split(r"[^\w.-]+", text))


def waits_for_lambda(words: list[str]) -> bool:
    """Whether a command line starts the client with which a program runs on Lambda."""
    return any(_ON_LAMBDA.search(word) for word in words)


def is_program_of_others(words: list[str]) -> bool:
    """Whether a command line calls a program by its name alone, or in a folder of the system,
    that is neither known to keep running nor given a program of its own to run."""
    plain = _without(_FIRST_PROCESSES, words)
    if not plain or server(words):
        return False
    folder, _, name = plain[0].removesuffix(".exe").rpartition("/")
    if folder and folder not in _SYSTEM_FOLDERS:
        return False
    given = name in _INTERPRETERS and len(plain) > 1
    return not (given or name in _DAEMONS or _DAEMON.match(name))
