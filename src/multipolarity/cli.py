"""The command `multipolarity`: for instructors, hand out and mark the graded set."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import click

from multipolarity import problem_sets
from multipolarity.grading import batch, export, feedback_page, gradebook
from multipolarity.grading.course import Cohort, Course, Missing
from multipolarity.grading.lateness import Late, listed, stamped
from multipolarity.grading.release import Leak
from multipolarity.grading.release import release as build
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
@click.option(
    "--late-per-day", default=10.0, show_default=True, help="Percent of the points for each day."
)
@click.option("--late-days", default=7, show_default=True, help="Days after which nothing counts.")
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
    late_per_day: float,
    late_days: int,
    dask: str,
    no_sandbox: bool,
    course: str,
) -> None:
    """Mark every submission: results.csv, feedback pages, sheets for Canvas and Moodle.

    Ends with 0 if each submission was marked or refused with a reason.
    """
    with _plain_errors():
        if no_sandbox:
            click.secho(
                "Without a sandbox a student's code can read and change your files.",
                fg="red",
                err=True,
            )
        home = Course.here(course)
        class_ = Cohort.open(cohort)
        this = batch.Batch(home, name, class_, submitted, out / "runs", Limits(seconds=seconds))
        class_.salt()  # before anything is marked
        handed_in = batch.students_in(submitted)
        count = len(handed_in)
        if not count:
            raise click.ClickException(
                f"{submitted} holds no student's folder. Wanted is {submitted}/<student>/{name}/{name}.ipynb."
            )
        times = listed(received) if received else stamped(submitted, name)
        seen, outcomes, start = Seen(), [], time.monotonic()
        with (
            batch.grading(this, workers, not no_sandbox, dask) as marking,
            gradebook.writer(home, name, out) as write,
            click.progressbar(
                length=count, label="Marking", show_pos=True, item_show_func=lambda rate: rate or ""
            ) as bar,
        ):
            for outcome in marking:
                write(outcome)
                seen.add(outcome.student, outcome.answers, outcome.handed_out)
                outcomes.append(outcome.without_texts())
                rate = len(outcomes) / (time.monotonic() - start)
                bar.update(1, f"{rate:.1f} a second")
        untimed: list[str] = []
        outcomes.sort(key=lambda outcome: outcome.student)
        outcomes = gradebook.with_written_marks(name, out, outcomes)
        if due:
            late = Late(due.astimezone(), times, late_per_day / 100, late_days)
            outcomes = [outcome.with_late(late) for outcome in outcomes]
            untimed = [o.student for o in outcomes if not o.refused and not times(o.student)]
        title = problem_sets.problem_set(name).TITLE
        export.results(out / "results.csv", outcomes)
        export.canvas(out / "canvas.csv", outcomes, title, per_question)
        export.moodle(out / "moodle.csv", outcomes, title, per_question)
        export.write(out / "similar.csv", ("item", "students"),
                     ((item, " ".join(who)) for item, who in seen.groups()))  # fmt: skip
        known = [outcome for outcome in outcomes if outcome.student in this.roster]
        feedback_page.write(out / "feedback", known, title)
    refused = [outcome for outcome in outcomes if outcome.refused]
    click.echo(
        f"{len(outcomes) - len(refused)} marked, {len(refused)} refused. Results: {out / 'results.csv'}"
    )
    for outcome in refused:
        line = f"  {outcome.student}: {outcome.refused}"
        click.echo(line.encode("utf-8", "replace").decode())
    for words, names in (
        ("Not handed in", sorted(this.roster - set(handed_in))),
        ("Passed over, as no student's folder", _loose_files(submitted)),
    ):
        if names:
            click.echo(f"{words}: {len(names)} ({_some(names)}).")
    if untimed:
        click.echo(
            f"When {len(untimed)} handed in is not known ({_some(untimed)}): nothing was taken off."
        )
    if len(outcomes) != count:
        raise click.ClickException("The batch is not complete. Run the same command again.")


def _some(names: list[str], most: int = 5) -> str:
    shown = ", ".join(name[:60].encode("utf-8", "replace").decode() for name in names[:most])
    return shown + (" ..." if len(names) > most else "")


def _loose_files(submitted: Path) -> list[str]:
    return sorted(p.name for p in submitted.iterdir() if not p.is_dir() and p.name[:1] != ".")


class _plain_errors:
    """Turns what the instructor can mend into one sentence."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, (Missing, NoSandbox, Leak)):
            raise click.ClickException(str(error)) from None
        if isinstance(error, PermissionError):
            raise click.ClickException(f"{error.filename} may not be read or written.") from None


if __name__ == "__main__":
    main()
