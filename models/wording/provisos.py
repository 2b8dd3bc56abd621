"""What must be said wherever a model answers: of its records, its checks and who let it answer."""

from features.language import message, say
from features.outcome import Question
from models.manifest import Manifest, Override, Verdict

SIMULATED = message("Simulated: made from an invented England, not from real practices.")

SELECTION = message(
    "Who is re-inspected, and when, is itself selected by risk; the score speaks of practices that were."
)


def caveats(manifest: Manifest) -> tuple[str, ...]:
    """What must be said of the records a model learned from, all questions together."""
    known = (question for question in Question if question.value in manifest.base_rates)
    silent = (undivided(question) for question in known if question.value in manifest.undivided)
    return (*map(say, manifest.caveats), *silent)


def learned_from(manifest: Manifest) -> str:
    """How many practices a model learned from, where its manifest says so.

    The practices of the two questions together can be more: some were asked both, on different days.
    """
    practices = manifest.counts.get("learned_practices")
    if practices is None:
        return ""
    if manifest.asked_both:
        return say("{n:,} practices, some of them asked both questions, on different days", n=practices)
    return say("{n:,} practices", n=practices)


def undivided(question: Question) -> str:
    """Said where no record tells levels 2 and 3 apart."""
    return say(
        "Of practices of which it is asked whether they will be {outcome}, no record says whether one that required "
        "improvement was in special measures. The likelihood of the two outcomes together can be told; how they "
        "share it is not known.",
        outcome=question.words,
    )


def proviso(verdict: Verdict) -> str | None:
    """What must be said wherever the model answers: nothing, where it passed its checks."""
    if verdict.override is not None:
        return overridden(verdict, verdict.override)
    return None if verdict.fit_for_use else served_instead(verdict)


def served_instead(verdict: Verdict) -> str:
    """What answers when the trained model did not pass its checks, and which those were."""
    return say(
        "The trained model did not pass its checks{which} and is not fit to be used; {served} answers instead.",
        which=_which(verdict),
        served=verdict.served,
    )


def overridden(verdict: Verdict, override: Override) -> str:
    """Who let a model answer that did not pass its checks, when, and with which reason."""
    return say(
        "This model did not pass its checks{which}. {by} decided on {on} that it answers all the same, with this "
        "reason: “{reason}”.",
        which=_which(verdict),
        by=override.by,
        on=override.on,
        reason=override.reason,
    )


def _which(verdict: Verdict) -> str:
    names = "; ".join(say(finding.name) for finding in verdict.against)
    return f" ({names})" if names else ""
