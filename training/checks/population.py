"""Has the model learned from practices like those it will be asked about? Elsewhere it only guesses."""

import numpy as np
import pandas as pd

from models.finding import Gravity
from training.checks.check import Check, Found, holds
from training.checks.evidence import Evidence

BY = ("region", "question")
"""What practices are told apart by: where they are, and which question is asked about them."""

FEWEST = 10
"""Practices of a kind that a model must have learned from to speak of that kind."""

STRANGERS = 0.05
"""The share of practices that may be of a kind it has not learned from."""

UNKNOWN = "not known"


def look(evidence: Evidence) -> Found:
    """Every practice that was asked about, against those whose outcome was learned from."""
    spine = evidence.dataset.spine
    asked = _practices(spine)
    learned = _practices(spine[spine["practice_code"].isin(np.unique(evidence.known.cases.practice))])
    strange = {kind: share for by in BY for kind, share in strangers(asked[by], learned[by]).items()}
    share = max((sum(strangers(asked[by], learned[by]).values()) for by in BY), default=0.0)
    words = "; ".join(f"{kind} {part:.0%}" for kind, part in strange.items())
    sentence = f"{share:.0%} of {len(asked):,} practices are of a kind it has learned next to nothing from."
    return Found(holds(share <= STRANGERS), f"{sentence} {words}".strip(), {"strangers": share, "by_kind": strange})


def strangers(asked: "pd.Series[str]", learned: "pd.Series[str]") -> dict[str, float]:
    """The share of those asked about in each kind that fewer than a few were learned from.

    >>> strangers(pd.Series(["North", "South", "South"]), pd.Series(["North"] * 10))
    {'South': 0.6666666666666666}
    """
    counts = learned.value_counts()
    shares = asked.value_counts(normalize=True)
    return {str(kind): float(share) for kind, share in shares.items() if counts.get(kind, 0) < FEWEST}


def _practices(spine: pd.DataFrame) -> pd.DataFrame:
    """One row a practice, as it was last asked about."""
    newest = spine.sort_values("cutoff_on", kind="stable").drop_duplicates("practice_code", keep="last")
    return newest[list(BY)].astype(object).fillna(UNKNOWN).astype(str)


CHECK = Check(
    code="PR014",
    title="The population matches",
    severity=Gravity.error,
    what=(
        f"At most {STRANGERS:.0%} of the practices asked about are in a region, or have a question, from which the "
        f"model has learned of fewer than {FEWEST} practices."
    ),
    why="A model of one region knows nothing of the others, and no measure on that region would show it.",
    remedy="Ingest outcomes of the missing regions, or ask about (and serve) only the practices it has learned from.",
    look=look,
)
