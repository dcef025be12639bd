from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="A: Dockerfile, set `EXPOSE` explicitly")
def missing_expose(stage: ImageStage) -> Iterator[Finding]:
    """Nobody can see from the image on which port its server answers.

    `EXPOSE` opens nothing; it is what people and tools (`docker run -P`, proxies, health checks)
    read. A stage serves when its command is a known server, when a compose service publishes a
    port of it, or when a container in Terraform that runs its image maps one. A base image that
    exposes its port itself is enough.

    Fix: add `EXPOSE` with the port that the server listens on.

    ## Bad
    ```dockerfile
    FROM python:3.13.1-slim  # <-- finding
    WORKDIR /app
    COPY shop ./shop
    CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.app:app"]
    ```
    ```dockerfile
    FROM node:22.12.0-slim  # <-- finding
    COPY server.js /app/server.js
    CMD ["node", "/app/server.js"]
    ```
    ```compose with
    services:
      web:
        build: .
        ports: ["8080:3000"]
    ```
    ```dockerfile services/cart/Dockerfile
    FROM node:22.12.0-slim  # <-- finding
    COPY server.js /app/server.js
    CMD ["node", "/app/server.js"]
    ```
    ```terraform with
    resource "aws_ecs_task_definition" "cart" {
      family = "cart"
      container_definitions = jsonencode([{
        name         = "cart"
        image        = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/cart:1.4.0"
        portMappings = [{ containerPort = 3000 }]
      }])
    }
    ```
    ## Good
    ```dockerfile
    FROM python:3.13.1-slim
    EXPOSE 8000
    CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop.app:app"]
    ```
    ```dockerfile
    FROM nginx:1.27.3-alpine
    COPY dist /usr/share/nginx/html
    ```
    ## Undecided
    ```dockerfile
    FROM registry.example.com/platform/python:3.13.1
    CMD ["gunicorn", "shop.app:app"]
    ```
    """
    if not stage.is_runtime or stage.exposed:
        return
    if stage.is_for_development and not stage.published():
        return
    server = stage.server
    served = [] if server else stage.served()
    if (server or served) and not stage.known_base_exposes:
        why = f"runs `{server}`" if server else f"has a port that {served[0][0]}"
        also = [("here", place) for _, place in served]
        yield Finding(f"{stage.name} {why}, but has no `EXPOSE`", at=stage.stage.span, also=also)
