"""Terraform plans as JSON, the output of `terraform show -json`."""
