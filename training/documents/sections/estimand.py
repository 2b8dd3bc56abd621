"""What is estimated, for whom, how often it happens, and how the practices behind it came to be counted."""

from features.outcome import Question
from models import wording
from models.manifest import Manifest
from training.documents import figure
from training.documents.charts.flow import flow_diagram
from training.documents.document import Block, Chart, Points, Section, Table, Words
from training.documents.material import Material


def estimand(material: Material) -> Section:
    """The estimand, the populations, the flow diagram, and what it is not."""
    manifest = material.manifest
    blocks: list[Block] = [
        Words(manifest.estimand),
        Words(f"It speaks about {manifest.population}, up to {manifest.horizon_months} months ahead."),
        _questions(material),
        Words(_counted(manifest)),
        *_flow(material),
        Words(
            "It is not the effect of support: practices that are supported differ from those that are not. Retirement, "
            "merger and re-registration are no failure; they are counted, and censored."
        ),
        Points(wording.caveats(manifest)),
        Words(wording.CANNOT_SEE),
    ]
    return Section("estimand", "What is estimated, and for whom", tuple(blocks))


def _questions(material: Material) -> Table:
    rows = tuple(
        (
            figure.begun(question.words),
            _levels(question, material.manifest),
            figure.count(base.cases),
            figure.count(base.n),
            figure.share(base.rate),
        )
        for question, base in ((q, material.manifest.base_rates.get(q.value)) for q in material.asked)
        if base is not None
    )
    head = ("Adverse outcome", "Levels", "Past cases with a known outcome", "Of practices", "Had it")
    return Table("The questions, and in which share of the cases the answer was adverse", head, rows, figures=False)


def _counted(manifest: Manifest) -> str:
    learned = wording.learned_from(manifest)
    told = f" The model learned from {learned}." if learned else ""
    return f"A case is a practice on one day on which it was asked about.{told}"


def _levels(question: Question, manifest: Manifest) -> str:
    told = question.outcomes(divided=question.value not in manifest.undivided)
    return "; ".join(outcome.words(question).lower() for outcome in told if outcome.low >= question.threshold)


def _flow(material: Material) -> tuple[Block, ...]:
    steps = material.flow.steps
    if not steps:
        return (Words("The flow of counts stands in the report of the training; it was not at hand here."),)
    named = {step.key: step.label for step in steps}
    rows = tuple((step.label, figure.count(step.count), named.get(step.parent or "", "")) for step in steps)
    told = "; ".join(f"{step.label}: {step.count:,}" for step in steps)
    alternative = f"Flow diagram. {told}."
    table = Table("Each step, how many, and what it was drawn from", ("Step", "Count", "Of"), rows)
    return (
        Chart("Who is in the records, and who is not", alternative, flow_diagram(material.flow, alternative), table),
    )
