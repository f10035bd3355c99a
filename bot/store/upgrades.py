"""Old events, read for ever.

Adding a field with a default needs nothing here. Where an event was renamed, split or changed its meaning: raise
ENTRY_VERSION and add the function that turns the version before into the new one. Never change an old function.
"""

from collections.abc import Callable, Mapping
from typing import Any

Raw = dict[str, Any]
Upgrades = Mapping[int, Callable[[Raw], Raw]]

ENTRY_VERSION = 1
UPGRADES: Upgrades = {}
"""From version → the event's raw JSON one version later."""


def upgrade(event: Raw, version: int, current: int = ENTRY_VERSION, upgrades: Upgrades = UPGRADES) -> Raw:
    for step in range(version, current):
        event = upgrades[step](event)
    return event
