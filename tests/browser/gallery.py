"""One message with every kind of block in it."""

from typing import Any

from tests.sandbox.lunch import button, option, text

Block = dict[str, Any]


def mrkdwn(words: str) -> Block:
    return {"type": "mrkdwn", "text": words}


def marks(person: str, channel: str, group: str, seconds: int) -> str:
    return (
        f"*bold* _slanted_ ~gone~ `x = 1` <https://example.org/a?b=1&amp;c=2|a link> <@{person}> "
        f"<#{channel}> <!subteam^{group}> <!here> :white_check_mark: &lt;tag&gt; 2*3*4 snake_case_name "
        f"<!date^{seconds}^{{date_short}} at {{time}}|the fallback> <!date^{seconds}^{{ago}}|long ago>\n"
        "&gt; quoted\n```\nkept   as it is\n```"
    )


def picture(url: str) -> Block:
    return {"type": "image", "image_url": url, "alt_text": "A bowl of soup"}


ASK = {
    "title": text("Sure?"),
    "text": mrkdwn("It is *gone* then."),
    "confirm": text("Yes"),
    "deny": text("No"),
}
OPTIONS = [option("Soup", "soup"), option("Stew", "stew")]

ACTIONS: list[Block] = [
    {"type": "button", "action_id": "chosen", "text": text("Plain"), "value": "plain"},
    {"type": "static_select", "action_id": "s", "placeholder": text("Dish"), "options": OPTIONS},
    {"type": "overflow", "action_id": "o", "options": OPTIONS},
    {"type": "datepicker", "action_id": "d", "placeholder": text("Day")},
    {"type": "checkboxes", "action_id": "c", "options": OPTIONS},
    {"type": "radio_buttons", "action_id": "r", "options": OPTIONS},
]

TABLE: Block = {
    "type": "table",
    "column_settings": [{"align": "left"}, {"align": "right"}],
    "rows": [
        [{"type": "raw_text", "text": "Dish"}, {"type": "raw_text", "text": "Price"}],
        [{"type": "raw_text", "text": "Soup"}, {"type": "raw_text", "text": "4.20"}],
    ],
}


def rich(person: str) -> Block:
    line = [
        {"type": "text", "text": "very", "style": {"bold": True}},
        {"type": "user", "user_id": person},
        {"type": "emoji", "name": "tada"},
        {"type": "link", "url": "https://example.org", "text": "there"},
    ]
    section = {"type": "rich_text_section", "elements": line}
    return {
        "type": "rich_text",
        "elements": [
            section,
            {"type": "rich_text_list", "style": "bullet", "elements": [section]},
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said so"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a\n  b"}]},
        ],
    }


def blocks(person: str, channel: str, group: str, seconds: int, url: str) -> list[Block]:
    return [
        {"type": "header", "text": text("Today :stew:")},
        {"type": "section", "text": mrkdwn(marks(person, channel, group, seconds))},
        {"type": "section", "fields": [mrkdwn("*Dish*\nSoup"), text("Plain *stars*")]},
        {"type": "section", "text": text("A picture"), "accessory": picture(url)},
        {"type": "section", "text": text("A button"), "accessory": button("side", "Beside", confirm=ASK)},
        {"type": "divider"},
        {"type": "context", "elements": [picture(url), mrkdwn("in _small_")]},
        {
            "type": "image",
            "title": text("The soup"),
            **{k: v for k, v in picture(url).items() if k != "type"},
        },
        {"type": "actions", "block_id": "all", "elements": ACTIONS},
        rich(person),
        TABLE,
        video(url),
    ]


def video(url: str) -> Block:
    return {
        "type": "video",
        "alt_text": "How to cook soup",
        "title": text("Cooking soup"),
        "title_url": "https://example.org/film",
        "video_url": "https://example.org/film.mp4",
        "thumbnail_url": url,
        "provider_name": "Example Films",
    }
