"""The formats of tokens that name their issuer: prefix, alphabet, length.

Sources: each issuer's own documentation of its tokens, and the list of patterns that GitHub's
secret scanning supports, as of 2026-11. Of Twilio, `SK…` and `AC…` are identifiers and no secrets.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """A format. `kind` is what messages call it; `clues` are texts of which each token holds one;
    `pattern` is a regular expression for the whole of it."""

    kind: str
    clues: tuple[str, ...]
    pattern: str


_JWT = r"eyJ[A-Za-z0-9+/_=.-]"
TOKENS = (
    Token("an age key", ("AGE-SECRET-KEY-1",), r"AGE-SECRET-KEY-1[0-9A-Z]{58}"),
    Token("an Anthropic key", ("sk-ant-",), r"sk-ant-[a-z]{3,9}[0-9]{2}-[\w-]{80,120}"),
    Token("an Atlassian token", ("ATATT3", "ATCTT3"), r"AT[AC]TT3[\w=-]{60,400}"),
    Token("an Azure DevOps token", ("AZDO",), r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}"),
    Token("a Databricks token", ("dapi",), r"dapi[0-9a-f]{32}(?:-[0-9])?"),
    Token("a DigitalOcean token", ("_v1_",), r"do[opr]_v1_[0-9a-f]{64}"),
    Token("a Docker token", ("dckr_",), r"dckr_[po]at_[\w-]{27,36}"),
    Token(
        "a Doppler token", ("dp.pt.", "dp.st."), r"dp\.(?:pt|st\.[\w-]{1,60})\.[A-Za-z0-9]{40,44}"
    ),
    Token(
        "a GitHub token",
        ("ghp_", "gho_", "ghs_", "ghu_", "ghr_", "github_pat_"),
        r"gh[opsru]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{82}",
    ),
    Token(
        "a GitLab token",
        ("glpat-", "gldt-", "glrt-", "glptt-"),
        r"gl(?:pat|dt|rt|ptt)-[\w-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{7,9})?",
    ),
    Token("a Google client secret", ("GOCSPX-",), r"GOCSPX-[\w-]{28}"),
    Token(
        "a Grafana token",
        ("glsa_", "glc_ey"),
        rf"glsa_[A-Za-z0-9]{{32}}_[0-9a-f]{{8}}|glc_{_JWT}{{32,400}}",
    ),
    Token("a Heroku key", ("HRKU-",), r"HRKU-(?:[0-9a-f-]{36}|AA[\w-]{58})"),
    Token("a Hugging Face token", ("hf_",), r"hf_[A-Za-z0-9]{34}"),
    Token("a Linear key", ("lin_api_",), r"lin_api_[A-Za-z0-9]{40}"),
    Token("a New Relic key", ("NRAK-",), r"NRAK-[A-Z0-9]{27}"),
    Token("an npm token", ("npm_",), r"npm_[A-Za-z0-9]{36}"),
    Token("an OpenAI key", ("T3BlbkFJ",), r"sk-[\w-]{20,120}T3BlbkFJ[\w-]{20,120}"),
    Token("a Postman key", ("PMAK-",), r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}"),
    Token("a Pulumi token", ("pul-",), r"pul-[0-9a-f]{40}"),
    Token("a PyPI token", ("pypi-AgEIcHlwaS5vcmc",), r"pypi-AgEIcHlwaS5vcmc[\w-]{50,1000}"),
    Token("a RubyGems key", ("rubygems_",), r"rubygems_[0-9a-f]{48}"),
    Token("a SendGrid key", ("SG.",), r"SG\.[\w-]{22}\.[\w-]{43}"),
    Token(
        "a Sentry token",
        ("sntry",),
        rf"sntryu_[0-9a-f]{{64}}|sntrys_{_JWT}{{80,600}}",
    ),
    Token("a Shopify token", ("shp",), r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"),
    Token(
        "a Slack token",
        ("xox", "xapp-"),
        r"xox[abcdeoprs]-[0-9A-Za-z-]{16,250}|xapp-[0-9]-[0-9A-Z]{8,15}-[0-9]{10,16}-[0-9a-f]{64}",
    ),
    Token("a Square token", ("sq0",), r"sq0(?:atp-[\w-]{22}|csp-[\w-]{43})"),
    Token(
        "a Stripe key",
        ("k_live_", "whsec_"),
        r"[rs]k_live_[A-Za-z0-9]{16,200}|whsec_[A-Za-z0-9+/]{32,64}=*",
    ),
    Token("a Supabase token", ("sbp_",), r"sbp_[0-9a-f]{40}"),
    Token(
        "a Tailscale key",
        ("tskey-",),
        r"tskey-[a-z]{3,12}-[A-Za-z0-9]{8,20}CNTRL-[A-Za-z0-9]{16,64}",
    ),
    Token("a Telegram bot's token", (":AA",), r"(?:bot)?[0-9]{8,10}:AA[\w-]{33}"),
    Token("a Terraform token", (".atlasv1.",), r"[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}"),
    Token(
        "a Vault token",
        ("hvs.", "hvb."),
        r"hv[sb]\.(?=[\w-]{0,24}[0-9])(?=[\w-]{0,24}[A-Z])[\w-]{24,300}",
    ),
    Token("an Amazon Bedrock key", ("ABSK",), r"ABSKQmVkcm9ja0FQSUtleS[A-Za-z0-9+/]{80,200}={0,2}"),
)
