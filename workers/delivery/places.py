"""Under which names the outbox remembers where pages are."""

from bot.domain.people import Role


def role_of(lane: str) -> Role:
    kind, _, name = lane.partition(":")
    return Role(name) if kind == "role" else Role.OWNER


def page_key(lane: str, ref: str) -> str:
    """The live card of this case in this lane."""
    return f"page:{lane}:{ref}"


def older_key(lane: str, ref: str) -> str:
    """The cards that it replaced and that have not shrunk yet, space between."""
    return f"older:{lane}:{ref}"


def digest_key(where: str) -> str:
    """The cases of the digest at that place, space between."""
    return f"digest:{where}"
