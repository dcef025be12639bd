"""The metrics that AWS predefines for scaling policies, by what they scale.

Source: PredefinedMetricSpecification and the predictive scaling types in the API references of
Application Auto Scaling and Amazon EC2 Auto Scaling, 2026-11. Each of AWS's enumerations is here
in full.
"""

from __future__ import annotations

TRACKED = {
    "appstream": frozenset({"AppStreamAverageCapacityUtilization"}),
    "cassandra": frozenset(
        {"CassandraReadCapacityUtilization", "CassandraWriteCapacityUtilization"}
    ),
    "comprehend": frozenset({"ComprehendInferenceUtilization"}),
    "custom-resource": frozenset[str](),
    "dynamodb": frozenset({"DynamoDBReadCapacityUtilization", "DynamoDBWriteCapacityUtilization"}),
    "ec2": frozenset(
        {
            "ALBRequestCountPerTarget",
            "EC2SpotFleetRequestAverageCPUUtilization",
            "EC2SpotFleetRequestAverageNetworkIn",
            "EC2SpotFleetRequestAverageNetworkOut",
        }
    ),
    "ecs": frozenset(
        {
            "ALBRequestCountPerTarget",
            "ECSServiceAverageCPUUtilization",
            "ECSServiceAverageMemoryUtilization",
        }
    ),
    "elasticache": frozenset(
        {
            "ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage",
            "ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage",
            "ElastiCacheDatabaseMemoryUsagePercentage",
            "ElastiCacheEngineCPUUtilization",
            "ElastiCachePrimaryEngineCPUUtilization",
            "ElastiCacheReplicaEngineCPUUtilization",
        }
    ),
    "elasticmapreduce": frozenset[str](),
    "kafka": frozenset({"KafkaBrokerStorageUtilization"}),
    "lambda": frozenset({"LambdaProvisionedConcurrencyUtilization"}),
    "neptune": frozenset({"NeptuneReaderAverageCPUUtilization"}),
    "rds": frozenset({"RDSReaderAverageCPUUtilization", "RDSReaderAverageDatabaseConnections"}),
    "sagemaker": frozenset(
        {
            "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution",
            "SageMakerInferenceComponentInvocationsPerCopy",
            "SageMakerVariantConcurrentRequestsPerModelHighResolution",
            "SageMakerVariantInvocationsPerInstance",
            "SageMakerVariantProvisionedConcurrencyUtilization",
        }
    ),
    "workspaces": frozenset({"WorkSpacesAverageUserSessionsCapacityUtilization"}),
}
"""What target tracking knows, by service namespace of Application Auto Scaling."""

GROUPS = "ec2 autoscaling"
"""Stands for autoscaling groups, which belong to none of these namespaces."""

_AVERAGES = frozenset(
    {
        "ALBRequestCountPerTarget",
        "ASGAverageCPUUtilization",
        "ASGAverageNetworkIn",
        "ASGAverageNetworkOut",
    }
)

GROUP_METRICS = {
    "predefined_metric_specification": _AVERAGES,
    "predefined_scaling_metric_specification": _AVERAGES,
    "predefined_load_metric_specification": frozenset(
        {
            "ALBTargetGroupRequestCount",
            "ASGTotalCPUUtilization",
            "ASGTotalNetworkIn",
            "ASGTotalNetworkOut",
        }
    ),
    "predefined_metric_pair_specification": frozenset(
        {"ALBRequestCount", "ASGCPUUtilization", "ASGNetworkIn", "ASGNetworkOut"}
    ),
}
"""What policies of autoscaling groups know, by the block that names it."""

FORECASTED = frozenset(
    {
        "ALBRequestCount",
        "ALBRequestCountPerTarget",
        "ECSServiceAverageCPUUtilization",
        "ECSServiceAverageMemoryUtilization",
        "ECSServiceCPUUtilization",
        "ECSServiceMemoryUtilization",
        "ECSServiceTotalCPUUtilization",
        "ECSServiceTotalMemoryUtilization",
        "TotalALBRequestCount",
    }
)
"""What predictive scaling of ECS services knows, the one thing that Application Auto Scaling
forecasts; AWS lists the same names for all three blocks."""

ALL = FORECASTED.union(*TRACKED.values(), *GROUP_METRICS.values())

UTILISATION = (
    # Predefined metrics.
    "ASGAverageCPUUtilization",
    "ASGCPUUtilization",
    "ASGTotalCPUUtilization",
    "EC2SpotFleetRequestAverageCPUUtilization",
    "ECSServiceAverageCPUUtilization",
    "ECSServiceAverageMemoryUtilization",
    "ECSServiceCPUUtilization",
    "ECSServiceMemoryUtilization",
    "ECSServiceTotalCPUUtilization",
    "ECSServiceTotalMemoryUtilization",
    "NeptuneReaderAverageCPUUtilization",
    "RDSReaderAverageCPUUtilization",
    # CloudWatch's own: EC2, ECS and databases; Container Insights.
    "CPUReservation",
    "CPUUtilization",
    "MemoryReservation",
    "MemoryUtilization",
    "CpuReserved",
    "CpuUtilized",
    "MemoryReserved",
    "MemoryUtilized",
    "node_cpu_utilization",
    "node_memory_utilization",
    "pod_cpu_utilization",
    "pod_memory_utilization",
    # The CloudWatch agent's.
    "cpu_usage_active",
    "cpu_usage_system",
    "cpu_usage_user",
    "mem_used",
    "mem_used_percent",
)
"""Metrics of CPU and memory. Source: the same references, and the CloudWatch user guide's metrics
of Container Insights and of the agent, 2026-11."""
