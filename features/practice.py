"""A practice is known by its ODS code, and to the regulator by one location ID after another."""

import re

PRACTICE_CODE = r"^[A-Z][0-9]{5}$"
"""An ODS practice code: a capital letter and five digits, such as ``A81001``."""

LOCATION_ID = r"^1-[0-9]{5,14}$"
"""A regulator's location ID, such as ``1-10012064243``."""


def is_practice_code(text: str) -> bool:
    """Whether a text is an ODS practice code as published.

    >>> is_practice_code("A81001"), is_practice_code("a81001")
    (True, False)
    """
    return re.match(PRACTICE_CODE, text) is not None
