"""The names by which people know the tables."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "ratings": "CQC ratings",
    "locations": "CQC locations",
    "relationships": "CQC successions",
    "visits": "CQC visits",
    "payments": "NHS Payments",
    "registered_patients": "Patients registered",
    "qof": "QOF",
    "workforce": "Workforce, yearly",
    "workforce_detail": "Workforce, detailed",
    "patient_survey": "Patient survey",
    "appointments": "Appointments",
    "indicators": "Fingertips",
    "practice_register": "Practice register",
    "closures": "Closures",
    "geography": "Geography",
    "list_sizes": "List sizes",
}


def table_label(name: str) -> str:
    """The table as people call it; one without a name of its own is spelt out.

    >>> table_label("qof"), table_label("support_cases")
    ('QOF', 'Support cases')
    """
    return LABELS.get(name, name.replace("_", " ").capitalize())
