"""Grades, categories, reviews. (`grade` itself stands beside `report`, which may carry one.)"""

from bot.domain import commands
from bot.replay.values import Code, FlagIfKnown, Moment
from bot.replay.verbs.verb import Arguments, Said


class ApproveSaid(Arguments):
    asks = commands.Approve

    why: str = ""


class RefuseSaid(Arguments):
    asks = commands.Refuse

    why: str = ""


class CategoriseSaid(Arguments):
    category: str = ""
    rationale: str = ""
    whereabouts_known: FlagIfKnown = False

    def command(self, _: Said, /) -> commands.Categorise:
        known = bool(self.whereabouts_known)
        return commands.Categorise(category=self.category, rationale=self.rationale, whereabouts_known=known)


class SignOffSaid(Arguments):
    asks = commands.SignOff

    why: str = ""


class ReviewSaid(Arguments):
    rationale: str = ""
    considered: tuple[Code, ...] = ()
    next: Moment | None = None

    def command(self, said: Said, /) -> commands.Review:
        return commands.Review(
            rationale=self.rationale, considered=self.considered, next_at=said.from_now(self.next)
        )
