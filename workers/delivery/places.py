"""Under which names the outbox remembers where pages are."""

from bot.domain.people import Role


def role_of(lane: str) -> Role:
    kind, _, name = lane.partition(":")
    return Role(name) if kind == "role" else Role.OWNER
