variable "azs" {
  type    = list(string)
  default = []
}

variable "cidr" {
  type    = string
  default = "10.0.0.0/16"
}

variable "create_database_internet_gateway_route" {
  type    = bool
  default = false
}

variable "create_database_nat_gateway_route" {
  type    = bool
  default = false
}

variable "create_database_subnet_group" {
  type    = bool
  default = true
}

variable "create_database_subnet_route_table" {
  type    = bool
  default = false
}

variable "create_elasticache_subnet_group" {
  type    = bool
  default = true
}

variable "create_elasticache_subnet_route_table" {
  type    = bool
  default = false
}

variable "create_igw" {
  type    = bool
  default = true
}

variable "create_multiple_intra_route_tables" {
  type    = bool
  default = false
}

variable "create_multiple_public_route_tables" {
  type    = bool
  default = false
}

variable "create_private_nat_gateway_route" {
  type    = bool
  default = true
}

variable "create_redshift_subnet_group" {
  type    = bool
  default = true
}

variable "create_redshift_subnet_route_table" {
  type    = bool
  default = false
}

variable "create_vpc" {
  type    = bool
  default = true
}

variable "database_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "database_subnet_group_name" {
  type    = string
  default = null
}

variable "database_subnet_group_tags" {
  type    = map(string)
  default = {}
}

variable "database_subnet_names" {
  type    = list(string)
  default = []
}

variable "database_subnet_suffix" {
  type    = string
  default = "db"
}

variable "database_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "database_subnets" {
  type    = list(string)
  default = []
}

variable "default_route_table_routes" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_egress" {
  type    = list(map(string))
  default = []
}

variable "default_security_group_ingress" {
  type    = list(map(string))
  default = []
}

variable "elasticache_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_subnet_group_name" {
  type    = string
  default = null
}

variable "elasticache_subnet_group_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_subnet_names" {
  type    = list(string)
  default = []
}

variable "elasticache_subnet_suffix" {
  type    = string
  default = "elasticache"
}

variable "elasticache_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "elasticache_subnets" {
  type    = list(string)
  default = []
}

variable "enable_dns_hostnames" {
  type    = bool
  default = true
}

variable "enable_dns_support" {
  type    = bool
  default = true
}

variable "enable_flow_log" {
  type    = bool
  default = false
}

variable "enable_nat_gateway" {
  type    = bool
  default = false
}

variable "enable_public_redshift" {
  type    = bool
  default = false
}

variable "enable_vpn_gateway" {
  type    = bool
  default = false
}

variable "external_nat_ip_ids" {
  type    = list(string)
  default = []
}

variable "create_flow_log_cloudwatch_log_group" {
  type    = bool
  default = false
}

variable "flow_log_cloudwatch_log_group_kms_key_id" {
  type    = string
  default = null
}

variable "flow_log_cloudwatch_log_group_retention_in_days" {
  type    = number
  default = null
}

variable "flow_log_destination_arn" {
  type    = string
  default = ""
}

variable "flow_log_destination_type" {
  type    = string
  default = "cloud-watch-logs"
}

variable "flow_log_max_aggregation_interval" {
  type    = number
  default = 600
}

variable "flow_log_traffic_type" {
  type    = string
  default = "ALL"
}

variable "igw_tags" {
  type    = map(string)
  default = {}
}

variable "instance_tenancy" {
  type    = string
  default = "default"
}

variable "intra_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "intra_subnet_names" {
  type    = list(string)
  default = []
}

variable "intra_subnet_suffix" {
  type    = string
  default = "intra"
}

variable "intra_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "intra_subnets" {
  type    = list(string)
  default = []
}

variable "manage_default_route_table" {
  type    = bool
  default = true
}

variable "manage_default_security_group" {
  type    = bool
  default = true
}

variable "map_public_ip_on_launch" {
  type    = bool
  default = false
}

variable "name" {
  type    = string
  default = ""
}

variable "nat_eip_tags" {
  type    = map(string)
  default = {}
}

variable "nat_gateway_destination_cidr_block" {
  type    = string
  default = "0.0.0.0/0"
}

variable "nat_gateway_tags" {
  type    = map(string)
  default = {}
}

variable "one_nat_gateway_per_az" {
  type    = bool
  default = false
}

variable "private_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "private_subnet_names" {
  type    = list(string)
  default = []
}

variable "private_subnet_suffix" {
  type    = string
  default = "private"
}

variable "private_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "private_subnets" {
  type    = list(string)
  default = []
}

variable "public_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "public_subnet_names" {
  type    = list(string)
  default = []
}

variable "public_subnet_suffix" {
  type    = string
  default = "public"
}

variable "public_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "public_subnets" {
  type    = list(string)
  default = []
}

variable "redshift_route_table_tags" {
  type    = map(string)
  default = {}
}

variable "redshift_subnet_group_name" {
  type    = string
  default = null
}

variable "redshift_subnet_group_tags" {
  type    = map(string)
  default = {}
}

variable "redshift_subnet_names" {
  type    = list(string)
  default = []
}

variable "redshift_subnet_suffix" {
  type    = string
  default = "redshift"
}

variable "redshift_subnet_tags" {
  type    = map(string)
  default = {}
}

variable "redshift_subnets" {
  type    = list(string)
  default = []
}

variable "reuse_nat_ips" {
  type    = bool
  default = false
}

variable "secondary_cidr_blocks" {
  type    = list(string)
  default = []
}

variable "single_nat_gateway" {
  type    = bool
  default = false
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "vpc_flow_log_tags" {
  type    = map(string)
  default = {}
}

variable "vpc_tags" {
  type    = map(string)
  default = {}
}

variable "vpn_gateway_az" {
  type    = string
  default = null
}

variable "vpn_gateway_tags" {
  type    = map(string)
  default = {}
}
