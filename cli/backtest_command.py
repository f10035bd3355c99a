"""`missing-bot backtest`: what a policy would have done with past incidents, on every core."""

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import click

from bot.backtest.backtest import Batch, RowLeftOut, Rules
from bot.backtest.columns import COLUMNS, not_tested, without
from bot.backtest.log_rows import LogInvalid, Survey, log_rows, survey
from bot.backtest.report import LogTold, Table, as_json, tables
from bot.backtest.tally import PolicyTally
from bot.files import policy_file
from bot.files.invalid import FileInvalid
from cli.backtest_page import as_html, as_text
from cli.backtest_processes import PAGES, Crew, WrittenBatch
from cli.plainly import FILE, UK, ZONE, NotValid
from cli.written_files import write_privately, writing_privately

_BAD_TOLD = 100  # bad rows that are named one by one


@click.command()
@click.argument("log", type=FILE)
@click.option("--policy", "policies", type=FILE, multiple=True, help="A force's policy; twice: side by side.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where the report is written.")
@click.option("--zone", type=ZONE, default=UK, show_default=True, help="By whose clock shifts change.")
@click.option("--processes", type=click.IntRange(min=1), help="As many as there are cores unless said.")
def backtest(
    log: Path, policies: tuple[Path, ...], out: Path | None, zone: ZoneInfo, processes: int | None
) -> None:
    """Play LOG, a CSV of past incidents (docs/backtest.md), under one policy or two: whom it pages, and when.

    With --out, writes backtest.html, backtest.json, and pages.csv with each first page and each rung it climbed. Bad
    rows are named and left out. Exits 2 where a file is not valid.
    """
    if len(policies) > 2:
        raise click.UsageError("Two policies at most stand side by side.")
    seen = _surveyed(log)
    rules = _rules(policies, seen)
    tallies, bad = {each.name: PolicyTally() for each in rules}, list[RowLeftOut]()
    with (
        Crew(rules, zone, processes or os.cpu_count() or 1, keeps_pages=out is not None) as crew,
        log.open(encoding="utf-8-sig", errors="replace", newline="") as lines,
        _pages_file(out) as pages,
    ):
        for batch, page_lines in _with_bar(crew.run(log_rows(lines)), seen.rows):
            for name, tally in batch.tallies.items():
                tallies[name].add(tally)
            bad += batch.bad
            pages.write(page_lines)
    told = _log_told(log, seen, bad)
    found = list(tables(told, tallies, zone))
    if out is not None:
        _write(out, found, as_json(told, tallies, zone))
    click.echo("\n".join(as_text(found)))


def _surveyed(log: Path) -> Survey:
    try:
        with log.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return survey(lines)
    except LogInvalid as wrong:
        raise NotValid([FileInvalid(log, [(1, str(wrong))])]) from wrong


def _rules(files: Sequence[Path], seen: Survey) -> list[Rules]:
    """Each under its file's name; two of one name under their paths."""
    silent = not_tested(seen.held)
    names = [file.stem for file in files]
    if len(set(names)) < len(names):
        names = [str(file) for file in files]
    try:
        policies = [policy_file.load(file) for file in files] or [policy_file.load()]
    except FileInvalid as wrong:
        raise NotValid([wrong]) from wrong
    named = zip(names or ["shipped"], policies, strict=True)
    return [Rules(name=name, policy=without(policy, silent)) for name, policy in named]


def _with_bar(written: Iterator[WrittenBatch], rows: int) -> Iterator[tuple[Batch, str]]:
    """On standard error, and only where somebody looks."""
    with click.progressbar(range(rows), length=rows, label="Incidents", file=sys.stderr) as bar:
        for each in written:
            yield each.batch, each.pages
            bar.update(each.batch.rows)


@contextmanager
def _pages_file(out: Path | None) -> Iterator[TextIO]:
    """One that keeps nothing where nobody asked for it."""
    kept = Path(os.devnull).open("w") if out is None else writing_privately(out / "pages.csv")  # noqa: SIM115
    with kept as file:
        csv.writer(file).writerow(PAGES)
        yield file


def _log_told(log: Path, seen: Survey, bad: list[RowLeftOut]) -> LogTold:
    bad.sort(key=lambda row: row.line)
    return LogTold(
        name=log.name,
        rows=seen.rows,
        bad=len(bad),
        bad_rows=bad[:_BAD_TOLD],
        not_held=[name for name in COLUMNS if name not in seen.held],
        not_tested=sorted(not_tested(seen.held)),
    )


def _write(out: Path, found: Iterable[Table], document: dict[str, Any]) -> None:
    write_privately(out / "backtest.html", as_html(found, document))
    write_privately(out / "backtest.json", json.dumps(document, indent=1) + "\n")
