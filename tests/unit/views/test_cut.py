"""What is cut says where the rest is."""

import re

from bot.views import limits
from bot.views.limits import clip_markup
from tests.unit.views.busy import busy
from tests.unit.views.surfaces import messages, views
from tests.unit.views.test_escaped_once import texts

_SAYS = re.compile(r"… \(rest in (the record|the thread|Open case)\)")
_SILENT = re.compile(r"(word|wor|wo|w) ?…(?! \(rest in )")


def test_every_cut_of_markup_on_every_surface_says_so() -> None:
    told = busy("word " * 590, full=True)
    shown = [*((name, message.blocks) for name, message in messages(told)), *views(told)]
    words = [(name, text) for name, each in shown for kind, text in texts(each) if kind == "mrkdwn"]
    silent = [(name, text) for name, text in words if _SILENT.search(text)]
    assert not silent
    assert sum(bool(_SAYS.search(text)) for _, text in words) > 20


def test_it_stays_within_the_limit_and_gives_way_where_there_is_no_room() -> None:
    assert clip_markup("x" * 90, 60, limits.IN_CASE) == "x" * 39 + "… (rest in Open case)"
    assert clip_markup("x" * 90, 20) == "x" * 19 + "…"
