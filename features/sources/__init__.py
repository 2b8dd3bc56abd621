"""One publisher a file: address, licence, lag, typed table, reader; and the register of them all."""

from features.source import Source
from features.sources.appointments import APPOINTMENTS
from features.sources.closures import CLOSURE_DATES, CLOSURE_OUTCOMES
from features.sources.cqc_documents import LOCATION_DOCUMENTS
from features.sources.cqc_files import LATEST_RATINGS, YEAR_ONLY_RATINGS
from features.sources.cqc_locations import LOCATIONS
from features.sources.fingertips import FINGERTIPS
from features.sources.geography import RURAL_URBAN, STRUCTURES
from features.sources.gp_workforce import WORKFORCE
from features.sources.match_review import MATCH_REVIEW
from features.sources.nhs_payments import PAYMENTS
from features.sources.ods import REGISTER
from features.sources.patient_survey import SURVEY_JOINED, SURVEY_NUMBERED, SURVEY_WORDED
from features.sources.programme_files import PROGRAMME_FILES
from features.sources.qof import QOF
from features.sources.registered_patients import REGISTERED_PATIENTS
from features.sources.workforce_detail import WORKFORCE_DETAIL, WORKFORCE_MONTHS

SOURCES: tuple[Source, ...] = (
    LATEST_RATINGS,
    YEAR_ONLY_RATINGS,
    LOCATIONS,
    LOCATION_DOCUMENTS,
    REGISTER,
    PAYMENTS,
    QOF,
    REGISTERED_PATIENTS,
    WORKFORCE,
    WORKFORCE_DETAIL,
    WORKFORCE_MONTHS,
    SURVEY_NUMBERED,
    SURVEY_WORDED,
    SURVEY_JOINED,
    APPOINTMENTS,
    FINGERTIPS,
    STRUCTURES,
    RURAL_URBAN,
    CLOSURE_OUTCOMES,
    CLOSURE_DATES,
    *PROGRAMME_FILES.values(),
    MATCH_REVIEW,
)
"""Every kind of file we can read; to add one, write its file and add its line here."""

__all__ = ["SOURCES"]
