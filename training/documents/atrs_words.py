"""What the transparency record says of the model: each answer comes from the manifest, the report or the catalogue."""

from features.feature import Sensitivity
from models import wording
from training.documents import figure
from training.documents.card import USES
from training.documents.material import Material
from training.evaluation.judgement import EVERYBODY, MODEL


def description(material: Material) -> str:
    """For anybody, in two sentences."""
    return (
        f"{_invented(material)}It tells how likely it is that a general practice will be {_asked(material)}, and "
        f"why. {USES}"
    )


def detailed(material: Material) -> str:
    """What it does, and what answers."""
    proviso = wording.proviso(material.manifest.verdict)
    said = f" {proviso}" if proviso else ""
    return (
        f"{material.manifest.estimand} A table of points turns what is known of a practice into a probability of "
        "each level; "
        f"each score comes with an interval and with reasons that add up to it exactly.{said} {wording.CANNOT_SEE}"
    )


def benefits(material: Material) -> str:
    """What is reached with scarce support, as measured."""
    section = material.evaluation["sections"][EVERYBODY]
    found = section["capacity"]
    return (
        f"On cases the model had not seen, supporting the {figure.count(found['selected'])} practices told the highest "
        f"probability would have reached {figure.count(found['true'])} with the adverse outcome, of at most "
        f"{figure.count(found['ceiling'])}, and {figure.count(found['false'])} without. Whether support helps is "
        "not measured."
    )


def alternatives(material: Material) -> str:
    """The rivals, and how far the model is ahead; and what the owner considered."""
    gains = material.evaluation["gains"]
    told = "; ".join(f"{name}: {figure.estimate(each, 4)}" for name, each in gains.items())
    rivals = (
        f"Ranked probability score of simple rivals less the model’s, above zero where the model is better: {told}."
    )
    considered = material.owner.alternatives
    return f"{rivals} {considered}" if considered else rivals


def integration(material: Material) -> str:
    """Where it stands in the work."""
    return (
        "Advisers and commissioners see a score with its reasons when they decide whom to support first; they say "
        "how many "
        f"practices can be supported, and the page shows what to expect. How it stands in the process of "
        f"{material.owner.organisation or 'its owner'} is for the owner to add."
    )


def human_review(material: Material) -> str:
    """Who decides."""
    floor = material.manifest.completeness_floor
    return (
        "No decision is made by the model: people decide, and may agree or disagree with each reason. Where less than "
        f"{figure.share(floor)} of what a score goes by is known, there is no score."
    )


def architecture(material: Material) -> str:
    """The parts."""
    return (
        "Publishers’ files are read into a dated store; a dataset is built as it was known on each day; a scorecard is "
        "fitted, calibrated and checked; a light service reads the scorecard from plain files verified by SHA-256."
    )


def inputs(material: Material) -> str:
    """The features in use, by their labels."""
    labels = ", ".join(feature.label for feature in material.features)
    return f"{len(material.features)} facts of a practice: {labels or 'none'}."


def outputs(material: Material) -> str:
    """What comes out."""
    return (
        f"The probability of {_asked(material)} within {material.manifest.horizon_months} months, with an interval, "
        "the base rate "
        "beside it, reasons in percentage points, and what is not known."
    )


def models(material: Material) -> str:
    """The models in the tool."""
    return f"One: {material.named}, answering by {material.manifest.verdict.served}."


def family(material: Material) -> str:
    """How the tables were fitted."""
    libraries = ", ".join(f"{name} {version}" for name, version in material.manifest.libraries.items())
    return (
        "Ordinal scorecard (additive tables of points, one calibrated slope, ordered cut-points), family "
        f"{material.manifest.family}; {libraries}."
    )


def performance(material: Material) -> str:
    """The headline measures with intervals, and what the checks came to."""
    figures = material.evaluation["sections"][EVERYBODY]["figures"][MODEL]
    labels = {
        "rps": "ranked probability score",
        "auroc": "AUROC",
        "calibration_in_the_large": "calibration in the large",
    }
    labels["calibration_slope"] = "calibration slope"
    told = "; ".join(f"{label} {figure.estimate(figures[name])}" for name, label in labels.items() if name in figures)
    return f"On cases it had not seen: {told} (95 % intervals). {material.report.get('verdict', '')}".rstrip()


def datasets(material: Material) -> str:
    """One dataset, used in parts."""
    return (
        "One dataset, in parts: the older cases to learn from, the newer to judge by. "
        f"{material.report.get('plan', '')}"
    ).rstrip()


def development(material: Material) -> str:
    """Who is in it."""
    return (
        f"{_invented(material)}Records of {material.manifest.population}, each as it was known on the day the "
        "question was asked."
    )


def quantities(material: Material) -> str:
    """The counts of the manifest."""
    counts = "; ".join(
        f"{name.replace('_', ' ')} {figure.count(value)}" for name, value in material.manifest.counts.items()
    )
    return f"{counts[:1].upper()}{counts[1:]}."


def sensitive(material: Material) -> str:
    """Features that tell of a person."""
    personal = [feature.label for feature in material.features if feature.sensitivity is Sensitivity.personal]
    told = f"Personal: {', '.join(personal)}." if personal else "No feature in use is marked as personal."
    return (
        f"{told} A practice with one partner is one identifiable person. Illness and individual capability are not "
        "used."
    )


def completeness(material: Material) -> str:
    """Who is not there, and what is not known."""
    told = "; ".join(f"{step.label}: {step.count:,}" for step in material.flow.steps)
    return (
        f"{told + '. ' if told else ''}{' '.join(wording.caveats(material.manifest))} What is not known stays "
        "unknown; it is never taken as nought."
    )


def cleaning(material: Material) -> str:
    """What happens to wrong values."""
    return (
        "Each table is checked as it is read: a wrong value stops the ingest and says where. Rows that are not about a "
        "practice are set aside with a reason. Nothing is imputed: a value that is not known has points of its own."
    )


def collection(material: Material) -> str:
    """Who collected the records, and until when."""
    end = material.manifest.provenance.get("end_of_data", "a day not recorded")
    return (
        "Collected by their publishers and by the support programme for their own purposes; used as they stood "
        f"until {end}."
    )


def sources(material: Material) -> str:
    """The tables the features in use read."""
    tables = sorted({source for feature in material.features for source in feature.sources})
    return f"The tables {', '.join(tables)}." if tables else "None: every practice is told the base rate."


def processing(material: Material) -> str:
    """How a score comes about."""
    return (
        "Each fact falls into a step of a declared grid, each step has points, the points add up, and the sum is "
        "calibrated."
    )


def risks(material: Material) -> str:
    """Each risk with what is done about it."""
    return (
        "Unequal errors between groups: measured by group with intervals, small cells hidden. Drift: the newest "
        "outcomes decide "
        "whether the level is moved, and a check compares with the base rate. Over-reliance: intervals, "
        "abstention, reasons, no "
        "colour bands and no ranking in public. Old or wrong records: a practice sees and corrects its own before use. "
        "Identifying a person: personal facts are shown only to those entitled."
    )


def _asked(material: Material) -> str:
    return " or, of another population, ".join(question.words for question in material.asked)


def _invented(material: Material) -> str:
    return f"{wording.SIMULATED} " if material.simulated else ""
