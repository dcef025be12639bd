from __future__ import annotations

import pytest

from cloudlint_policies.scaling.cpu_only_scaling import cpu_only_scaling as policy
from judging import Judge, Judged

GROUP = """
resource "aws_autoscaling_group" "g" {
  name              = "g"
  target_group_arns = ["arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/g/1"]
}
"""
SERVICE = """
resource "aws_ecs_service" "s" {
  name = "web"
  load_balancer {
    container_name = "web"
    container_port = 80
  }
}
"""
VARIABLES = """
variable "on" {
  type = bool
}
variable "text" {
  type = string
}
variable "list" {
  type = list(string)
}
"""


@pytest.fixture
def scan(judged: Judge) -> Judge:
    def terraform(*texts: str) -> Judged:
        return judged({"main.tf": "".join(texts), "variables.tf": VARIABLES}, policy)

    return terraform


def tracking(
    metric: str,
    name: str = "p",
    group: str = "aws_autoscaling_group.g.name",
    more: str = "",
) -> str:
    """A target tracking policy of a group."""
    return f"""
resource "aws_autoscaling_policy" "{name}" {{
  autoscaling_group_name = {group}
  {more}
  target_tracking_configuration {{
    {metric}
  }}
}}
"""


def predefined(metric: str) -> str:
    return f"predefined_metric_specification {{\npredefined_metric_type = {metric}\n}}"


CPU = predefined('"ASGAverageCPUUtilization"')
REQUESTS = predefined('"ALBRequestCountPerTarget"')


def customized(metric: str) -> str:
    return f'customized_metric_specification {{\nmetric_name = "{metric}"\n}}'


def stepping(*alarms: str) -> str:
    return 'resource "aws_autoscaling_policy" "out" {\n' + (
        "  autoscaling_group_name = aws_autoscaling_group.g.name\n}\n" + "".join(alarms)
    )


def alarm(
    metric: str,
    name: str = "a",
    actions: str = "alarm_actions = [aws_autoscaling_policy.out.arn]",
    more: str = "",
) -> str:
    return f"""
resource "aws_cloudwatch_metric_alarm" "{name}" {{
  {metric}
  {actions}
  {more}
}}
"""


BUSY = 'metric_name = "CPUUtilization"'
SLOW = 'metric_name = "TargetResponseTime"'
MATH = """metric_query {
    id = "e"
    expression = "a / b"
  }
  metric_query {
    id = "a"
    metric {
      metric_name = "%s"
    }
  }"""


@pytest.mark.parametrize(
    "policies",
    [
        tracking(CPU),
        tracking(customized("CPUUtilization")),
        tracking(customized("CpuUtilized")),
        tracking(customized("MemoryUtilization"), "a") + tracking(CPU, "b"),
        tracking(CPU, group='"g"'),
        tracking(CPU, group="aws_autoscaling_group.g.id"),
        stepping(alarm(BUSY)),
        stepping(alarm(BUSY, actions="ok_actions = [aws_autoscaling_policy.out.arn]")),
        stepping(alarm(MATH % "CPUUtilization")),
        stepping(
            alarm(
                'metric_query {\nid = "q"\n'
                'expression = "SELECT AVG(CPUUtilization) FROM SCHEMA(\\"AWS/EC2\\", X)"\n}'
            )
        ),
        stepping(alarm(BUSY), alarm('metric_name = "mem_used_percent"', "b")),
        tracking(CPU, more="count = var.on ? 1 : 0"),
        tracking(CPU, more="count = 2"),
    ],
)
def test_utilisation_alone_is_found(scan: Judge, policies: str) -> None:
    outcome = scan(GROUP, policies)
    assert (len(outcome.findings), outcome.undecided) == (1, [])


@pytest.mark.parametrize(
    "policies",
    [
        "",
        tracking(REQUESTS),
        tracking(CPU, "a") + tracking(REQUESTS, "b"),
        tracking(CPU, "a") + tracking(REQUESTS, "b", '"g"'),
        tracking(CPU, "a") + tracking(customized("QueueDepthPerTask"), "b"),
        stepping(alarm(BUSY), alarm(SLOW, "b")),
        stepping(alarm(MATH % "TargetResponseTime")),
        tracking(CPU, "a") + tracking(REQUESTS, "b", more="count = 2"),
        'resource "aws_autoscaling_schedule" "s" {\n'
        "autoscaling_group_name = aws_autoscaling_group.g.name\n}\n",
    ],
)
def test_another_signal_is_enough(scan: Judge, policies: str) -> None:
    assert scan(GROUP, policies).is_silent


