"""Modals and home pages: one stack of modals per person, at most three deep."""

from dataclasses import dataclass, field

from sandbox.wire import JSON

DEEPEST = 3

Values = dict[str, dict[str, JSON]]


@dataclass
class View:
    id: str
    app_id: str
    user: str
    definition: JSON  # what the app sent, with ids filled in
    hash: str
    root: str
    previous: str | None = None
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    before: list[JSON] = field(default_factory=list)  # its blocks as they were until it was last drawn

    @property
    def blocks(self) -> list[JSON]:
        return list(self.definition["blocks"])

    @property
    def external_id(self) -> str:
        return str(self.definition.get("external_id") or "")


class Views:
    def __init__(self) -> None:
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}

    def stack(self, user: str) -> list[View]:
        return self.stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        return next(reversed(self.stack(user)), None)

    def live(self, app_id: str) -> list[View]:
        modals = [view for stack in self.stacks.values() for view in stack]
        return [view for view in (*modals, *self.homes.values()) if view.app_id == app_id]

    def find(self, app_id: str, view_id: str | None, external_id: str | None) -> View | None:
        return next((v for v in self.live(app_id) if _is(v, view_id, external_id)), None)


def _is(view: View, view_id: str | None, external_id: str | None) -> bool:
    return view.id == view_id if view_id else bool(external_id) and view.external_id == external_id
