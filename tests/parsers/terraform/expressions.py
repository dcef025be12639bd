"""Expressions made up: mostly what a configuration could say, and now and then what it cannot.

Kinds of expressions: `b` bool, `n` number, `s` string, `l` list, `m` map, `v` any of them.
"""

from __future__ import annotations

from hypothesis import strategies as st

KINDS = "bnslm"
DEPTH = 3
TEXTS = ["", "a", "b", "ab", "a,b", "A b", "1", "1.50", "-2", "true", "é", "日本", "x\\ny", "$${a}"]
TEXTS += ["%%{b}", '\\"q\\"', "\\\\", "10.0.0.0/16", "a-b_c", "2024-02-29T12:30:00Z", "007", "\\t"]
NUMBERS = ["0", "1", "2", "3", "10", "0.5", "1.25", "0.1", "1e3", "12345678901234567890", "1e-7"]
KEYS = ["a", "b", "k", "x", '"a b"', '"1"', '"é"', '("a")', "(1)"]
PATTERNS = ["a", "[a-z]+", "(.)", "^$", "(?P<k>b)", "a|b", "."]

FUNCTIONS = {
    "b": """alltrue l, anytrue l, can v, contains lv, endswith ss, issensitive v, startswith ss,
            strcontains ss, tobool b, tobool s""",
    "n": """abs n, ceil n, floor n, index lv, length l, length m, length s, log nn, max nnn, min nn,
            parseint sn, pow nn, signum n, sum l, tonumber n, tonumber s""",
    "s": """base64decode s, base64encode s, chomp s, cidrhost sn, cidrsubnet snn, coalesce sss,
            format sv, formatdate ss, indent ns, join sl, jsonencode v, lower s, md5 s, regex rs,
            replace sss, strrev s, substr snn, timeadd ss, title s, tostring n, tostring s, trim ss,
            trimprefix ss, trimspace s, trimsuffix ss, upper s, urlencode s, yamlencode v""",
    "l": """chunklist ln, coalescelist ll, compact l, concat ll, csvdecode s, distinct l, flatten l,
            formatlist sl, keys m, matchkeys lll, range n, regexall rs, reverse l,
            setintersection ll, setproduct ll, setsubtract ll, setunion ll, slice lnn, sort l,
            split ss, tolist l, toset l, values m""",
    "m": "merge mm, tomap m, transpose m, zipmap ll",
    "v": "coalesce vv, element ln, jsondecode s, lookup msv, nonsensitive v, one l, try vv",
}
SIGNATURES = {
    kind: [tuple(entry.split()) for entry in text.split(",")] for kind, text in FUNCTIONS.items()
}


@st.composite
def of_kind(draw: st.DrawFn, kind: str, depth: int = DEPTH) -> str:
    """An expression of a kind; one in sixteen is of any kind."""
    if kind == "r":
        return f'"{draw(st.sampled_from(PATTERNS))}"'
    if kind == "v" or draw(st.integers(0, 15)) == 0:
        kind = draw(st.sampled_from(KINDS))
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(leaf(kind))
    own = {"b": truth, "n": arithmetic, "s": template, "l": sequence, "m": mapping}[kind]
    form = draw(st.sampled_from([own, own, own, call, call, part, conditional]))
    return draw(form(kind, depth - 1))


@st.composite
def leaf(draw: st.DrawFn, kind: str) -> str:
    if draw(st.integers(0, 15)) == 0:
        return "null"
    simple = {"b": ["true", "false"], "n": NUMBERS, "s": [f'"{text}"' for text in TEXTS]}
    if kind in simple:
        return draw(st.sampled_from(simple[kind]))
    items = draw(st.lists(st.sampled_from(simple[draw(st.sampled_from("bns"))]), max_size=3))
    if kind == "l":
        return f"[{', '.join(items)}]"
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=3, max_size=3))
    return f"{{{', '.join(f'{k} = {v}' for k, v in zip(keys, items, strict=False))}}}"


@st.composite
def call(draw: st.DrawFn, kind: str, depth: int) -> str:
    name, kinds = draw(st.sampled_from([*SIGNATURES[kind], *SIGNATURES["v"]]))
    arguments = [draw(of_kind(wanted, depth)) for wanted in kinds]
    spread = "..." if name not in ("try", "can") and draw(st.integers(0, 24)) == 0 else ""
    return f"{name}({', '.join(arguments)}{spread})"


