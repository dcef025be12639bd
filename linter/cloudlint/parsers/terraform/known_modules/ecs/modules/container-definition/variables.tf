variable "cloudwatch_log_group_class" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_name" {
  type    = string
  default = null
}

variable "cloudwatch_log_group_retention_in_days" {
  type    = number
  default = 14
}

variable "cloudwatch_log_group_use_name_prefix" {
  type    = bool
  default = false
}

variable "command" {
  type    = any
  default = null
}

variable "cpu" {
  type    = number
  default = null
}

variable "create_cloudwatch_log_group" {
  type    = bool
  default = true
}

variable "credentialSpecs" {
  type    = any
  default = null
}

variable "dependencies" {
  type    = any
  default = null
}

variable "dependsOn" {
  type    = any
  default = null
}

variable "disableNetworking" {
  type    = any
  default = null
}

variable "disable_networking" {
  type    = any
  default = null
}

variable "dnsSearchDomains" {
  type    = any
  default = null
}

variable "dnsServers" {
  type    = any
  default = null
}

variable "dns_search_domains" {
  type    = any
  default = null
}

variable "dns_servers" {
  type    = any
  default = null
}

variable "dockerLabels" {
  type    = any
  default = null
}

variable "dockerSecurityOptions" {
  type    = any
  default = null
}

variable "docker_labels" {
  type    = any
  default = null
}

variable "docker_security_options" {
  type    = any
  default = null
}

variable "enable_cloudwatch_logging" {
  type    = bool
  default = true
}

variable "enable_execute_command" {
  type    = bool
  default = false
}

variable "entrypoint" {
  type    = any
  default = null
}

variable "environment" {
  type    = any
  default = null
}

variable "environmentFiles" {
  type    = any
  default = null
}

variable "environment_files" {
  type    = any
  default = null
}

variable "essential" {
  type    = bool
  default = null
}

variable "extraHosts" {
  type    = any
  default = null
}

variable "extra_hosts" {
  type    = any
  default = null
}

variable "firelensConfiguration" {
  type    = any
  default = null
}

variable "firelens_configuration" {
  type    = any
  default = null
}

variable "healthCheck" {
  type    = any
  default = null
}

variable "health_check" {
  type    = any
  default = null
}

variable "hostname" {
  type    = string
  default = null
}

variable "image" {
  type    = string
  default = null
}

variable "interactive" {
  type    = bool
  default = false
}

variable "links" {
  type    = any
  default = null
}

variable "linuxParameters" {
  type    = any
  default = null
}

variable "linux_parameters" {
  type    = any
  default = null
}

variable "logConfiguration" {
  type    = any
  default = {}
}

variable "log_configuration" {
  type    = any
  default = {}
}

variable "memory" {
  type    = number
  default = null
}

variable "memoryReservation" {
  type    = number
  default = null
}

variable "memory_reservation" {
  type    = number
  default = null
}

variable "mountPoints" {
  type    = any
  default = null
}

variable "mount_points" {
  type    = any
  default = null
}

variable "name" {
  type    = string
  default = null
}

variable "operating_system_family" {
  type    = string
  default = "LINUX"
}

variable "portMappings" {
  type    = any
  default = null
}

variable "port_mappings" {
  type    = any
  default = null
}

variable "privileged" {
  type    = bool
  default = false
}

variable "pseudoTerminal" {
  type    = bool
  default = false
}

variable "pseudo_terminal" {
  type    = any
  default = null
}

variable "readonlyRootFilesystem" {
  type    = bool
  default = true
}

variable "readonly_root_filesystem" {
  type    = bool
  default = null
}

variable "region" {
  type    = string
  default = null
}

variable "repositoryCredentials" {
  type    = any
  default = null
}

variable "repository_credentials" {
  type    = any
  default = null
}

variable "resourceRequirements" {
  type    = any
  default = null
}

variable "resource_requirements" {
  type    = any
  default = null
}

variable "restartPolicy" {
  type    = any
  default = null
}

variable "secrets" {
  type    = any
  default = null
}

variable "service" {
  type    = string
  default = ""
}

variable "startTimeout" {
  type    = number
  default = 30
}

variable "start_timeout" {
  type    = number
  default = null
}

variable "stopTimeout" {
  type    = number
  default = 120
}

variable "stop_timeout" {
  type    = number
  default = null
}

variable "systemControls" {
  type    = any
  default = null
}

variable "system_controls" {
  type    = any
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "ulimits" {
  type    = any
  default = null
}

variable "user" {
  type    = string
  default = null
}

variable "versionConsistency" {
  type    = string
  default = null
}

variable "volumesFrom" {
  type    = any
  default = null
}

variable "volumes_from" {
  type    = any
  default = null
}

variable "workingDirectory" {
  type    = string
  default = null
}

variable "working_directory" {
  type    = string
  default = null
}
