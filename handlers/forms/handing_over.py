"""Views of a hand-over: to whom; one case after another; the read-back. And who has a duty."""

from collections.abc import Collection, Sequence

from bot.domain.case import Case
from bot.domain.commands import AcceptHandover
from bot.domain.handover import Offer
from bot.domain.people import Role
from bot.ports.cases import OpenCases
from bot.views import ids, limits
from bot.views.blocks import actions, ask, button, marking, modal, plain, radio, section, select
from bot.views.cards import handover_card
from bot.views.lists import reckoned
from bot.views.message import Block, View
from bot.views.screen import Screen
from bot.views.wording import naming, words
from handlers.forms import reason_inputs


def people(action: str, candidates: Collection[str], screen: Screen, proposed: str = "") -> Block:
    """A short list to choose from; of a whole force, Slack's own search. `proposed`: chosen beforehand."""
    if len(candidates) <= limits.CHOICES:
        named = {person: screen.directory.name(person) for person in candidates}
        in_order = dict(sorted(named.items(), key=lambda each: each[1]))
        return select(action, in_order, "Choose a person", proposed if proposed in named else "")
    chosen = {"initial_user": proposed} if proposed in candidates else {}
    return {
        "type": "users_select",
        "action_id": action,
        "placeholder": plain("Choose a person", 150),
        **chosen,
    }


def hand_over(held: Sequence[Role], candidates: Collection[str], screen: Screen, proposed: str = "") -> View:
    """`held`: one role or several, of which one is chosen. `proposed`: who is planned next."""
    which = {role.value: words.sentence(words.ROLES[role]) for role in held}
    stays = words.ROLES[held[0]] if len(held) == 1 else "in the role"
    title = "Hand over" if len(held) > 1 else f"Hand over {words.ROLES[held[0]]}"
    return modal(
        ids.HAND_OVER,
        title if len(title) <= limits.TITLE else "Hand over",
        [
            *([ask("role", "Which role", radio(ids.VALUE, which))] if len(held) > 1 else []),
            ask("to", "To whom", people(ids.VALUE, candidates, screen, proposed)),
            section(f"You stay {stays} until they accept. They see every open case, HIGH and late first."),
            marking(),
        ],
        submit="Offer",
        close="Cancel",
        metadata=held[0].value if len(held) == 1 else "",
    )


def one_by_one(offer: Offer, left: Sequence[Case], number: int, screen: Screen) -> View:
    """The first of those left; what was taken stays taken, whenever the person comes back."""
    case = left[0]
    value = ids.together(str(offer.number), case.ref)
    opened = button("Open case", ids.OPEN_CASE, case.ref, spoken=f"Open case {case.ref}")
    take = button(f"Accept {case.ref}", ids.TAKE_CASE, value, primary=True)
    rest = button(f"Accept the {len(left)} left", ids.TAKE_REST, str(offer.number))
    giver = naming.staff(offer.by, screen)
    return modal(
        ids.ACCEPT_EACH,
        f"Case {number - len(left) + 1} of {number}",
        [
            section(handover_card.about(case, screen)),
            actions(take, opened, rest),
            section(
                f"Close this at any time: what you accepted is kept. {giver} stays {words.ROLES[offer.role]} "
                "until you have accepted all."
            ),
            marking(),
        ],
        metadata=str(offer.number),
    )


def read_back(offer: Offer, opened: OpenCases, screen: Screen) -> View:
    """Said back, it was heard: the step of I-PASS that is left out most often."""
    role, giver = words.ROLES[offer.role], naming.staff(offer.by, screen)
    return modal(
        ids.READ_BACK,
        "Accept the hand-over",
        [
            section(f"*{words.sentence(role)}* from {giver}\n{handover_card.counts(opened.cases, screen)}"),
            *reckoned.unreadable(opened.unreadable),
            *reason_inputs.asks(AcceptHandover, "first", screen),
            section(
                f"{giver} stays {role} until you accept, and is told what you say. Then the pages come to you."
            ),
            marking(),
        ],
        submit="Accept",
        close="Not yet",
    )


_NOBODY = "You can put nobody else on here. Who has the role can hand it over: /missing handover."


def duty(role: Role, candidates: Collection[str], screen: Screen, *, may_change: bool) -> View:
    """Who has it; with what to do about it for those who may. `candidates`: whom they may put on."""
    holders = sorted(screen.directory.on_duty(role), key=screen.directory.name)
    named = words.sentence(words.ROLES[role])
    who = ", ".join(naming.staff(person, screen) for person in holders) or "Nobody"
    head = section(f"*{named}:* {who}, as at {screen.time(screen.now)}")
    if not may_change:
        return modal(
            ids.DUTY, "On duty", [head, section("Only a supervisor or above can change this."), marking()]
        )
    others = [person for person in candidates if person not in holders]
    off = [_off(role, person, screen) for person in holders] if len(holders) > 1 else []
    last = section("If you are the only one on duty, use /missing handover.") if len(holders) == 1 else None
    return modal(
        ids.PUT_ON_DUTY if others else ids.DUTY,
        "On duty",
        [
            head,
            *off,
            *([last] if last else []),
            *(
                [ask("person", "Put on duty", people(ids.VALUE, others, screen))]
                if others
                else [section(_NOBODY)]
            ),
            marking(),
        ],
        submit="Put on duty" if others else "",
        metadata=role.value,
    )


def _off(role: Role, person: str, screen: Screen) -> Block:
    name = screen.directory.name(person)
    take_off = button(
        "Take off", ids.TAKE_OFF_DUTY, ids.together(role.value, person), spoken=f"Take {name} off duty"
    )
    return section(naming.staff(person, screen), accessory=take_off, id=f"off_{person}")