@st.composite
def part(draw: st.DrawFn, kind: str, depth: int) -> str:
    one, other = draw(of_kind(kind, depth)), draw(of_kind(kind, depth))
    lists = [f"[{one}, {other}]", f"tolist([{one}, {other}])", f"[{{a = {one}}}, {{a = {other}}}]"]
    of_list = ["[0]", "[1]", "[-1]", ".0", "[*][0]", '["1"]', "[*].a", ".*.a", "[*].a[0]", "[0].a"]
    maps = [f"{{a = {one}, b = {other}}}", f"tomap({{a = {one}}})", f"{{a = [{one}]}}"]
    of_map = [".a", '["a"]', "[*].a", ".b", "[*]", ".a[0]"]
    wholes, after = draw(st.sampled_from([(lists, of_list), (maps, of_map)]))
    return draw(st.sampled_from(wholes)) + draw(st.sampled_from(after))


@st.composite
def conditional(draw: st.DrawFn, kind: str, depth: int) -> str:
    condition = draw(of_kind("b", depth))
    return f"({condition} ? {draw(of_kind(kind, depth))} : {draw(of_kind(kind, depth))})"


@st.composite
def truth(draw: st.DrawFn, kind: str, depth: int) -> str:
    operator = draw(st.sampled_from(["!", "&&", "||", "==", "!=", "<", ">", "<=", ">="]))
    if operator == "!":
        return f"!{draw(of_kind('b', depth))}"
    operands = "b" if operator in ("&&", "||") else "n"
    if operator in ("==", "!="):
        operands = draw(st.sampled_from(KINDS))
    return f"({draw(of_kind(operands, depth))} {operator} {draw(of_kind(operands, depth))})"


@st.composite
def arithmetic(draw: st.DrawFn, kind: str, depth: int) -> str:
    left, right = draw(of_kind("n", depth)), draw(of_kind("n", depth))
    operator = draw(st.sampled_from(["-", "-", "+", "*", "/", "%", ") - (", ") * ("]))
    if draw(st.integers(0, 5)) == 0:
        return f"-{left}"
    return f"({left} {operator} {right})"


@st.composite
def template(draw: st.DrawFn, kind: str, depth: int) -> str:
    simple = draw(of_kind(draw(st.sampled_from("snb")), depth))
    condition, items = draw(of_kind("b", depth)), draw(of_kind("l", depth))
    forms = [
        f'"${{{simple}}}"',
        f'"x${{{simple}}}y"',
        f'"x ${{~ {simple} ~}} y"',
        f'"%{{ if {condition} }}a%{{ else }}b%{{ endif }}"',
        f'"%{{ if {condition} ~}} a %{{~ endif }}"',
        f'"%{{ for v in {items} }}${{v}},%{{ endfor }}"',
        f'"%{{ for i, v in {items} ~}} ${{i}}=${{v}} %{{~ endfor }}"',
    ]
    return draw(st.sampled_from(forms))


RESULTS = ["v", '"${v}"', "[v]", "{a = v}", "v + 1", "upper(v)", "v == 1", "k", '"${k}-${v}"']
CONDITIONS = ["", "", " if v != null", " if v == 1", ' if "${v}" != "a"', " if k != 0"]


@st.composite
def sequence(draw: st.DrawFn, kind: str, depth: int) -> str:
    if draw(st.booleans()):
        alike = draw(st.sampled_from([*KINDS, "v"]))
        items = [draw(of_kind(alike, depth)) for _ in range(draw(st.integers(0, 3)))]
        convert = draw(st.sampled_from(["", "tolist", "toset"]))
        return f"{convert}([{', '.join(items)}])" if convert else f"[{', '.join(items)}]"
    collection = draw(of_kind(draw(st.sampled_from("lm")), depth))
    result, condition = draw(st.sampled_from(RESULTS)), draw(st.sampled_from(CONDITIONS))
    return f"[for k, v in {collection} : {result}{condition}]"


@st.composite
def mapping(draw: st.DrawFn, kind: str, depth: int) -> str:
    if draw(st.booleans()):
        alike = draw(st.sampled_from([*KINDS, "v"]))
        keys = draw(st.lists(st.sampled_from(KEYS), max_size=3))
        inner = ", ".join(f"{key} = {draw(of_kind(alike, depth))}" for key in keys)
        convert = draw(st.sampled_from(["", "tomap"]))
        return f"{convert}({{{inner}}})" if convert else f"{{{inner}}}"
    collection = draw(of_kind(draw(st.sampled_from("lm")), depth))
    key = draw(st.sampled_from(["k", "v", '"x${v}"', '"a"']))
    result, condition = draw(st.sampled_from(RESULTS)), draw(st.sampled_from(CONDITIONS))
    group = draw(st.sampled_from(["", "..."]))
    return f"{{for k, v in {collection} : {key} => {result}{group}{condition}}}"


expressions = of_kind("v")
