"""The command `multipolarity`: for instructors, hand out and mark the graded set."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from multipolarity import problem_sets
from multipolarity.grading import batch, export, feedback_page, gradebook
from multipolarity.grading import moodle as moodle_zip
from multipolarity.grading.collect import collect as sort_download
from multipolarity.grading.course import Cohort, Course
from multipolarity.grading.items import printable
from multipolarity.grading.lateness import DAYS, PER_DAY, Late, digests
from multipolarity.grading.listing import Missing
from multipolarity.grading.release import Leak, model_answers, question_numbers
from multipolarity.grading.release import release as build
from multipolarity.grading.results_folder import remember, results_folder
from multipolarity.grading.sandbox import Limits, NoSandbox
from multipolarity.grading.similar import Seen

FOLDER = click.Path(path_type=Path, file_okay=False)
COURSE = click.option(
    "--course", default="exercises/graded", show_default=True, help="The graded set."
)


@click.group()
def main() -> None:
    """Hand out and mark the graded set of the course."""


@main.command()
@click.argument("name", metavar="SET")
@click.option(
    "--cohort", required=True, type=FOLDER, help="Folder with students.csv; keeps the salt."
)
@click.option("--out", required=True, type=FOLDER, help="Where the archives go.")
@COURSE
def release(name: str, cohort: Path, out: Path, course: str) -> None:
    """Build one archive per student and prove that no solution is in it."""
    with _plain_errors():
        paths = build(Course.here(course), name, Cohort.open(cohort), out)
        click.echo(
            f"{len(paths)} archives in {out}. Checked: no solution, key, hidden test, mark scheme or "
            "salt is in any of them."
        )


@main.command()
@click.argument("name", metavar="SET")
@click.option("--from", "download", required=True, type=click.Path(path_type=Path, exists=True),
              help="What the platform gave you: its zip, or the folder unpacked from it.")  # fmt: skip
@click.option("--list", "listing", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="The platform's list of participants, as CSV: its numbers and your ids.")  # fmt: skip
@click.option("--cohort", required=True, type=FOLDER, help="Folder with students.csv.")
@click.option("--submitted", required=True, type=FOLDER, help="Where the notebooks go.")
def collect(name: str, download: Path, listing: Path | None, cohort: Path, submitted: Path) -> None:
    """Sort a platform's download into <student>/<set>/<set>.ipynb."""
    with _plain_errors():
        Course.known(name)
        roster = frozenset(Cohort.open(cohort).students())
        done = sort_download(download, name, roster, submitted, listing)
    for line in (
        f"Notebooks in {submitted}: {len(done.taken)}.",
        *_named("Another notebook lay there before and was replaced", done.replaced),
        *_named(
            "No notebook, or more than one, so that none was taken and what lay there stays",
            done.without,
        ),
        *_named(
            "Belongs to no student of the list"
            + ("" if listing else " (Moodle and Canvas: add their list with --list)"),
            done.unknown,
        ),
        *_named("Not handed in", sorted(roster - set(done.taken) - set(done.without))),
    ):
        click.echo(line.encode("utf-8", "replace").decode())


