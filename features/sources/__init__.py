"""One publisher a file: address, licence, lag, typed table, reader; and the register of them all."""

from features.source import Source
from features.sources.cqc_files import LATEST_RATINGS, LOCATIONS, YEAR_ONLY_RATINGS
from features.sources.gp_workforce import WORKFORCE
from features.sources.nhs_payments import PAYMENTS
from features.sources.programme_files import PROGRAMME_FILES
from features.sources.qof import QOF

SOURCES: tuple[Source, ...] = (
    LATEST_RATINGS,
    YEAR_ONLY_RATINGS,
    LOCATIONS,
    PAYMENTS,
    QOF,
    WORKFORCE,
    *PROGRAMME_FILES.values(),
)
"""Every kind of file we can read; to add one, write its file and add its line here."""

__all__ = ["SOURCES"]
