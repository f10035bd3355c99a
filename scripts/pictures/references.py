"""The same with references only, as a force has it before anybody decides otherwise: no name, place or words."""

from bot.views import ids
from cli.demo import cast
from scripts.pictures.evenings import Evening

_REPORT = {"last_seen_at": "1245", "incident": "LOG-1042", "told_at": "1340"}


def references(it: Evening) -> None:
    cal = it.person("cal")
    cal.type("/missing", cast.CASES)
    it.sees_modal("cal", "Report a missing child")
    cal.fill({block: {ids.VALUE: text} for block, text in _REPORT.items()} | {"age": {ids.LIVE: "13"}})
    cal.fill({"in_log": {ids.VALUE: ["in_log_name", "in_log_reporter", "in_log_where", "in_log_words"]}})
    cal.choose(ids.LIVE, ["suicidal_today", "self_harm"], block_id="yes")
    it.sees_modal("cal", "PROPOSED: HIGH")
    it.picture("reference-report", "cal", of="dialog", channel=cast.CASES)
    cal.submit()
    it.sees_modal("cal", "SAVED")
    it.picture("reference-risk", "cal", of="dialog", channel=cast.CASES)
    cal.close()
    it.heard("Outstanding", cast.CASES)
    it.picture("reference-card", "sam", channel=cast.CASES, tall=620)
    it.heard("acknowledge by", "fim")
    it.picture("reference-page", "fay", channel="fim", tall=560)
    it.presses("sam", ids.OPEN_CASE, cast.CASES)
    it.sees_modal("sam", "OUTSTANDING")
    it.picture("reference-open-case", "sam", of="dialog", channel=cast.CASES)
    it.person("sam").close()
