#!/usr/bin/env bash
# A control-room log is written as "1945. Seen at the bus stop". Packages turn such text, as Markdown, into Slack's blocks.
#
# Guess, written first: a line that begins with a four-figure time stays text, or at worst keeps its number.
# Seen: the lines become one ordered list of rich text that keeps only the first number, as an offset, so that Slack
# numbers on from it: 1945, 1946, 1947 where the log says 1945, 2010, 2145. Two packages do it; a third, which makes
# mrkdwn, keeps the figures. The words arrive, the times are wrong, nothing says so.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check markdown-to-slack-blocks==1.3.1 slack-blocks-markdown==0.2.1 slackify-markdown==0.2.4 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import json
from importlib.metadata import version

import markdown_to_slack_blocks
import slack_blocks_markdown
from slackify_markdown import slackify_markdown

LOG = "1945. Seen at the bus stop\n2010. Mother rang\n2145. Phone off"
for package, blocks in {
    "markdown-to-slack-blocks": markdown_to_slack_blocks.markdown_to_blocks(LOG),
    "slack-blocks-markdown": slack_blocks_markdown.markdown_to_blocks(LOG),
}.items():
    (a_list,) = blocks[0]["elements"]
    print(package, version(package), "-> a list of", len(a_list["elements"]), a_list["style"], "items, offset", a_list.get("offset"))
    assert (a_list["style"], a_list["offset"], len(a_list["elements"])) == ("ordered", 1944, 3), a_list
    assert "2010" not in json.dumps(blocks) and "2145" not in json.dumps(blocks), blocks
kept = slackify_markdown(LOG)
print("slackify-markdown", version("slackify-markdown"), "->", repr(kept))
assert all(time in kept for time in ("1945", "2010", "2145")), kept
PY
