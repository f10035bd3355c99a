"""The demo apart from the force's own bot: what that one is told on this machine would reach real people and places."""

from collections.abc import Mapping

_SETTINGS = ("MISSING_", "SLACK_", "REDIS_URL")  # as they begin in the environment, `_FILE` and all
_KEPT = frozenset(
    {
        "MISSING_REDIS_KEEPS",  # of the server that REDIS_URL names, which the demo may be given
        "MISSING_REDIS_UNPROTECTED",
        "MISSING_WORKERS",  # as many as this machine bears
    }
)


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: told
        for name, told in environment.items()
        if name.upper() in _KEPT or not name.upper().startswith(_SETTINGS)
    }
