"""What a store raises, whichever it is."""


class StoreUnavailable(Exception):
    """The store does not answer, or refuses. What was to be written may have been. `kind` is for the log alone."""

    def __init__(self, kind: str = "") -> None:
        super().__init__(kind)
        self.kind = kind


class Conflict(Exception):
    """Somebody else appended first: load again, decide again."""


class Unreadable(Exception):
    """A record that this program cannot read: damaged, written by a newer version, or gone. Quotes nothing of it."""

    def __init__(self, ref: str, why: str) -> None:
        super().__init__(f"{ref} cannot be read: {why}.")
        self.ref = ref


class DuplicateIncident(Exception):
    """That force incident number has a case."""

    def __init__(self, ref: str):
        super().__init__(ref)
        self.ref = ref


class SecondInstallation(Exception):
    """Says what to do."""

    def __init__(self, others: tuple[str, ...]) -> None:
        super().__init__(
            f"Another installation (MISSING_PREFIX={', '.join(others)}) runs on this record server with the same Slack "
            "app: half of all presses would go to it. Stop it, or give this one a Slack app of its own "
            "(SLACK_BOT_TOKEN, SLACK_APP_TOKEN)."
        )
