"""Which families of machines and disks AWS lists as previous generations.

Sources: the lists of previous generations in the guides to EC2 instance types, RDS instance
classes, ElastiCache node types, OpenSearch instance types, Redshift node types and EBS volume
types, 2026-11.
"""

from __future__ import annotations

MACHINES = frozenset(
    "a1 c1 c3 c4 cc1 cc2 cg1 cr1 g2 g3 g3s hi1 hs1 i2 m1 m2 m3 m4 p2 p3 p3dn r3 r4 t1".split()
)
DATABASES = frozenset("db.m1 db.m2 db.m3 db.m4 db.r3 db.r4 db.t1 db.t2".split())
CACHES = frozenset("cache.c1 cache.m1 cache.m2 cache.m3 cache.r3 cache.t1".split())
SEARCHES = frozenset("c4 i2 m3 m4 r3 r4 t2".split())
WAREHOUSES = frozenset("dc1 dc2 ds1 ds2".split())

DISKS = {"gp2": "gp3", "io1": "io2", "standard": "gp3"}
"""Types of volumes, and what to take instead."""
