"""What is to stand where a page was posted: live, or a line that leads to the newer one."""

import structlog

from bot.domain.case import Case
from bot.domain.people import Role
from bot.outgoing import person_lane
from bot.ports.cases import CaseStore
from bot.ports.metrics import Metric, Metrics
from bot.ports.places import Place, digest_key, page_key
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Message, Renderer
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn

log = structlog.get_logger()


class PageCards:
    def __init__(self, cases: CaseStore, renderer: Renderer, metrics: Metrics) -> None:
        self._cases = cases
        self._renderer = renderer
        self._metrics = metrics

    def draw(self, turn: Turn, ref: str, where: Place) -> None:
        """As `ref`, whose page it was, stands now. Raises as `Turn.redraw`."""
        newest = turn.outbox.card(page_key(turn.lane, ref))
        if newest is None:
            return
        try:
            turn.redraw(where, self._as_it_stands(turn, ref, where, newest))
        except PostDeclined as no:
            if not no.is_gone:
                raise
            self._metrics.count(Metric.CARDS_LEFT)
            log.warning("older page card left as it is", lane=turn.lane, why=no.code)

    def _as_it_stands(self, turn: Turn, ref: str, where: Place, newest: Place) -> Message:
        """A digest shrinks once none of its cases lives there any more; until then it shows those that do."""
        role = turn.lane.role
        if turn.outbox.listed(digest_key(where)):
            live, unread = self._live_in_digest(turn, where)
            if live or unread:
                passed_on = [case.ref for case in live if _is_passed_on(turn, case)]
                return self._renderer.digest(live, role, unreadable=unread, passed_on=passed_on)
            return self._renderer.superseded_digest(turn.link(newest))
        case = case_of(self._cases, ref)
        if newest != where:
            link = turn.link(newest)
            return self._renderer.superseded(case, self._cases.entries(ref), role, link=link)
        if _is_passed_on(turn, case):
            return self._renderer.passed_on(case)
        return self._renderer.page_state(case, self._cases.entries(ref), role)

    def _live_in_digest(self, turn: Turn, place: Place) -> tuple[list[Case], tuple[str, ...]]:
        """The cases whose newest page is that digest, and the references of those that cannot be read."""
        refs = turn.outbox.listed(digest_key(place))
        newest = turn.outbox.cards([page_key(turn.lane, ref) for ref in refs])
        return self._cases.readable([ref for ref in refs if newest.get(page_key(turn.lane, ref)) == place])


def _is_passed_on(turn: Turn, case: Case) -> bool:
    """Whom it was paged to, as its owner, no longer owns it."""
    return turn.lane.role is Role.OWNER and turn.lane != person_lane(case.owner or "")
