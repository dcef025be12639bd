from collections.abc import Iterator

from cloudlint.concepts.images import ContainerImage
from cloudlint.policy import Finding, policy


@policy(
    severity="high",
    security=True,
    standard="A: Quality Standards, every production image is pinned by digest before promotion",
)
def floating_image_tag(image: ContainerImage) -> Iterator[Finding]:
    """An image without a version is another image tomorrow: nobody can say what runs, or go back.

    No tag at all means `latest`. `latest`, `stable`, `main`, `edge` and the like move, and so
    does a variant without a version (`nginx:alpine`, `node:lts-slim`). It is enough that the tag
    is known: `"${var.repository}:latest"` floats whatever the repository is, and the bare
    `repository_url` of an ECR repository has no tag. A digest pins; build stages and `scratch`
    are no images.

    Fix: name the version and pin it by digest, as in `nginx:1.27.3-alpine@sha256:…`.

    ## Bad
    ```dockerfile
    FROM node:lts-slim  # <-- finding
    USER node
    ```
    ```compose
    services:
      proxy:
        image: nginx  # <-- finding
    ```
    ```terraform
    variable "repository" {
      type = string
    }

    resource "aws_ecs_task_definition" "web" {
      family = "web"
      container_definitions = jsonencode([{
        name  = "web"
        image = "${var.repository}:latest"  # <-- finding
      }])
    }
    ```
    ## Good
    ```dockerfile
    FROM golang:1.25.4 AS build
    RUN go build -o /server ./cmd/server

    FROM scratch
    COPY --from=build /server /server
    USER 10001
    ```
    ```compose
    services:
      proxy:
        image: nginx:1.27.3@sha256:0a399eb16751829e1af26fea27b20c3ec28d7ab1fb72182879dcae1cca21206a
      web:
        build: .
        image: shop/web
    ```
    ## Undecided
    ```dockerfile
    ARG VERSION
    FROM node:${VERSION}
    USER node
    ```
    """
    name = image.name
    if name.is_floating:
        tag = "has no tag" if name.tag.is_null else f"has the floating tag `{name.tag.string()}`"
        yield Finding(f"{image.called(name.repository)} {tag}", at=image.reference)