@pytest.mark.parametrize(
    ("policies", "reason"),
    [
        (tracking(predefined("var.text")), "var.text has no value"),
        (
            tracking(CPU, "a") + tracking(REQUESTS, "b", more="count = var.on ? 1 : 0"),
            "var.on has no value",
        ),
        (
            tracking(CPU, "a") + tracking(REQUESTS, "b", more="for_each = toset(var.list)"),
            "var.list has no value",
        ),
        (tracking(CPU, "a") + tracking(REQUESTS, "b", "var.text"), "var.text has no value"),
        (
            stepping(alarm(BUSY), alarm(SLOW, "b", more="count = var.on ? 1 : 0")),
            "var.on has no value",
        ),
        (stepping(), "aws_autoscaling_policy.out has no alarm in the configuration"),
    ],
)
def test_what_may_be_another_signal_is_undecided(scan: Judge, policies: str, reason: str) -> None:
    outcome = scan(GROUP, policies)
    assert (outcome.findings, outcome.undecided) == ([], [reason])


def test_a_composite_alarm_counts_by_its_parts(scan: Judge) -> None:
    composite = """
    resource "aws_cloudwatch_composite_alarm" "c" {
      alarm_rule    = "ALARM(${aws_cloudwatch_metric_alarm.a.alarm_name})"
      alarm_actions = [aws_autoscaling_policy.out.arn]
    }
    """
    parts = alarm(SLOW, actions='alarm_name = "slow"')
    assert scan(GROUP, stepping(alarm(BUSY, "b")), composite, parts).is_silent
    parts = alarm(BUSY, actions='alarm_name = "busy"')
    assert len(scan(GROUP, stepping(), composite, parts).findings) == 1


# -- who waits for it ----------------------------------------------------------------------------

LONELY = 'resource "aws_autoscaling_group" "g" {\n  name = "g"\n%s}\n'


@pytest.mark.parametrize(
    "attachment",
    [
        'load_balancers = ["classic"]\n}\nlocals {\n',
        'traffic_source {\nidentifier = "x"\n}\n}\nlocals {\n',
        '}\nresource "aws_autoscaling_attachment" "x" {\n'
        'autoscaling_group_name = aws_autoscaling_group.g.id\nelb = "classic"\n',
        '}\nresource "aws_autoscaling_attachment" "x" {\nautoscaling_group_name = "g"\n',
        '}\nresource "aws_autoscaling_traffic_source_attachment" "x" {\n'
        "autoscaling_group_name = aws_autoscaling_group.g.name\n",
    ],
)
def test_a_group_behind_a_load_balancer_is_judged(scan: Judge, attachment: str) -> None:
    assert len(scan(LONELY % attachment, tracking(CPU)).findings) == 1


def test_a_worker_is_silent(scan: Judge) -> None:
    assert scan(LONELY % "", tracking(CPU)).is_silent
    assert scan(LONELY % "target_group_arns = []\n", tracking(CPU)).is_silent


def test_a_worker_whose_queue_is_shown_is_judged(scan: Judge) -> None:
    outcome = scan(
        LONELY % "launch_template {\nid = aws_launch_template.t.id\n}\n",
        """
        resource "aws_sqs_queue" "jobs" {}
        resource "aws_launch_template" "t" {
          user_data = base64encode("work --queue ${aws_sqs_queue.jobs.url}")
        }
        """,
        tracking(CPU),
    )
    assert len(outcome.findings) == 1


@pytest.mark.parametrize(
    ("attachment", "reason"),
    [
        ("target_group_arns = var.list\n", "var.list has no value"),
        (
            '}\nresource "aws_autoscaling_attachment" "x" {\ncount = var.on ? 1 : 0\n'
            "autoscaling_group_name = aws_autoscaling_group.g.id\n",
            "var.on has no value",
        ),
        (
            '}\nresource "aws_autoscaling_attachment" "x" {\nautoscaling_group_name = var.text\n',
            "var.text has no value",
        ),
    ],
)
def test_a_load_balancer_that_may_be_there_is_undecided(
    scan: Judge, attachment: str, reason: str
) -> None:
    outcome = scan(LONELY % attachment, tracking(CPU))
    assert (outcome.findings, outcome.undecided) == ([], [reason])


# -- services ------------------------------------------------------------------------------------


def target(resource_id: str, metric: str = '"ECSServiceAverageCPUUtilization"') -> str:
    return f"""
resource "aws_appautoscaling_target" "t" {{
  service_namespace  = "ecs"
  resource_id        = {resource_id}
  scalable_dimension = "ecs:service:DesiredCount"
}}
resource "aws_appautoscaling_policy" "p" {{
  resource_id = aws_appautoscaling_target.t.resource_id
  target_tracking_scaling_policy_configuration {{
    {predefined(metric)}
  }}
}}
"""


BY_REFERENCE = '"service/main/${aws_ecs_service.s.name}"'


@pytest.mark.parametrize(
    "resource_id", [BY_REFERENCE, '"service/main/web"', '"service/${var.text}/web"']
)
def test_a_service_is_found_by_reference_and_by_text(scan: Judge, resource_id: str) -> None:
    assert len(scan(SERVICE, target(resource_id)).findings) == 1


