"""An other organisation is what a code names that is no practice of England: a total, an area, a branch, a trust."""

import pandas as pd

from features.files.patterns import written_as
from features.practice import AREA_CODE, BRANCH_CODE, DUMMY_CODES, ORGANISATION_CODE, OUTSIDE_ENGLAND

REASONS = {
    r"(?i:(?:grand |national |england |sub)*total.*|england|national|wales|unallocated.*)": "a total, not a practice",
    DUMMY_CODES: "a dummy code, not a practice",
    AREA_CODE: "an area, not a practice",
    OUTSIDE_ENGLAND: "a practice outside England",
    BRANCH_CODE: "a branch surgery, not a practice",
    ORGANISATION_CODE: "an organisation that is not a general practice",
}
"""How the codes are written, and why their rows are set aside; the first that fits tells."""

SURELY_A_PRACTICE = r"[A-UX-Z][0-9]{5}"
"""A practice's code that is none of the above: no dummy (V) and none of Wales (W)."""


def other_organisations(codes: "pd.Series[str]") -> "pd.Series[str]":
    """Why the rows are not about a practice, under their row numbers; only those that surely are not.

    >>> other_organisations(pd.Series(["A81001", "E92000001", "Total", "a81001", None], dtype="str")).to_dict()
    {1: 'an area, not a practice', 2: 'a total, not a practice'}
    """
    odd = codes[codes.notna() & ~written_as(codes, SURELY_A_PRACTICE)]
    why = pd.Series(None, index=odd.index, dtype="str")
    for pattern, reason in REASONS.items() if len(odd) else ():
        why = why.mask(why.isna() & written_as(odd, pattern), reason)
    return why.dropna()
