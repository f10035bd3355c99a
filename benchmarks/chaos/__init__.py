"""`make chaos`: a storm of breaches on real processes that are killed, stopped, starved of disk; and what arrived.

`__main__` runs it. `site` stands up the processes, `keeper` starts them again as systemd would, `strikes` breaks them,
`breaches` makes what has to arrive, `count` counts it from Slack's own posts. `peers`: two others under the same kills.
"""
