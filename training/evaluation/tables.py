"""The tables of an evaluation: the same rows on the terminal and as Markdown."""

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text

from features.minus import minus
from features.outcome import Question
from training.config import TrainingConfig
from training.evaluation.benefit import STATED
from training.evaluation.censoring import Censoring
from training.evaluation.evaluation import Evaluation
from training.evaluation.judgement import EVERYBODY, MODEL, Judgement, Section, described
from training.evaluation.measure import Estimate
from training.fairness.hiding import TOO_FEW

BRIEF = {
    "rps": "RPS",
    "auroc": "AUROC",
    "calibration_slope": "slope",
    "calibration_in_the_large": "in the large",
    "precision_at_20": "precision",
}
"""The measures that fit on a terminal, under short heads; Markdown and JSON have all of them."""

SLICED = {name: BRIEF[name] for name in ("rps", "auroc", "calibration_in_the_large")}
"""Those that are told of each slice."""

LEGEND = (
    "RPS: ranked probability score, lower is better. Slope and in the large: calibration, 1 and 0 are right. "
    "Precision: share with the adverse outcome among the 20 % supported first. In brackets: 95 % intervals."
)

Rows = list[list[str]]


def on_terminal(evaluation: Evaluation) -> list[Table | Text]:
    """What fits on a terminal: each section, the slices, the decision in pounds, and those nobody saw."""
    parts: list[Table | Text] = []
    for name, section in _told_once(evaluation.judgement).items():
        head, *body = _brief(section)
        parts += [Text(), _table(title(name), head, body), *(Text(line) for line in opening(section))]
    parts += [Text(), Text(LEGEND)]
    parts += [Text(), _sliced(evaluation)] if evaluation.slices else []
    parts += [table for question in evaluation.benefit for table in (Text(), _pounds(evaluation, question))]
    said = _sentences(evaluation)
    return [*parts, Text(), *(Text(line) for line in said)]


def in_markdown(evaluation: Evaluation, config: TrainingConfig) -> list[str]:
    """Every measure of every forecast, one section after the other."""
    lines: list[str] = []
    for name, section in _told_once(evaluation.judgement).items():
        lines += [f"## {title(name)}", "", *opening(section), "", *markdown(_every(section, config)), ""]
    said = _sentences(evaluation)
    return [*lines, *(line for each in said for line in (each, ""))]


def opening(section: Section) -> list[str]:
    """A section in two sentences: whom it is about, and what support would have reached."""
    found = section.capacity
    return [
        f"{section.practices:,} practices, {section.events:,} with the adverse outcome ({section.prevalence:.1%}).",
        f"Supporting the {found.selected:.0f} highest would have reached {found.true:.0f} of them "
        f"(at most {found.ceiling:.0f}) and {found.false:.0f} others.",
    ]


def unseen(found: Censoring | None) -> Iterator[str]:
    """Both shares of each question, and what weighting for those nobody saw changes."""
    if found is None:
        yield "Rows whose outcome nobody saw were not given, so nothing is said of them."
        return
    for question, ended in found.ended.items():
        yield (
            f"{title(question)}: without the adverse outcome were {_share(ended.well_among_seen)} of {ended.seen:.0f} "
            f"episodes seen, and {_share(ended.well_among_ended)} of all that ended."
        )
    weighted = found.weighted[EVERYBODY].figures[MODEL]
    figures = ", ".join(f"{head} {weighted[name].text()}" for name, head in BRIEF.items())
    yield f"Each row weighted by one over its chance of being seen ({found.chance[0]:.2f} or more): {figures}."


def markdown(rows: Rows) -> list[str]:
    """Rows as a Markdown table, the first of them the head."""
    head, *body = rows
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in body)]


def title(section: str) -> str:
    """What a section is called."""
    return "Everybody" if section == EVERYBODY else Question(section).words.capitalize()


def _sentences(evaluation: Evaluation) -> tuple[str, ...]:
    against_truth = evaluation.truth.lines if evaluation.truth else ()
    return (*unseen(evaluation.censoring), *evaluation.subgroups.lines, *against_truth)


def _told_once(judgement: Judgement) -> Mapping[str, Section]:
    """Everybody is left out where there is a single question: its section says the same."""
    single = len(judgement.questions) == 1
    return {name: section for name, section in judgement.sections.items() if not (single and name == EVERYBODY)}


def _brief(section: Section) -> Rows:
    body = [[who, *(figures[name].text("\n") for name in BRIEF)] for who, figures in section.figures.items()]
    return [["", *BRIEF.values()], *body]


def _every(section: Section, config: TrainingConfig) -> Rows:
    """One row a measure, one column a forecast."""
    named = described(config)
    body = [
        [named[name].label, *(figures[name].text() for figures in section.figures.values())]
        for name in section.figures[MODEL]
    ]
    return [["", *section.figures], *body]


def _sliced(evaluation: Evaluation) -> Table:
    body = [
        [f"{by} {value}", *(_slice(sections[EVERYBODY]) if sections else [TOO_FEW, *[""] * (1 + len(SLICED))])]
        for by, values in evaluation.slices.items()
        for value, sections in values.items()
    ]
    return _table("The model by landmark, year and region", ["", "practices", "adverse", *SLICED.values()], body)


def _slice(section: Section) -> list[str]:
    told = section.figures[MODEL]
    return [f"{section.practices:,}", f"{section.events:,}", *(told[name].text("\n") for name in SLICED)]


def _pounds(evaluation: Evaluation, question: str) -> Table:
    stated = [decision for decision in evaluation.benefit[question] if decision.threshold in STATED]
    head = ["", *(f"from {each.threshold:.0%}: reaching one is worth £{each.worth:,.0f}" for each in stated)]
    body = [[who, *(_in_pounds(each.pounds[who]) for each in stated)] for who in stated[0].pounds]
    return _table(f"{title(question)}: net benefit in pounds per hundred practices", head, body)


def _table(words: str, head: list[str], body: Rows) -> Table:
    table = Table(*head, title=words, title_justify="left")
    for row in body:
        table.add_row(*row, style="bold" if row[0] == MODEL else "")
    return table


def _in_pounds(figure: Estimate) -> str:
    value, low, high = (minus(f"{amount:,.0f}") for amount in (figure.value, figure.low, figure.high))
    return f"{value}\n({low} to {high})"


def _share(figure: Estimate) -> str:
    return f"{figure.value:.1%} ({figure.low:.1%} to {figure.high:.1%})"
