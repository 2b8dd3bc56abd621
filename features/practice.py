"""A practice is known by its ODS code, and to the regulator by one location ID after another."""

import re

PRACTICE_CODE = r"^[A-Z][0-9]{5}$"
"""An ODS practice code: a capital letter and five digits, such as ``A81001``."""

LOCATION_ID = r"^(1-[0-9]{5,14}|[A-Z][A-Z0-9]{4,5})$"
"""A regulator's location ID, such as ``1-10012064243``; an NHS trust's location has its site code: ``TAHX4``."""

BRANCH_CODE = r"[A-Z][0-9]{8}"
"""An ODS code of a branch surgery: its practice's code and three digits more."""

DUMMY_CODES = r"V8199[0-9]"
"""Codes the NHS gives to patients and prescriptions that belong to no practice."""

AREA_CODE = r"E[0-79][0-9]{7}"
"""The statistics office's code of England, a region or a commissioner; branches of practices E8… are spelt alike."""

OUTSIDE_ENGLAND = r"W[0-9]{5}|(JER|GUE|ALD)[0-9]{3}"
"""Codes of practices in Wales and on the Channel Islands, which the regulator of England does not inspect."""

ORGANISATION_CODE = r"[A-Z][0-9]{2}|[A-Z]{2}[A-Z0-9]{1,3}|[A-Z][0-9][A-Z][A-Z0-9]{0,2}"
"""A trust's, commissioner's or site's ODS code: three to five signs, and no practice code cut short."""

INVENTED_LETTER = "X"
"""The first letter of every invented practice's code; no NHS practice code begins with it."""


FEWEST_PATIENTS = 500
"""With fewer patients a practice is beginning, ending or one of a kind: what is counted for each of them misleads."""


def is_practice_code(text: str) -> bool:
    """Whether a text is an ODS practice code as published.

    >>> is_practice_code("A81001"), is_practice_code("a81001")
    (True, False)
    """
    return re.match(PRACTICE_CODE, text) is not None


def as_code(text: str) -> str:
    """A code as published, however somebody typed it.

    >>> as_code(" a81001 ")
    'A81001'
    """
    return text.strip().upper()


def is_invented(code: str) -> bool:
    """Whether a code belongs to the invented England.

    >>> is_invented("X00001"), is_invented("A81001")
    (True, False)
    """
    return code.startswith(INVENTED_LETTER)
