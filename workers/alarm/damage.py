"""What cannot be read back from the record, or is not believed: told once, and again where there is more of it."""

from zoneinfo import ZoneInfo

from bot.ports.stores import Stores
from bot.views.wording import damage_words, doubt_words
from workers.alarm.matters import Found, Matter


def damaged(stores: Stores) -> Found:
    """To the technician. Raises StoreUnavailable. Records that cannot be read are the watchdog's to name."""
    found = [each for each in stores.damaged.all() if not each.doubt]
    if not found:
        return {}
    return {"damaged": Matter(says=damage_words.told(found), over=damage_words.OVER, lasts=False)}


def doubted(stores: Stores, zone: ZoneInfo) -> Found:
    """To FIM and technician: somebody else writes to the record. Raises StoreUnavailable."""
    found = [each for each in stores.damaged.all() if each.doubt]
    if not found:
        return {}
    return {"doubted": Matter(says=doubt_words.told(found, zone), over=doubt_words.OVER, lasts=False)}
