"""A Bolt app of another kind: it collects lunch orders. Nothing in it knows where it runs."""

from typing import Any

from slack_bolt import App

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Lunch"},
    "features": {
        "app_home": {"home_tab_enabled": True},
        "bot_user": {"display_name": "lunch"},
        "slash_commands": [{"command": "/lunch", "description": "Order lunch"}],
        "shortcuts": [
            {"name": "Order this", "type": "message", "callback_id": "order_this", "description": "Order"},
            {"name": "Lunch", "type": "global", "callback_id": "lunch", "description": "Order"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:join",
                "channels:manage",
                "channels:read",
                "chat:write",
                "commands",
                "files:write",
                "groups:history",
                "groups:read",
                "groups:write",
                "im:history",
                "im:read",
                "im:write",
                "reactions:write",
                "team:read",
                "usergroups:read",
                "dnd:read",
                "users:read",
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "channel_shared",
                "channel_unshared",
                "member_joined_channel",
                "message.channels",
                "message.groups",
                "message.im",
                "subteam_members_changed",
                "user_change",
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def button(action_id: str, words: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": action_id, "text": text(words), **more}


def option(words: str, value: str) -> dict[str, Any]:
    return {"text": text(words), "value": value}


def order_form(**more: Any) -> dict[str, Any]:
    dish = {
        "type": "static_select",
        "action_id": "choice",
        "options": [option("Soup", "soup"), option("Stew", "stew")],
    }
    note = {"type": "plain_text_input", "action_id": "words", "max_length": 20}
    return {
        "type": "modal",
        "callback_id": "order",
        "title": text("Order lunch"),
        "submit": text("Order"),
        "notify_on_close": True,
        "blocks": [
            {"type": "input", "block_id": "dish", "label": text("Dish"), "element": dish},
            {"type": "input", "block_id": "note", "label": text("Note"), "element": note, "optional": True},
        ],
        **more,
    }


def make(client: Any, signing_secret: str = "unused") -> App:
    app = App(client=client, signing_secret=signing_secret)

    @app.command("/lunch")
    def order(ack: Any, body: dict[str, Any], client: Any, respond: Any) -> None:
        if body["text"] == "help":
            ack("Say /lunch and choose.")
        elif body["text"] == "loud":
            ack({"response_type": "in_channel", "text": "Lunch is here."})
        elif body["text"] == "later":
            ack()
            respond(text="Lunch is at one.")
        else:
            ack()
            client.views_open(
                trigger_id=body["trigger_id"], view=order_form(private_metadata=body["channel_id"])
            )

    @app.view("order")
    def ordered(ack: Any, view: dict[str, Any], body: dict[str, Any], client: Any) -> None:
        values = view["state"]["values"]
        if values["note"]["words"]["value"] == "nuts":
            ack(response_action="errors", errors={"note": "The kitchen has no nuts."})
            return
        ack()
        dish = values["dish"]["choice"]["selected_option"]["value"]
        client.chat_postMessage(
            channel=view["private_metadata"],
            text=f"{dish} for <@{body['user']['id']}>",
            blocks=[
                {
                    "type": "section",
                    "text": {"type": "mrkdwn", "text": f"*{dish}* for <@{body['user']['id']}>"},
                },
                {
                    "type": "actions",
                    "block_id": "order",
                    "elements": [
                        button("ready", "Ready"),
                        button("cancel", "Cancel", style="danger", confirm=CONFIRM),
                    ],
                },
            ],
        )

    @app.view_closed("order")
    def gave_up(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="No lunch, then.")

    @app.action("ready")
    def ready(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**where, text="Ready.", blocks=[])

    @app.action("cancel")
    def cancel(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        say(text="Soup or stew?", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: Any) -> None:
        blocks = [
            {"type": "header", "text": text("Today")},
            {"type": "actions", "elements": [button("again", "Again")]},
        ]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("again")
    @app.shortcut("lunch")
    def again(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=order_form())

    @app.shortcut("order_this")
    def order_this(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        client.chat_postEphemeral(
            channel=body["channel"]["id"], user=body["user"]["id"], text=f"Noted: {body['message']['text']}"
        )

    @app.event("message")
    def overheard() -> None:
        """Hears everything, says nothing."""

    @app.event("member_joined_channel")
    def arrived() -> None:
        """Arrivals are only listened for."""

    return app


CONFIRM = {
    "title": text("Cancel?"),
    "text": text("The order goes away."),
    "confirm": text("Cancel it"),
    "deny": text("Keep it"),
}
