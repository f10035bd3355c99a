"""What only the control API can do: move the clock, make faults, disturb sockets."""

from sandbox.errors import BadSeed, NotDelivered
from sandbox.slack import Slack
from sandbox.sockets.envelope import Envelope
from sandbox.wire import JSON


def advance(slack: Slack, ask: JSON) -> JSON:
    slack.clock.advance(float(ask["seconds"]))
    slack.noted("clock", now=slack.clock.now())
    return {"now": slack.clock.now()}


def change_settings(slack: Slack, ask: JSON) -> JSON:
    slack.settings = slack.settings.changed(ask)
    return slack.settings.as_json()


def add_fault(slack: Slack, ask: JSON) -> JSON:
    fault = slack.faults.add(ask)
    slack.noted("fault", fault=fault.id)
    return {"id": fault.id}


def clear_faults(slack: Slack, fault_id: str | None) -> JSON:
    slack.faults.clear(fault_id)
    return {"faults": slack.faults.as_json()}


def disturb_sockets(slack: Slack, ask: JSON) -> JSON:
    """Drops or closes every socket, or tells every app that Slack is about to."""
    did = ask.get("do")
    connections = slack.hub.everyone()
    for connection in connections:
        if did == "drop":
            connection.drop()
        elif did == "close":
            slack.spawn(connection.socket.close())
        elif did in ("warning", "refresh_requested"):
            slack.spawn(slack.hub.retire(connection, did))
        else:
            raise BadSeed(f"sockets can drop, close, or have a warning or refresh_requested; not {did!r}")
    return {"sockets": len(connections)}


async def deliver(slack: Slack, ask: JSON) -> JSON:
    """Any payload whatever, as it stands, once: Slack itself never sends most of what this can. `ack_seconds`: of this
    one alone."""
    envelope = Envelope(ask["kind"], ask["payload"], accepts_response=True)
    settings = slack.settings.changed({name: ask[name] for name in ("ack_seconds",) if ask.get(name)})
    try:
        answer = await slack.courier.deliver(slack.team.app(ask.get("app")), envelope, settings)
    except NotDelivered as problem:
        return {"acked": False, "error": problem.reason}
    return {"acked": True, "answer": answer}


async def set_request_url(slack: Slack, ask: JSON) -> JSON:
    """Signed HTTP from now on, once the url has answered Slack's challenge; None is Socket Mode again."""
    app, url = slack.team.app(ask.get("app")), ask.get("url")
    if url and not await slack.courier.http.verify(app, url, slack.settings.ack_seconds):
        raise BadSeed(f"{url} did not answer the challenge")
    app.request_url = url
    return {"request_url": url}
