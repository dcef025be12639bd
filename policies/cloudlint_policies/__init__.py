"""The built-in policies of cloudlint: one file each, one folder a pillar."""
