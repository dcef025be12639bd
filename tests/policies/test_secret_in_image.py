from __future__ import annotations

import pytest

from cloudlint_policies.credentials.static_cloud_key import static_cloud_key
from cloudlint_policies.images.secret_in_image import secret_in_image as policy
from judging import Judge


def image(*instructions: str, **files: str) -> dict[str, str]:
    return {"Dockerfile": "\n".join(["FROM alpine:3.20.3", *instructions]) + "\n", **files}


@pytest.mark.parametrize(
    "instruction",
    [
        "ENV DB_PASSWORD=hunter2",
        "ENV DB_PASSWORD hunter2",
        "ARG DB_PASSWORD=hunter2",
        "ENV A=1 \\\n  # why\n  DB_PASSWORD='hunter2' B=2",
        "LABEL io.shop.password=hunter2",
        "CMD serve --db-password hunter2",
        'CMD ["serve", "--db-password", "hunter2"]',
        'LABEL token="glpat-q9Tf3LwZ0bVxK7mRjN2d"',
        "RUN mysql --password=hunter2 < dump.sql",
        "RUN git clone https://deploy:hunter2@git.shop.com/a.git",
        "ONBUILD ENV DB_PASSWORD=hunter2",
    ],
)
def test_literals(judged: Judge, instruction: str) -> None:
    result = judged(image(instruction), policy)
    assert [str(finding.severity) for finding in result.findings] == ["critical"]
    assert "hunter2" not in result.messages[0]


@pytest.mark.parametrize(
    "instruction",
    [
        "ENV PASSWORD_FILE=/run/secrets/db",
        "ENV DB_PASSWORD=<password>",
        "RUN --mount=type=secret,id=token TOKEN=$(cat /run/secrets/token) make",
        "RUN --mount=type=secret,id=env,target=/app/.env make",
        "ENV DB_USER=shop",
        "COPY .env.example .env.sample ./",
        "COPY id_rsa.pub /root/.ssh/authorized_keys",
        "COPY secrets.py keys.go /app/",
        "ARG VERSION",
        "COPY --from=busybox:1.36 /etc/ssl/server.key /a",
    ],
)
def test_what_is_no_secret(judged: Judge, instruction: str) -> None:
    assert judged(image(instruction), policy).is_silent


@pytest.mark.parametrize(
    "path",
    ".env config/.env.production id_ed25519 .ssh .aws/credentials server.key certs/client.p12 "
    "gcp-credentials.json .netrc".split(),
)
@pytest.mark.parametrize("keyword", ["COPY", "ADD", "ONBUILD COPY"])
def test_files_made_for_secrets(judged: Judge, path: str, keyword: str) -> None:
    result = judged(image(f"{keyword} {path} /app/"), policy)
    assert result.places == [f"Dockerfile:2 {path}"]


def test_what_is_in_a_file_decides_where_it_is_at_hand(judged: Judge) -> None:
    assert judged(image("COPY .env /"), policy).findings
    assert judged(image("COPY .env /", **{".env": "PORT=1\n"}), policy).is_silent
    held = image("COPY .npmrc /", **{".npmrc": "//r/:_authToken=npm_" + "a1B2" * 9 + "\n"})
    assert judged(held, policy).findings
    assert judged(image("COPY .npmrc /", **{".npmrc": "save=true\n"}), policy).is_silent
    assert judged(image("COPY ca.pem /"), policy).undecided == ["`ca.pem` is not at hand"]


def test_declarations_are_low(judged: Judge) -> None:
    result = judged(image("ARG NPM_TOKEN", "ENV AWS_SECRET_ACCESS_KEY="), policy)
    assert [str(finding.severity) for finding in result.findings] == ["low", "low"]
    assert result.places == ["Dockerfile:2 NPM_TOKEN", "Dockerfile:3 AWS_SECRET_ACCESS_KEY"]


def test_an_argument_that_is_handed_on_is_told_once(judged: Judge) -> None:
    result = judged(image("ARG API_TOKEN", "ENV API_TOKEN=$API_TOKEN"), policy)
    assert result.places == ["Dockerfile:3 API_TOKEN"]


def test_scripts_that_run_when_a_container_starts(judged: Judge) -> None:
    script = {"run.sh": "#!/bin/sh\nexport DB_PASSWORD=hunter2\nexec shop\n"}
    started = image("COPY run.sh /", 'ENTRYPOINT ["/run.sh"]', **script)
    assert judged(started, policy).places == ["Dockerfile:2 run.sh"]
    assert judged(image("COPY run.sh /", "CMD sh -c /run.sh", **script), policy).findings
    assert judged(image("COPY run.sh /", "CMD shop", **script), policy).is_silent
    clean = {"run.sh": 'export DB_PASSWORD="$(cat /run/secrets/db)"\n'}
    assert judged(image("COPY run.sh /", "CMD /run.sh", **clean), policy).is_silent


def test_cloud_keys_have_a_policy_of_their_own(judged: Judge) -> None:
    files = image("ENV AWS_ACCESS_KEY_ID=AKIAR7DCEQ4MSKN2TJX5")
    result = judged(files, policy, static_cloud_key)
    assert [finding.policy for finding in result.findings] == ["static-cloud-key"]


def test_a_url_is_called_like_the_variable_that_holds_it(judged: Judge) -> None:
    files = image("ENV PORT=1 DB=postgres://shop:hunter2@db/shop \\\n  TZ=UTC")
    [message] = judged(files, policy).messages
    assert message.startswith("`DB` keeps a password in a URL")


def test_what_is_secret_in_part_is_undecided(judged: Judge) -> None:
    files = image("ARG STAGE", "ENV DB_PASSWORD=${STAGE}-hunter2 X=$STAGE")
    assert judged(files, policy).undecided == ["a part of `DB_PASSWORD` is not known"]


def test_comments_of_scripts_are_left_alone(judged: Judge) -> None:
    script = {"run.sh": "# curl https://shop.io/?password=hunter2\nexec shop\n"}
    assert judged(image("COPY run.sh /", "CMD /run.sh", **script), policy).is_silent


def test_what_a_program_reads_is_no_script(judged: Judge) -> None:
    data = {"calls.txt": "GET /?api_token=q9Tf3LwZ0bVxK7mR\n"}
    assert judged(image("COPY calls.txt /", "CMD replay /calls.txt", **data), policy).is_silent


def test_secrets_of_one_script_that_look_alike_are_all_shown_and_hidden(judged: Judge) -> None:
    script = {"run.sh": "export DB_PASSWORD=quiet-A2\n: ${PASSWORD:=other-A2}\nexec shop\n"}
    [finding] = judged(image("COPY run.sh /", "CMD /run.sh", **script), policy).findings
    secrets = {"quiet-A2", "other-A2"}
    assert {related.span.text for related in finding.related} == secrets
    assert {span.text for span in finding.redact} == secrets
