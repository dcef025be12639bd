"""Everything copied before dependencies are fetched."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.cache_busting_copy import cache_busting_copy as policy
from conftest import Judge


def stage(*lines: str, base: str = "node:22-slim") -> dict[str, str]:
    return {"Dockerfile": "\n".join((f"FROM {base}", "WORKDIR /app", *lines)) + "\n"}


@pytest.mark.parametrize(
    "command",
    [
        "npm ci", "npm install --omit=dev", "yarn", "yarn install --frozen-lockfile",
        "pnpm install",
        "pip install -r requirements.txt", "python -m pip install --no-cache-dir -r r.txt",
        "poetry install --no-root", "uv sync --frozen", "uv pip install -r r.txt", "pipenv sync",
        "bundle install", "go mod download", "go build ./...", "mvn -B package", "./mvnw verify",
        "gradle build", "./gradlew :app:bootJar", "cargo build --release", "composer install",
        "php composer.phar install --no-dev", "./composer.phar install",
        "apk add git && npm ci", "pip install .", "pip install -e .[dev]", "mix deps.get",
        "dotnet publish -c Release -o out", "uv pip install --system ./",
    ],
)  # fmt: skip
def test_each_tool(judged: Judge, command: str) -> None:
    assert judged(stage("COPY . .", f"RUN {command}"), policy).places == ["Dockerfile:3 ."]


@pytest.mark.parametrize("copy", ["COPY . .", "COPY ./ /app", "ADD . .", "COPY --chown=1 * ./"])
def test_each_way_to_copy_everything(judged: Judge, copy: str) -> None:
    assert len(judged(stage(copy, "RUN npm ci"), policy).findings) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ("COPY package.json .", "RUN npm ci", "COPY . .", "RUN npm ci --omit=dev"),
        ("COPY . .", "RUN npm run build"),
        ("COPY . .", "RUN npm install -g serve"),
        ("COPY . .", "RUN pip install gunicorn"),
        ("COPY . .", "RUN cargo install cargo-chef"),
        ("COPY . .", "RUN cargo chef prepare --recipe-path recipe.json"),
        ("COPY recipe.json .", "RUN cargo chef cook --release", "COPY . .", "RUN cargo build"),
        ("COPY . .", "RUN yarn --version"),
        ("COPY . .", "RUN pip install --no-deps ."),
        ("COPY *.csproj .", "RUN dotnet restore", "COPY . .", "RUN dotnet publish -c Release"),
        ("COPY . .", "RUN dotnet publish --no-restore"),
        ("COPY r.txt .", "RUN pip install -r r.txt", "COPY . .", "RUN pip install ."),
        ("COPY . .", "RUN --mount=type=cache,target=/root/.npm npm ci"),
        ("COPY --from=x . .", "RUN npm ci"),
        ("COPY src src", "RUN npm ci"),
        ("RUN --mount=type=bind,target=. npm ci", "COPY . ."),
        ("COPY . .", "ONBUILD RUN npm ci"),
    ],
)
def test_fine(judged: Judge, lines: tuple[str, ...]) -> None:
    files = stage(*lines)
    files["Dockerfile"] = "FROM node:22 AS x\n" + files["Dockerfile"]
    assert judged(files, policy).is_silent


def test_dependencies_of_an_earlier_stage_are_kept(judged: Judge) -> None:
    lines = (
        "FROM node:22 AS deps\nCOPY package.json .\nRUN npm ci\nFROM deps\nCOPY . .\nRUN npm ci\n"
    )
    assert judged({"Dockerfile": lines}, policy).is_silent


def test_go_may_have_no_dependencies(judged: Judge) -> None:
    files = stage("COPY . .", "RUN go build", base="golang:1.25")
    assert judged(files | {"go.mod": "module x\n"}, policy).is_silent
    with_sum = files | {"go.mod": "module x\n", "go.sum": "x\n"}
    assert judged(with_sum, policy).findings
