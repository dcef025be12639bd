"""What AWS bills and lets be tagged, and where tags come from besides `tags`.

Sources: which resources have `tags` is from the schema of the AWS provider 6.25; what is paid for
by its existence or its use, and appears in the bill with its tags, is from AWS's price lists and
the guides to the services, 2026-11. Left out is what costs nothing by itself (networks, roles,
policies, parameter groups, listeners, clusters and task definitions of ECS), what is of a
whole account (trails, detectors), and alarms, which cost cents.
"""

from __future__ import annotations

BILLED = tuple(
    """
    aws_acmpca_certificate_authority aws_alb aws_amplify_app aws_api_gateway_rest_api
    aws_apigatewayv2_api aws_appflow_flow aws_apprunner_service aws_appstream_fleet
    aws_appstream_image_builder aws_appsync_graphql_api aws_athena_capacity_reservation
    aws_athena_workgroup aws_bedrock_inference_profile aws_bedrock_provisioned_model_throughput
    aws_bedrockagentcore_agent_runtime aws_cloud9_environment_ec2 aws_cloudfront_distribution
    aws_cloudhsm_v2_cluster aws_cloudtrail_event_data_store aws_cloudwatch_log_group
    aws_codebuild_fleet aws_codebuild_project aws_codepipeline aws_cognito_user_pool
    aws_connect_instance aws_datasync_task aws_dax_cluster aws_db_cluster_snapshot aws_db_instance
    aws_db_proxy aws_db_snapshot aws_db_snapshot_copy aws_directory_service_directory
    aws_dms_replication_config aws_dms_replication_instance aws_docdb_cluster
    aws_docdb_cluster_instance aws_docdbelastic_cluster aws_dsql_cluster aws_dx_connection
    aws_dx_lag aws_dynamodb_table aws_ebs_snapshot aws_ebs_snapshot_copy aws_ebs_snapshot_import
    aws_ebs_volume aws_ec2_capacity_block_reservation aws_ec2_capacity_reservation
    aws_ec2_client_vpn_endpoint aws_ec2_host aws_ec2_traffic_mirror_session
    aws_ec2_transit_gateway_peering_attachment aws_ec2_transit_gateway_vpc_attachment
    aws_ecr_repository aws_efs_file_system aws_eip aws_eks_cluster aws_elastic_beanstalk_environment
    aws_elasticache_cluster aws_elasticache_replication_group aws_elasticache_serverless_cache
    aws_elasticsearch_domain aws_elb aws_emr_cluster aws_emrserverless_application aws_fsx_backup
    aws_fsx_file_cache aws_fsx_lustre_file_system aws_fsx_ontap_file_system
    aws_fsx_openzfs_file_system aws_fsx_windows_file_system aws_gamelift_fleet aws_glacier_vault
    aws_globalaccelerator_accelerator aws_globalaccelerator_custom_routing_accelerator
    aws_glue_crawler aws_glue_dev_endpoint aws_glue_job aws_grafana_workspace aws_ivs_channel
    aws_kendra_index aws_keyspaces_table aws_kinesis_analytics_application
    aws_kinesis_firehose_delivery_stream aws_kinesis_stream aws_kinesis_video_stream
    aws_kinesisanalyticsv2_application aws_kms_external_key aws_kms_key aws_kms_replica_external_key
    aws_kms_replica_key aws_lambda_function aws_lb aws_lightsail_bucket
    aws_lightsail_container_service aws_lightsail_database aws_lightsail_disk
    aws_lightsail_distribution aws_lightsail_instance aws_lightsail_lb aws_m2_environment
    aws_medialive_channel aws_memorydb_cluster aws_mq_broker aws_msk_cluster aws_msk_replicator
    aws_msk_serverless_cluster aws_mskconnect_connector aws_mwaa_environment aws_nat_gateway
    aws_neptune_cluster aws_neptune_cluster_instance aws_neptunegraph_graph
    aws_networkfirewall_firewall aws_opensearch_domain aws_opensearchserverless_collection
    aws_osis_pipeline aws_pipes_pipe aws_prometheus_workspace aws_qldb_ledger aws_rds_cluster
    aws_rds_cluster_instance aws_rds_cluster_snapshot_copy aws_rds_shard_group aws_redshift_cluster
    aws_redshift_cluster_snapshot aws_redshiftserverless_namespace aws_redshiftserverless_workgroup
    aws_route53_health_check aws_route53_resolver_endpoint aws_route53_zone
    aws_route53recoverycontrolconfig_cluster aws_s3_bucket aws_s3_directory_bucket
    aws_s3tables_table_bucket aws_s3vectors_vector_bucket aws_sagemaker_domain
    aws_sagemaker_endpoint aws_sagemaker_mlflow_tracking_server aws_sagemaker_notebook_instance
    aws_secretsmanager_secret aws_sfn_state_machine aws_sns_topic aws_spot_instance_request
    aws_sqs_queue aws_storagegateway_gateway aws_synthetics_canary aws_timestreaminfluxdb_db_cluster
    aws_timestreaminfluxdb_db_instance aws_timestreamwrite_table aws_transfer_server
    aws_verifiedaccess_endpoint aws_vpc_endpoint aws_vpc_ipam aws_vpclattice_service
    aws_vpn_connection aws_waf_web_acl aws_wafregional_web_acl aws_wafv2_web_acl
    aws_workspaces_workspace
    """.split()
)
"""What is billed under its own tags."""

FREE = {"aws_vpc_endpoint": ("vpc_endpoint_type", "Gateway")}
"""What costs nothing where an argument is this, or absent."""

TEMPLATES = {
    "aws_autoscaling_group": ("launch_template", "mixed_instances_policy"),
    "aws_ec2_fleet": ("launch_template_config",),
    "aws_eks_node_group": ("launch_template",),
    "aws_instance": ("launch_template",),
    "aws_spot_fleet_request": ("launch_template_config",),
}
"""What launches machines, and which arguments name the template: the `tag_specifications` of that
count for the machines."""

ADDED = {
    "aws_dynamodb_tag": "resource_arn",
    "aws_ec2_tag": "resource_id",
    "aws_ecs_tag": "resource_arn",
    "aws_transfer_tag": "resource_arn",
}
"""Resources that put a tag on another, and which argument names that."""
