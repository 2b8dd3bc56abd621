"""A standing says what a reason's points can be laid to: a real difference, or only what it is compared with.

Points compare with reference practices, which are spread over the whole range of risk and may lack a record. So a value
just like that of similar practices may have points, and so may one that is merely known. Such a reason counts towards
the probability like any other; it speaks neither for nor against the practice.
"""

from enum import StrEnum


class Standing(StrEnum):
    """The value stands apart; or it is

    - typical of similar practices, or of the references where of those too little is known,
    - told apart mostly from references of which it is not known,
    - no further towards that risk than what similar practices have,
    - only a matter of the day the score is asked on.
    """

    apart = "apart"
    typical = "typical"
    recorded = "recorded"
    as_similar = "as_similar"
    dated = "dated"
