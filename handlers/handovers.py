"""Handing a role over, taking it, and changing who is on duty: buttons and views."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.handover import Offer
from bot.domain.people import HANDED_OVER, Role
from bot.domain.permissions import Look, may_put_on
from bot.domain.refusals import Because, Refused
from bot.duty_desk import Handed
from bot.ports.drafts import DraftPlace
from bot.views import ids
from bot.views.cards import handover_card
from bot.views.wording import duty_refusals
from bot.views.wording.refusal_words import Wish
from handlers import carried
from handlers.dependencies import SURFACE, Body, Dependencies
from handlers.errors import NotDone
from handlers.forms import handing_over, lost_forms, submitted
from handlers.forms.reason_inputs import with_values
from handlers.forms.step_form import FormAsked, asked_of
from handlers.forms.submitted import Form
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners, PutUp
from handlers.showing import show
from handlers.sight import Sight, sight

Ack = Callable[..., Any]


def register(app: Listeners, deps: Dependencies) -> None:
    @app.shown(ids.HAND_OVER)
    def hand_over(body: Body) -> PutUp:
        return partial(show, body, offering(person_of(body), deps), deps)

    @app.view(ids.HAND_OVER)
    def offered(ack: Ack, body: Body) -> None:
        form, view = Form(body["view"]), body["view"]
        role = view["private_metadata"] or form.chosen("role") or ""
        take(commands.OfferHandover(role=role, to=form.person("to")), body, deps)
        ack()

    @app.shown(ids.ACCEPT_ALL)
    def accept_all(body: Body) -> PutUp:
        return partial(show, body, reading_back(offer_to(body, deps), sight(body, deps), deps), deps)

    @app.view(ids.READ_BACK)
    def accepted(ack: Ack, body: Body) -> None:
        form = Form(body["view"])
        first = submitted.reason(form, "first", deps.screen)
        if form.errors:
            ack(response_action="errors", errors=form.errors)
            return
        number = carried.number(asked_of(body["view"]).item)
        offer = deps.ask(deps.duty_desk.roster).offer(number)
        role = offer.role.value if offer else ""
        take(commands.AcceptHandover(role=role, number=number, first=first), body, deps)
        lost_forms.forget(body, deps)
        ack(response_action="clear")

    _register_one_by_one(app, deps)
    _register_duty(app, deps)


def _register_one_by_one(app: Listeners, deps: Dependencies) -> None:
    @app.shown(ids.ACCEPT_EACH)
    def accept_each(body: Body) -> PutUp:
        return partial(show, body, next_of(offer_to(body, deps), sight(body, deps), deps), deps)

    @app.action(ids.TAKE_CASE)
    def took_case(ack: Ack, body: Body) -> None:
        given, ref = ids.apart(value_of(body), 2)
        number = carried.number(given)
        handed = take(commands.TakeCase(number=number, ref=ref), body, deps)
        ack()
        offer = handed.roster.offer(number)
        assert offer is not None, "it was just written to"
        _redraw(body, lambda: next_of(offer, sight(body, deps), deps), deps)

    @app.shown(ids.TAKE_REST)
    def took_rest(body: Body) -> PutUp:
        offer = offer_to(body, deps)
        return lambda: _redraw(body, lambda: reading_back(offer, sight(body, deps), deps), deps)


def _register_duty(app: Listeners, deps: Dependencies) -> None:
    @app.view(ids.PUT_ON_DUTY)
    def put_on(ack: Ack, body: Body) -> None:
        role = str(body["view"]["private_metadata"])
        take(commands.PutOnDuty(role=role, person=Form(body["view"]).person("person")), body, deps)
        ack()

    @app.action(ids.TAKE_OFF_DUTY)
    def take_off(ack: Ack, body: Body) -> None:
        role, person = ids.apart(value_of(body), 2)
        take(commands.TakeOffDuty(role=role, person=person), body, deps)
        ack()
        _redraw(body, lambda: who_has(carried.role(role), sight(body, deps), deps), deps)


def take(command: Command, body: Body, deps: Dependencies) -> Handed:
    """One step on the roster. Raises NotDone with the sentence for this person."""
    actor = deps.actor(person_of(body))
    try:
        handed = deps.ask(lambda: deps.duty_desk.handle(command, actor, SURFACE))
    except Refused as no:
        raise _not_done(no, Wish(command, actor.id), deps) from no
    deps.took_a_step(actor.id)
    return handed


def _not_done(no: Refused, wish: Wish, deps: Dependencies) -> NotDone:
    deps.note_refusal(no.because.value, wish.by, step=type(wish.command).__name__)
    said = duty_refusals.sentence(no, wish, deps.ask(deps.duty_desk.roster), deps.screen)
    return NotDone(said, field=no.field, because=no.because)


def offering(person: str, deps: Dependencies) -> dict[str, Any]:
    """The view that asks to whom. Raises NotDone for who holds nothing."""
    held = sorted(deps.actor(person).roles & HANDED_OVER)
    if not held:
        raise NotDone(duty_refusals.HOLDS_NOTHING)
    candidates = frozenset().union(*(deps.appointments.candidates(role) for role in held))
    return handing_over.hand_over(held, candidates - {person}, deps.screen, _planned(held, deps))


def _planned(held: Sequence[Role], deps: Dependencies) -> str:
    """Who is planned to follow in the one role held; with several, the person chooses the role first."""
    if len(held) > 1:
        return ""
    return deps.ask(lambda: deps.duty_desk.planned_next(held[0]))


def who_has(role: Role, seen: Sight, deps: Dependencies) -> dict[str, Any]:
    """Raises NotDone for who reads nothing here: it names staff."""
    seen.need(Look.DUTY)
    actor, named = deps.actor(seen.person), deps.appointments.named(role)
    others = [
        each
        for each in deps.appointments.candidates(role)
        if may_put_on(actor, each, role, named=each in named)
    ]
    return handing_over.duty(role, others, deps.screen, may_change=actor.supervises)


def offer_to(body: Body, deps: Dependencies) -> Offer:
    """The open offer that was pressed on. Raises NotDone for anybody but the person named, and once it is over."""
    number, actor = carried.number(value_of(body)), deps.actor(person_of(body))
    roster = deps.ask(deps.duty_desk.roster)
    offer = roster.offer(number)
    if offer is None or offer.to != actor.id or not offer.is_open:
        because = Because.NOT_ASSIGNED if offer and offer.is_open else Because.NOTHING_WAITING
        raise _not_done(Refused(because), Wish(commands.TakeCase(number=number, ref=""), actor.id), deps)
    return offer


def next_of(offer: Offer, seen: Sight, deps: Dependencies) -> dict[str, Any]:
    """The next case to accept; after the last, the read-back."""
    cases = handover_card.in_order(seen.open_cases(Look.HANDOVER).cases, deps.screen)
    left = [case for case in cases if case.ref not in offer.taken]
    if not left:
        return reading_back(offer, seen, deps)
    return handing_over.one_by_one(offer, left, len(cases), deps.screen)


def reading_back(offer: Offer, seen: Sight, deps: Dependencies) -> dict[str, Any]:
    """With what its person typed before the form was lost."""
    asked = FormAsked("", str(offer.number))
    view = handing_over.read_back(offer, seen.open_cases(Look.HANDOVER), deps.screen)
    draft = lost_forms.find(DraftPlace(offer.to, ids.READ_BACK, asked.ref, asked.item), deps)
    return {**with_values(view, draft.values if draft else {}), "private_metadata": asked.kept()}


def _redraw(body: Body, view: Callable[[], dict[str, Any]], deps: Dependencies) -> None:
    shown = body["view"]["id"]
    deps.background.do("duties", lambda: deps.asking.views_update(view_id=shown, view=view()))
