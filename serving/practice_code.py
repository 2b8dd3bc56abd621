"""A practice's code at the door: capitals are forgiven, everything inside knows the code as published."""

from typing import Annotated

from fastapi import Path
from pydantic import StringConstraints

TYPED = r"^[A-Za-z][0-9]{5}$"
"""A practice code as people type it."""

Capitals = StringConstraints(to_upper=True)

PracticeCode = Annotated[str, Capitals, Path(pattern=TYPED, description="ODS code: a letter and five digits.")]
"""The practice an address is about."""

SentCode = Annotated[str, StringConstraints(to_upper=True, pattern=TYPED)]
"""A practice's code within a body."""
