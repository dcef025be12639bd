from collections.abc import Iterator

from cloudlint.concepts.dns import DnsRecord, unmet
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    standard="S: Multi-Region, Route 53 failover with a health check; P: `evaluate_target_health`",
)
def unmonitored_dns_failover(record: DnsRecord) -> Iterator[Finding]:
    """A record that nothing watches keeps leading users to a place that is down.

    Judged are records picked by failover, latency, weight, place or as one of many values; they
    need a `health_check_id`, or `evaluate_target_health` on their alias. The secondary of a
    failover pair is left alone: it is what is left when all else fails.

    Fix: give the record a health check, or evaluate the health of its alias's target.

    ## Bad
    ```terraform
    resource "aws_route53_record" "primary" {  # <-- finding
      zone_id        = "Z1"
      name           = "shop"
      type           = "A"
      ttl            = 60
      records        = ["192.0.2.1"]
      set_identifier = "primary"

      failover_routing_policy {
        type = "PRIMARY"
      }
    }
    ```
    ```terraform
    resource "aws_route53_record" "ireland" {
      zone_id        = "Z1"
      name           = "shop"
      type           = "A"
      set_identifier = "ireland"

      alias {
        name                   = "ireland.shop.example"
        zone_id                = "Z2"
        evaluate_target_health = false  # <-- finding
      }

      latency_routing_policy {
        region = "eu-west-1"
      }
    }
    ```
    ## Good
    ```terraform
    resource "aws_route53_health_check" "primary" {
      type = "HTTPS"
      fqdn = "shop.example"
    }

    resource "aws_route53_record" "primary" {
      zone_id         = "Z1"
      name            = "shop"
      type            = "A"
      ttl             = 60
      records         = ["192.0.2.1"]
      set_identifier  = "primary"
      health_check_id = aws_route53_health_check.primary.id

      failover_routing_policy {
        type = "PRIMARY"
      }
    }

    resource "aws_route53_record" "secondary" {
      zone_id        = "Z1"
      name           = "shop"
      type           = "A"
      ttl            = 60
      records        = ["192.0.2.2"]
      set_identifier = "secondary"

      failover_routing_policy {
        type = "SECONDARY"
      }
    }
    ```
    ## Undecided
    ```terraform
    variable "health_check_id" {
      type = string
    }

    resource "aws_route53_record" "ireland" {
      zone_id         = "Z1"
      name            = "shop"
      type            = "A"
      ttl             = 60
      records         = ["192.0.2.1"]
      set_identifier  = "ireland"
      health_check_id = var.health_check_id

      weighted_routing_policy {
        weight = 10
      }
    }
    ```
    """
    for requirement in unmet(record.health()):
        yield Finding(
            f"{record} is answered with also while its target is down ({record.routing} "
            f"routing): {requirement.problem}",
            at=requirement.at,
        )
