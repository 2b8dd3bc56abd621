"""The tables of `what-open-data-can-tell.md`, in Markdown."""

from collections.abc import Iterable, Sequence

import pandas as pd

from training.evaluation.feature_groups import GroupGain
from training.evaluation.judgement import EVERYBODY, Judgement
from training.evaluation.measure import Estimate
from training.evaluation.updated import Updated
from training.open_data import Share
from training.result import Result

MEASURES = {
    "rps": "ranked probability score",
    "log_loss": "log loss",
    "auroc": "AUROC",
    "calibration_in_the_large": "observed less expected",
    "calibration_slope": "slope",
}
"""The measures of every table, under short heads."""


def percent(value: float) -> str:
    """A share with one decimal."""
    return f"{value:.1%}".replace("%", " %")


def judged(judgement: Judgement) -> str:
    """Every forecast with its measures, the model first; the gain over the base rate is drawn together."""
    section = judgement.sections[EVERYBODY]
    head = f"{section.practices:,} practices, {section.events:,} below Good ({percent(section.prevalence)})"
    gains = {name: gain.text(digits=4) for name, gain in judgement.over_base_rate.items()}
    rows = [
        [name, *(figures[measure].text() for measure in MEASURES), gains.get(name, "–")]
        for name, figures in section.figures.items()
    ]
    return rows_of([head, *MEASURES.values(), "score below the base rate's"], rows)


def effects(updated: Updated) -> str:
    """Each score before and after updating."""
    rows = [
        [MEASURES[score], effect.before.text(), effect.after.text(), effect.gain.text(digits=4)]
        for score, effect in updated.effects[EVERYBODY].items()
    ]
    return rows_of(["on the test", "before updating", "after", "lower by"], rows)


def groups(everybody: Sequence[GroupGain], over_time: Sequence[GroupGain]) -> str:
    """What each group of features adds, among everybody and over time."""
    later = {gain.group: gain for gain in over_time}
    rows = [[gain.group.value, str(gain.features), *_two(gain), *_two(later.get(gain.group))] for gain in everybody]
    heads = ["group", "features", "everybody: alone", "everybody: beside", "over time: alone", "over time: beside"]
    return rows_of(heads, rows)


def _two(gain: GroupGain | None) -> list[str]:
    return [_thousandths(gain.alone), _thousandths(gain.beside)] if gain else ["–", "–"]


def _thousandths(estimate: Estimate) -> str:
    return Estimate(1000 * estimate.value, 1000 * estimate.low, 1000 * estimate.high).text(digits=1)


def became(counts: pd.DataFrame) -> str:
    """What became of each rating, and why nothing was seen of the others."""
    heads = ["rated", *(str(name).removeprefix("censored: ") for name in counts.columns)]
    return rows_of(heads, [[str(rating), *(f"{n:,}" for n in row)] for rating, row in counts.iterrows()])


def findings(result: Result) -> str:
    """What every check found, as a list."""
    return "\n".join(f"- {finding}" for finding in result.findings)


def rows_of(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def told(shares: Iterable[Share]) -> str:
    """The share below Good of each population and span of years."""
    rows = [[s.population, s.published, f"{s.reinspected:,}", str(s.below_good), s.estimate.text()] for s in shares]
    return rows_of(["re-inspected", "published", "practices", "below Good", "share"], rows)