def test_policies_are_joined_by_text(scan: Judge) -> None:
    text = target('"service/main/web"').replace(
        "aws_appautoscaling_target.t.resource_id", '"service/main/web"'
    )
    more = text.partition('resource "aws_appautoscaling_policy"')[2]
    requests = more.replace('"p"', '"q"').replace(
        "ECSServiceAverageCPUUtilization", "ALBRequestCountPerTarget"
    )
    assert len(scan(SERVICE, text).findings) == 1
    assert scan(SERVICE, text, 'resource "aws_appautoscaling_policy"', requests).is_silent


def test_a_service_by_another_name_is_undecided(scan: Judge) -> None:
    outcome = scan(SERVICE, target('"service/main/api"'))
    assert outcome.undecided == [
        "aws_appautoscaling_target.t names a service that is not in the configuration"
    ]


WORKER = """
resource "aws_sqs_queue" "jobs" {}
resource "aws_ecs_task_definition" "t" {
  container_definitions = jsonencode([{
    name        = "worker"
    image       = "worker:1"
    environment = [{ name = "QUEUE", value = %s }]
  }])
}
resource "aws_ecs_service" "s" {
  name            = "worker"
  task_definition = aws_ecs_task_definition.t.arn
}
"""


def test_a_worker_of_a_queue_shall_scale_on_the_queue(scan: Judge) -> None:
    assert len(scan(WORKER % "aws_sqs_queue.jobs.url", target(BY_REFERENCE)).findings) == 1
    assert scan(WORKER % '"none"', target(BY_REFERENCE)).is_silent


def test_unknown_load_balancers_are_undecided(scan: Judge) -> None:
    service = """
    resource "aws_ecs_service" "s" {
      name = "web"
      dynamic "load_balancer" {
        for_each = var.list
        content {}
      }
    }
    """
    assert scan(service, target(BY_REFERENCE)).undecided == ["var.list has no value"]


def test_readers_of_a_database_are_judged(scan: Judge) -> None:
    text = target('"cluster:orders"', '"RDSReaderAverageCPUUtilization"')
    assert len(scan(text.replace('"ecs"', '"rds"')).findings) == 1
    text = target('"cluster:orders"', '"RDSReaderAverageDatabaseConnections"')
    assert scan(text.replace('"ecs"', '"rds"')).is_silent


def test_tables_are_not_judged(scan: Judge) -> None:
    text = target('"table/orders"', '"DynamoDBReadCapacityUtilization"')
    assert scan(text.replace('"ecs"', '"dynamodb"')).is_silent


def forecast(metric: str, mode: str = 'mode = "ForecastAndScale"', name: str = "forecast") -> str:
    """A predictive policy of a service."""
    return f"""
resource "aws_appautoscaling_policy" "{name}" {{
  policy_type        = "PredictiveScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.s.resource_id

  predictive_scaling_policy_configuration {{
    {mode}
    metric_specification {{
      target_value = 60
      {metric}
    }}
  }}
}}
"""


def pair(metric: str) -> str:
    return f"""predefined_metric_pair_specification {{
        predefined_metric_type = "{metric}"
      }}"""


SCALED_SERVICE = (
    SERVICE
    + """
resource "aws_appautoscaling_target" "s" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/${aws_ecs_service.s.name}"
  min_capacity       = 2
  max_capacity       = 8
}
"""
)
ON_CPU = """
resource "aws_appautoscaling_policy" "cpu" {
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.s.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
"""


@pytest.mark.parametrize(
    "policies",
    [
        forecast(pair("ECSServiceCPUUtilization")),
        ON_CPU + forecast(pair("ALBRequestCount"), 'mode = "ForecastOnly"'),
        ON_CPU + forecast(pair("ALBRequestCount"), ""),
        forecast(
            """customized_scaling_metric_specification {
        metric_data_query {
          id = "cpu"
          metric_stat {
            stat = "Average"
            metric {
              metric_name = "CPUUtilization"
              namespace   = "AWS/ECS"
            }
          }
        }
      }"""
        ),
    ],
)
def test_forecasts_of_cpu_of_a_service_are_late_too(scan: Judge, policies: str) -> None:
    told = scan(SCALED_SERVICE, policies)
    assert len(told.findings) == 1
    assert "ALB" not in told.messages[0]


@pytest.mark.parametrize(
    "policies",
    [
        ON_CPU + forecast(pair("ALBRequestCount")),
        forecast(pair("ECSServiceCPUUtilization"), ""),
    ],
)
def test_forecasts_of_requests_are_a_signal_and_those_that_move_nothing_none(
    scan: Judge, policies: str
) -> None:
    assert scan(SCALED_SERVICE, policies).is_silent


def test_it_is_not_known_whether_a_forecast_moves_anything(scan: Judge) -> None:
    told = scan(SCALED_SERVICE, ON_CPU, forecast(pair("ALBRequestCount"), "mode = var.text"))
    assert told.undecided == ["var.text has no value"]
