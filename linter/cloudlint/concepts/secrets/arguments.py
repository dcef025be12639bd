"""Arguments of resources that take a secret, whatever they are called."""

from __future__ import annotations

from cloudlint.concepts.secrets.names import Secrecy, secrecy

SECRET_ARGUMENTS: dict[str, frozenset[str]] = {
    "aws_amplify_app": frozenset({"access_token", "basic_auth_credentials", "oauth_token"}),
    "aws_api_gateway_api_key": frozenset({"value"}),
    "aws_codebuild_source_credential": frozenset({"token"}),
    "aws_codepipeline": frozenset({"OAuthToken"}),
    "aws_codepipeline_webhook": frozenset({"secret_token"}),
    "aws_cognito_identity_provider": frozenset({"client_secret"}),
    "aws_db_instance": frozenset({"password", "password_wo"}),
    "aws_directory_service_directory": frozenset({"password"}),
    "aws_dms_endpoint": frozenset({"password"}),
    "aws_docdb_cluster": frozenset({"master_password"}),
    "aws_dx_bgp_peer": frozenset({"bgp_auth_key"}),
    "aws_elasticache_replication_group": frozenset({"auth_token"}),
    "aws_elasticache_user": frozenset({"passwords"}),
    "aws_lb_listener": frozenset({"client_secret"}),
    "aws_lightsail_database": frozenset({"master_password"}),
    "aws_memorydb_user": frozenset({"passwords"}),
    "aws_mq_broker": frozenset({"password"}),
    "aws_opensearch_domain": frozenset({"master_user_password"}),
    "aws_rds_cluster": frozenset({"master_password"}),
    "aws_redshift_cluster": frozenset({"master_password"}),
    "aws_redshiftserverless_namespace": frozenset({"admin_user_password"}),
    "aws_secretsmanager_secret_version": frozenset({"secret_string", "secret_binary"}),
    "aws_vpn_connection": frozenset({"tunnel1_preshared_key", "tunnel2_preshared_key"}),
    "azurerm_key_vault_secret": frozenset({"value"}),
    "github_actions_secret": frozenset({"plaintext_value"}),
    "google_compute_vpn_tunnel": frozenset({"shared_secret"}),
    "google_secret_manager_secret_version": frozenset({"secret_data"}),
    "mysql_user": frozenset({"plaintext_password"}),
}
"""By resource type, the names that an argument or one of the blocks in it goes by."""

SECRET_STORES = frozenset(
    {
        "aws_secretsmanager_secret_version",
        "aws_ssm_parameter",
        "azurerm_key_vault_secret",
        "github_actions_secret",
        "google_secret_manager_secret_version",
        "vault_generic_secret",
        "vault_kv_secret_v2",
    }
)
"""Resources that keep a secret for others, who may set it without Terraform."""


def is_secret_argument(type_: str, attribute: str, path: tuple[str, ...]) -> bool:
    """Whether a text stands in an argument made for a secret: the resource's own `attribute`,
    whatever the resource is called, or the last of the names that lead to it."""
    if not path:
        return False
    if type_ == "aws_ssm_parameter":
        return len(path) == 1 and secrecy(path[0]) is not Secrecy.NONE
    made_for_secrets = SECRET_ARGUMENTS.get(type_, ())
    return path[-1] in made_for_secrets or (len(path) == 1 and attribute in made_for_secrets)
