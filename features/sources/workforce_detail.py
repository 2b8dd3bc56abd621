"""General practice workforce, detailed practice-level file: roles, ages and gaps of one month or quarter."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class WorkforceDetail(Table):
    """One practice on one census day; a staff group the publisher estimated in full is missing, never a figure."""

    class Config(Table.Config):
        name = "workforce_detail"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    patients: float = column("Registered patients", gt=0)
    gp_headcount: float = column("GPs, without trainees and locums: persons", ge=0)
    gp_fte: float = column("GPs, without trainees and locums: full-time equivalents", ge=0)
    partners: float = column("Senior partners and partner/providers: persons", ge=0)
    salaried_gps: float = column("Salaried GPs: persons", ge=0)
    locum_fte: float = column("Locum GPs, full-time equivalents", ge=0)
    trainee_fte: float = column("GPs in training, full-time equivalents", ge=0)
    gps_with_age: float = column("GPs, without trainees and locums, whose age is known: persons", ge=0)
    gps_55_and_over: float = column("Of these, aged 55 or over; missing where fewer than five have a known age", ge=0)
    nurse_fte: float = column("Nurses, full-time equivalents", ge=0)
    direct_care_fte: float = column("Other direct patient care staff, full-time equivalents", ge=0)
    admin_fte: float = column("All administrative staff, full-time equivalents", ge=0)
    manager_headcount: float = column("Practice managers and management partners: persons", ge=0)
    manager_fte: float = column("Practice managers and management partners, full-time equivalents", ge=0)
    reception_fte: float = column("Receptionists, full-time equivalents", ge=0)
    not_reported: str = column("The staff groups the practice did not report, in words; missing where it reported all")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