@main.command()
@click.argument("name", metavar="SET")
@click.option("--submitted", required=True, type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Folder with <student>/<set>/<set>.ipynb.")  # fmt: skip
@click.option("--out", required=True, type=FOLDER, help="Where the results go.")
@click.option("--cohort", required=True, type=FOLDER, help="Folder with students.csv and salt.txt.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(1),
              help="Time for one whole notebook.")  # fmt: skip
@click.option("--per-question", is_flag=True, help="Canvas and Moodle: one column for each item.")
@click.option(
    "--due", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="Deadline, in this machine's time."
)
@click.option("--received", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="CSV with student and time of handing in; else nbgrader's timestamp.txt counts.")  # fmt: skip
@click.option("--late-per-day", type=click.FloatRange(0, 100),
              help=f"Percent of the points for each day begun.  [default: {PER_DAY:g}]")  # fmt: skip
@click.option("--late-days", type=click.IntRange(0),
              help=f"Days after which nothing counts.  [default: {DAYS}]")  # fmt: skip
@click.option("--no-late", is_flag=True, help="Forget the rule for late work of an earlier run.")
@click.option(
    "--dask", default="", metavar="ADDRESS", help="Run on a Dask cluster: tcp://host:8786."
)
@click.option("--no-sandbox", is_flag=True, help="Run students' code with your own rights.")
@COURSE
def grade(
    name: str,
    submitted: Path,
    out: Path,
    cohort: Path,
    workers: int,
    seconds: float,
    per_question: bool,
    due: datetime | None,
    received: Path | None,
    late_per_day: float | None,
    late_days: int | None,
    no_late: bool,
    dask: str,
    no_sandbox: bool,
    course: str,
) -> None:
    """Mark every submission: results.csv, feedback pages, sheets for Canvas and Moodle.

    The rule for late work is kept in the results' folder; a second run needs no option again.
    Ends with 0 if each submission was marked or refused with a reason.
    """
    if no_sandbox:
        warning = "Without a sandbox a student's code can read and change your files."
        click.secho(warning, fg="red", err=True)
    if no_late and (due or received):
        raise click.UsageError("--no-late forgets the rule; --due and --received set it. Say one.")
    if submitted.resolve() in (out.resolve(), *out.resolve().parents):
        raise click.UsageError("The results cannot lie in the folder of the submissions.")
    rule = {"due": due and due.astimezone().isoformat(), "received": received and str(received.resolve()),
            "per_day": late_per_day, "days": late_days}  # fmt: skip
    said = None if no_late else {key: value for key, value in rule.items() if value is not None}
    with _plain_errors():
        home, class_ = Course.here(course), Cohort.open(cohort)
        this = batch.Batch(home, name, class_, submitted, out / "runs", Limits(seconds=seconds))
        source = home.source(name)
        handed_in = batch.students_in(submitted, name)
        if not handed_in:
            raise click.ClickException(
                f"{submitted} holds no student's folder. Wanted is {submitted}/<student>/{name}/{name}.ipynb."
            )
        if said and received:
            said["seen"] = digests(submitted, name, handed_in)
        with results_folder(out, name, class_, said) as rule:
            late = Late.by(rule, submitted, name)
            remember(out, name, rule)
            outcomes, seen = _mark(
                this, out, Seen(model_answers(source)), workers, not no_sandbox, dask
            )
            outcomes = gradebook.with_written_marks(name, out, outcomes)
            if late:
                outcomes = [outcome.with_late(late) for outcome in outcomes]
            absent = sorted(this.roster - set(handed_in))
            _write(this, out, outcomes, absent, seen, question_numbers(source), per_question)
    for line in _summary(this, out, outcomes, absent, late):
        click.echo(line.encode("utf-8", "replace").decode())
    if len(outcomes) != len(handed_in):
        raise click.ClickException("The batch is not complete. Run the same command again.")


def _mark(
    this: batch.Batch, out: Path, seen: Seen, workers: int, sandboxed: bool, dask: str
) -> tuple[list[batch.Outcome], Seen]:
    """Mark all and record each in the gradebook as it arrives; in the order of the students."""
    outcomes, start = [], time.monotonic()
    with (
        batch.grading(this, workers, sandboxed, dask) as marking,
        gradebook.writer(this.course, this.name, out) as write,
        click.progressbar(
            length=len(batch.students_in(this.submitted, this.name)), label="Marking", show_pos=True,
            item_show_func=lambda rate: rate or "",
        ) as bar,
    ):  # fmt: skip
        for outcome in marking:
            write(outcome)
            if outcome.given:
                seen.add(outcome.student, outcome.answers, outcome.given.notebook)
            outcomes.append(outcome.without_texts())
            bar.update(1, f"{len(outcomes) / (time.monotonic() - start):.1f} a second")
    return sorted(outcomes, key=lambda outcome: outcome.student), seen


def _write(
    this: batch.Batch,
    out: Path,
    outcomes: list[batch.Outcome],
    absent: list[str],
    seen: Seen,
    numbers: dict[str, str],
    per_question: bool,
) -> None:
    title = problem_sets.problem_set(this.name).TITLE
    export.results(out / "results.csv", outcomes, absent)
    sheet = export.sheet(outcomes, title, numbers if per_question else None)
    sheet.canvas(out / "canvas.csv")
    sheet.moodle(out / "moodle.csv")
    alike = ((item, " ".join(who)) for item, who in seen.groups())
    export.write(out / "similar.csv", ("item", "students"), alike)
    known = [outcome for outcome in outcomes if outcome.student in this.roster]
    feedback_page.write(out / "feedback", known, title, numbers)


def _summary(
    this: batch.Batch,
    out: Path,
    outcomes: list[batch.Outcome],
    absent: list[str],
    late: Late | None,
) -> Iterator[str]:
    """What the instructor is told at the end: nothing that needs a hand passes without a word."""
    refused = [outcome for outcome in outcomes if outcome.refused]
    marked = [outcome for outcome in outcomes if not outcome.refused]
    yield f"{len(marked)} marked, {len(refused)} refused. Results: {out / 'results.csv'}"
    yield from (f"  {outcome.student}: {outcome.refused}" for outcome in refused)
    yield from _named("Not handed in", absent)
    yield from _named("Passed over, as no student's folder", _loose_files(this.submitted))
    waiting = [o.student for o in marked for m in o.marks if m.status == "waiting"]
    yield from _named(
        f"Answers that wait for your mark: {len(waiting)}. Until then the sheets hold what is marked so "
        "far. Students",
        list(dict.fromkeys(waiting)),
    )
    yield f"Late work: {late or 'no rule, nothing is taken off'}."
    if late:
        yield from _named(
            "Time of handing in not known, nothing taken off",
            [outcome.student for outcome in marked if not late.received(outcome.student)],
        )
        yield from _named("In the list of times, but no student", late.strangers(this.roster))
        yield from _named(
            "Changed since the list of times was given, so give a new one with --received",
            late.changed(this.submitted, this.name),
        )


def _named(words: str, names: list[str], most: int = 30) -> Iterator[str]:
    if names:
        shown = ", ".join(printable(name, 60) for name in names[:most]) + (
            " ..." if len(names) > most else ""
        )
        yield f"{words}: {len(names)} ({shown})."


def _loose_files(submitted: Path) -> list[str]:
    return sorted(p.name for p in submitted.iterdir() if not p.is_dir() and p.name[:1] != ".")


@main.command()
@click.argument("name", metavar="SET")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--list", "worksheet", required=True,
              type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="The grading worksheet of the assignment, from Moodle.")  # fmt: skip
@click.option("--cohort", required=True, type=FOLDER, help="Folder with students.csv.")
@click.option("--to", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="The archive for Moodle.")  # fmt: skip
def moodle(name: str, folder: Path, worksheet: Path, cohort: Path, to: Path) -> None:
    """Pack a file of SET for each student from FOLDER, for Moodle to hand out.

    FOLDER is what `release` wrote, or the folder `feedback` of the results.
    """
    with _plain_errors():
        Course.known(name)
        roster = frozenset(Cohort.open(cohort).students())
        given, without = moodle_zip.pack(folder, name, worksheet, roster, to)
    click.echo(f"Files for {len(given)} students in {to}.")
    for line in _named("No file, or not in the worksheet", without):
        click.echo(line)


class _plain_errors:
    """Turns what the instructor can mend into one sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (Missing, NoSandbox, Leak)):
            raise click.ClickException(str(error)) from None
        if isinstance(error, OSError):
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}.") from None


if __name__ == "__main__":
    main()
