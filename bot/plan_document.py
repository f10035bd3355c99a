"""The force's plan of who holds which role when, as it was imported last: kept in the record, for every process."""

import msgspec

from bot.domain.planned import Plan
from bot.ports.damaged import read
from bot.ports.notes import Documents

DOCUMENT = "planned turns"  # the name that it has in the store


def save(documents: Documents, plan: Plan) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(plan))


def load(documents: Documents) -> Plan:
    """Without one, nobody is planned."""
    return read(documents, DOCUMENT, Plan) or Plan()
