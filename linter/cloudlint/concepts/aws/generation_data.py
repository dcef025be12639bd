"""Which families of machines and disks AWS lists as previous generations.

Sources, as of 2026-11:
- machines: the previous generations in the Amazon EC2 instance types guide, and families that it
  listed until AWS withdrew them (CC, CG, CR, G2, HI, HS, P2);
- databases: classes whose support the guides to Amazon RDS and Aurora call ended;
- caches: the previous generations in ElastiCache's API reference, which counts M4, R4 and T2 among
  the current ones;
- searches: the previous generation instance types of the OpenSearch Service guide;
- warehouses: node types that the Redshift management guide calls retired, and DC2, which AWS's
  guidance on upgrading to RA3 speaks of as offered before;
- disks: the volume types of the EBS guide, with what AWS recommends instead.
MemoryDB, DAX, MSK, MQ, DMS and SageMaker have no such list.
"""

from __future__ import annotations

MACHINES = frozenset(
    "a1 c1 c3 c4 cc1 cc2 cg1 cr1 g2 g3 g3s hi1 hs1 i2 m1 m2 m3 m4 p2 p3 p3dn r3 r4 t1".split()
)
DATABASES = frozenset("db.cr1 db.m1 db.m2 db.m3 db.m4 db.r3 db.r4 db.t1 db.t2".split())
CACHES = frozenset("cache.c1 cache.m1 cache.m2 cache.m3 cache.r3 cache.t1".split())
SEARCHES = frozenset("c4 i2 m3 m4 r3 r4 t2".split())
WAREHOUSES = frozenset("dc1 dc2 ds1 ds2".split())

DISKS = {"gp2": "gp3", "io1": "io2", "standard": "gp3"}
"""Types of volumes, and what to take instead."""
SEARCH_DISKS = {"gp2": "gp3", "io1": "gp3", "standard": "gp3"}
"""The same for OpenSearch, which has no `io2`."""
