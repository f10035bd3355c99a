"""Where answers may be posted, from what is kept in the record: for every process alike. Nothing here asks Slack."""

from collections.abc import Callable, Collection

from bot.domain.people import AccountKind
from bot.domain.safe_places import PlaceFacts, Safety, safety
from bot.ports.reach_answers import ReachAnswers
from bot.time import MachineClock

_STALE = 300.0  # machine seconds: Slack is asked each minute; what it said so long ago may be so no longer


class StoredPlaces:
    """Reads anew each time. Raises StoreUnavailable."""

    def __init__(
        self,
        answers: Callable[[], ReachAnswers],
        account: Callable[[str], AccountKind],
        counted: Callable[[AccountKind], AccountKind],
        configured: Collection[str],
        workspaces: frozenset[str],
        machine: MachineClock,
    ) -> None:
        """`account`: of a person, by the list of people; `counted`: a kind as the force counts it; `workspaces`: whose
        people are the force's, beside those of the bot's own."""
        self._answers = answers
        self._account = account
        self._counted = counted
        self._configured = frozenset(configured)
        self._workspaces = workspaces
        self._machine = machine

    def may_answer_in(self, channel: str) -> bool:
        if channel.startswith("D"):
            return True
        return channel in self._configured and self.safety(channel).is_safe

    def safety(self, channel: str) -> Safety:
        return safety(self._facts(channel, self._answers()))

    def refused(self, channel: str) -> str:
        return self._answers().refused.get(channel, "")

    def _facts(self, channel: str, asked: ReachAnswers) -> PlaceFacts | None:
        said, members = asked.channels.get(channel), asked.members.get(channel)
        if said is None or members is None or abs(self._machine.seconds() - said.at) >= _STALE:
            return None
        return PlaceFacts(
            is_private=said.is_private,
            shared_with=said.shared_with - self._workspaces,
            offered_to=said.offered_to - self._workspaces,
            people={person: self._kind(person, asked) for person in members - {asked.bot}},
        )

    def _kind(self, person: str, asked: ReachAnswers) -> AccountKind:
        """The list of people is read each minute, or each ten; whoever is not on it yet was asked about alone."""
        listed = self._account(person)
        if listed is not AccountKind.UNKNOWN:
            return listed
        return self._counted(asked.kinds.get(person, AccountKind.UNKNOWN))
