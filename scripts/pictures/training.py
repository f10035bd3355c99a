"""A training case beside a child's: its form, its card, its page, the board and a home page."""

from bot.views import ids
from cli.demo import cast
from scripts.pictures.evenings import REPORT, Evening
from scripts.pictures.homes import home_of

FORM = "TRAINING: report"


def training(it: Evening) -> None:
    cal = it.person("cal")
    cal.type("/missing training", cast.CASES)
    it.sees_modal("cal", FORM)
    cal.fill({block: {ids.VALUE: text} for block, text in REPORT.items()} | {"age": {ids.LIVE: "13"}})
    cal.choose(ids.LIVE, ["suicidal_today"], block_id="yes")
    it.sees_modal("cal", "PROPOSED: HIGH")
    it.picture("training", "cal", of="dialog", channel=cast.CASES)
    cal.submit()
    it.sees_modal("cal", "SAVED")
    cal.close()
    it.heard("TRAINING", "fim")
    it.picture("training-card", "sam", channel=cast.CASES, tall=700)
    it.picture("training-page", "fay", channel="fim", tall=560)
    it.reports(1043, "Jude Amari", 15)
    it.person("fay").type("/missing board", "fim")
    it.heard("Board ·", "fim")
    it.picture("training-board", "fay", channel="fim", tall=800)
    home_of(it, "training-home", "fay")
