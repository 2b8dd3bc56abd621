"""Times change and not everybody is seen: what updating did, and what those whose outcome nobody saw could change."""

from collections.abc import Mapping

from features.outcome import Question
from training.documents import figure
from training.documents.document import Block, Points, Section, Table, Words
from training.documents.material import Material, Plain
from training.documents.sections.measures import GAIN, title
from training.evaluation.judgement import EVERYBODY, MODEL

SCORES = {"rps": "Ranked probability score", "log_loss": "Log loss"}
"""The scores by which the effect of updating is told."""


def drift(material: Material) -> Section:
    """The effect of updating on cases the model had not seen."""
    found = material.evaluation.get("updating")
    if not found:
        return Section("drift", "Drift of the base rate, and updating", (Words("No updating was recorded."),))
    rows = tuple(
        (
            f"{title(name)}: {SCORES[score]}",
            *(figure.estimate(each[part], GAIN) for part in ("before", "after", "gain")),
        )
        for name, told in found["effects"].items()
        for score, each in told.items()
    )
    table = Table("What updating changed; above nought it helped", ("", "Before", "After", "Lower by"), rows)
    return Section("drift", "Drift of the base rate, and updating", (Points(tuple(found["words"])), table))


def censoring(material: Material) -> Section:
    """Both shares that came out well, and the measures when each row also stands for those like it nobody saw."""
    found = material.evaluation.get("censoring")
    if not found:
        words = Words("Whoever made the forecasts kept no rows whose outcome nobody saw.")
        return Section("censoring", "Those whose outcome nobody saw", (words,))
    low, middle, high = found["chance"]
    chance = Words(
        f"The chance that an outcome was seen lies between {figure.share(low)} and {figure.share(high)}, half of "
        "them above "
        f"{figure.share(middle)}. Weighted by one over it, each row also stands for those like it nobody saw."
    )
    blocks: tuple[Block, ...] = (_ended(found["ended"]), chance, _weighted(material, found["weighted"]))
    return Section("censoring", "Those whose outcome nobody saw", blocks)


def _ended(ended: Mapping[str, Plain]) -> Table:
    rows = tuple(
        (
            figure.begun(Question(name).words),
            figure.count(each["seen"]),
            "; ".join(f"{figure.count(n)} {why.removeprefix('censored: ')}" for why, n in each["unseen"].items())
            or "none",
            figure.estimate(each["well_among_seen"]),
            figure.estimate(each["well_among_ended"]),
        )
        for name, each in ended.items()
    )
    head = ("Question", "Episodes seen", "Not seen", "Came out well among those seen", "Among all that ended")
    return Table("How the share that came out well depends on whom one counts", head, rows)


def _weighted(material: Material, weighted: Mapping[str, Plain]) -> Table:
    plain, other = (each[EVERYBODY]["figures"][MODEL] for each in (material.evaluation["sections"], weighted))
    labels = {"rps": "Ranked probability score", "auroc": "AUROC", "calibration_in_the_large": "In the large"}
    labels["calibration_slope"] = "Calibration slope"
    rows = tuple((label, figure.estimate(plain[name]), figure.estimate(other[name])) for name, label in labels.items())
    return Table("The model’s measures with either weighting", ("Measure", "As seen", "Also for those not seen"), rows)
