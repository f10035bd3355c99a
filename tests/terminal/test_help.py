"""`missing-bot --help` answers somebody who waits for it: it names every command, and loads none of them."""

import json
import subprocess
import sys

import click

from cli import main

ASK = """
import json, sys
from cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
print(json.dumps(sorted(sys.modules)))
"""


def test_it_loads_click_and_nothing_of_ours_or_anybody_elses() -> None:
    said = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(said.splitlines()[-1])}
    theirs = {name for name in loaded - sys.stdlib_module_names if not name.startswith("_")}
    assert theirs == {"cli", "click"}


def test_it_says_of_each_command_what_the_command_says_of_itself() -> None:
    asked = click.Context(main, info_name="missing-bot", terminal_width=100, max_content_width=100)
    listed = main.get_help(asked).partition("Commands:\n")[2]
    formatter = asked.make_formatter()
    commands = {name: main.get_command(asked, name) for name in main.list_commands(asked)}
    room = formatter.width - 6 - max(map(len, commands))
    with formatter.indentation():
        formatter.write_dl(
            [(name, command.get_short_help_str(room)) for name, command in commands.items() if command]
        )
    assert listed.rstrip() == formatter.getvalue().rstrip()
