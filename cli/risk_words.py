"""`missing-bot risk-words`: what the bot would ask about a caller's words, without Slack."""

import json
from pathlib import Path

import click

from bot.files import risk_words_file
from bot.files.invalid import FileInvalid
from bot.risk_words import RiskWords
from bot.views.wording.risk_questions import question
from cli.plainly import FILE, NotValid
from cli.terminal.prompting import STDIN, all_of_stdin


@click.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help='{"asks": [{"marker": …, "words": …}]}')
@click.option("--file", type=FILE, help="A force's phrases in place of the shipped ones.")
@click.option(
    "--check", is_flag=True, help="Say whether the phrases can be read; if not, which lines are wrong."
)
def risk_words(text: str | None, as_json: bool, file: Path | None, check: bool) -> None:
    """Say which risks the bot would ask about where TEXT are the caller's words. It only asks, and ticks nothing.

    A real caller's words come on standard input, with - for TEXT: every user of this machine can read a command line.
    """
    path = file or risk_words_file.DEFAULT
    phrases = _loaded(path)
    if check:
        click.echo(f"{path.name} can be read.")
        return
    if text is None:
        raise click.UsageError("Say the caller's TEXT.")
    asks = phrases.asks(all_of_stdin() if text == STDIN else text)
    if as_json:
        said = {"asks": [{"marker": each.marker, "words": each.words} for each in asks]}
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for each in asks:
        click.echo(f"{question(each)} ({each.marker})")
    if not asks:
        click.echo("Nothing to ask.")


def _loaded(path: Path) -> RiskWords:
    try:
        return risk_words_file.load(path)
    except FileInvalid as error:
        raise NotValid([error]) from None
