"""The detailed workforce file: roles, ages, and what a practice did not report."""

from pathlib import Path

import pytest

from features.errors import FileProblem, PeriodUnknown
from features.source import Source
from features.sources.workforce_detail import WORKFORCE_DETAIL
from features.store.store import Part
from tests.source_world import plain, read_file

BANDS = ("UNDER30", "30TO34", "35TO39", "40TO44", "45TO49", "50TO54", "55TO59", "60TO64", "65TO69", "70PLUS")
HEADER = [
    *("PRAC_CODE", "TOTAL_PATIENTS", "GP_SOURCE", "NURSE_SOURCE", "DPC_SOURCE", "ADMIN_SOURCE"),
    *("TOTAL_GP_EXTGL_HC", "TOTAL_GP_EXTGL_FTE", "TOTAL_GP_FTE", "TOTAL_GP_EXTG_FTE", "TOTAL_GP_EXL_FTE"),
    *("TOTAL_GP_SEN_PTNR_HC", "TOTAL_GP_PTNR_PROV_HC", "TOTAL_GP_SAL_BY_PRAC_HC", "TOTAL_GP_SAL_BY_OTH_HC"),
    *(f"TOTAL_GP_EXTGL_HC_{band}" for band in BANDS),
    *("TOTAL_NURSES_FTE", "TOTAL_DPC_FTE", "TOTAL_ADMIN_FTE"),
    *("TOTAL_ADMIN_MANAGER_HC", "TOTAL_ADMIN_MANAGE_PTNR_HC"),
    *("TOTAL_ADMIN_MANAGER_FTE", "TOTAL_ADMIN_MANAGE_PTNR_FTE", "TOTAL_ADMIN_RECEPT_FTE"),
]
FULL = "Fully provided"
ESTIMATED = "Fully estimated - no data provided"
ELMS = {
    **dict.fromkeys(HEADER, "0"),
    "PRAC_CODE": "A81001",
    "TOTAL_PATIENTS": "9000",
    **dict.fromkeys(("GP_SOURCE", "NURSE_SOURCE", "DPC_SOURCE", "ADMIN_SOURCE"), FULL),
    "TOTAL_GP_EXTGL_HC": "6",
    "TOTAL_GP_EXTGL_FTE": "4.5",
    "TOTAL_GP_FTE": "6.25",
    "TOTAL_GP_EXTG_FTE": "5",
    "TOTAL_GP_EXL_FTE": "5.75",
    "TOTAL_GP_SEN_PTNR_HC": "1",
    "TOTAL_GP_PTNR_PROV_HC": "2",
    "TOTAL_GP_SAL_BY_PRAC_HC": "3",
    "TOTAL_GP_EXTGL_HC_40TO44": "3",
    "TOTAL_GP_EXTGL_HC_55TO59": "1",
    "TOTAL_GP_EXTGL_HC_65TO69": "1",
    "TOTAL_NURSES_FTE": "2.5",
    "TOTAL_DPC_FTE": "1.25",
    "TOTAL_ADMIN_FTE": "8",
    "TOTAL_ADMIN_MANAGER_HC": "1",
    "TOTAL_ADMIN_MANAGE_PTNR_HC": "1",
    "TOTAL_ADMIN_MANAGER_FTE": "0.75",
    "TOTAL_ADMIN_MANAGE_PTNR_FTE": "0.5",
    "TOTAL_ADMIN_RECEPT_FTE": "4",
}
JUNE = "General Practice – June 2025 Practice Level - Detailed.csv"


def census(folder: Path, *practices: dict[str, str], name: str = JUNE) -> Part:
    header = list(practices[0])
    lines = [",".join(practice[column] for column in header) for practice in practices]
    return read_file(folder, "\n".join([",".join(header), *lines]) + "\n", name)


def test_roles_are_added_up_and_locums_and_trainees_are_what_the_totals_leave_out(tmp_path: Path) -> None:
    part = census(tmp_path, ELMS)
    staff = ("gp_headcount", "gp_fte", "partners", "salaried_gps", "locum_fte", "trainee_fte")
    assert plain(part.rows, *staff) == [(6, 4.5, 3, 3, 0.5, 1.25)]
    others = ("nurse_fte", "direct_care_fte", "admin_fte", "manager_headcount", "manager_fte", "reception_fte")
    assert plain(part.rows, *others) == [(2.5, 1.25, 8, 2, 1.25, 4)]


def test_a_census_is_of_the_months_last_day_and_known_two_months_later(tmp_path: Path) -> None:
    part = census(tmp_path, ELMS)
    assert plain(part.rows, "period_first", "period_last", "known_on") == [("2025-06-01", "2025-06-30", "2025-08-30")]
    assert part.file.kind == "gp_workforce_detail"


def test_a_copy_of_several_months_is_told_apart_by_its_year_and_month(tmp_path: Path) -> None:
    june = {**ELMS, "year": "2025", "month": "06"}
    part = census(tmp_path, june, {**june, "month": "7", "TOTAL_PATIENTS": "9010"}, name="sample.csv")
    assert plain(part.rows, "patients", "period_last") == [(9000, "2025-06-30"), (9010, "2025-07-31")]
    assert (part.file.kind, part.file.period) == ("gp_workforce_months", "2025-06-30 to 2025-07-31")


def test_two_rows_of_one_practice_and_month_are_refused(tmp_path: Path) -> None:
    june = {**ELMS, "year": "2025", "month": "06"}
    with pytest.raises(FileProblem, match="this practice and month already stands in row 2"):
        census(tmp_path, june, june, name="sample.csv")


def test_a_thirteenth_month_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="row 2, column 'month': found '13': it is not a month"):
        census(tmp_path, {**ELMS, "year": "2025", "month": "13"}, name="sample.csv")


def test_a_census_without_a_month_in_its_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PeriodUnknown):
        census(tmp_path, ELMS, name="workforce.csv")


def test_a_group_estimated_in_full_is_missing_with_the_reason(tmp_path: Path) -> None:
    estimated = {**ELMS, "ADMIN_SOURCE": ESTIMATED, "TOTAL_ADMIN_MANAGER_HC": "1"}
    part = census(tmp_path, estimated)
    told = ("manager_headcount", "admin_fte", "reception_fte", "partners", "nurse_fte", "not_reported")
    reason = "administration: fully estimated - no data provided"
    assert plain(part.rows, *told) == [(None, None, None, 3, 2.5, reason)]


def test_no_data_is_missing_and_none_is_none(tmp_path: Path) -> None:
    silent = {**ELMS, "NURSE_SOURCE": "CCG Estimates", "TOTAL_NURSES_FTE": "ND", "TOTAL_DPC_FTE": "NA"}
    part = census(tmp_path, silent, {**ELMS, "PRAC_CODE": "A81002", "TOTAL_NURSES_FTE": "0"})
    assert plain(part.rows, "nurse_fte", "direct_care_fte", "not_reported") == [
        (None, None, "nurses: ccg estimates; direct patient care: fully provided"),
        (0, 1.25, None),
    ]


def test_hours_estimated_for_single_persons_stay(tmp_path: Path) -> None:
    part = census(tmp_path, {**ELMS, "GP_SOURCE": "Includes FTE Estimates"})
    assert plain(part.rows, "gp_fte", "not_reported") == [(4.5, None)]


def test_a_flag_nobody_has_seen_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="column 'GP_SOURCE': found 'Guessed': this word is not known here"):
        census(tmp_path, {**ELMS, "GP_SOURCE": "Guessed"})


def test_ages_are_told_of_five_gps_but_not_of_four(tmp_path: Path) -> None:
    four = {**ELMS, "PRAC_CODE": "A81002", "TOTAL_GP_EXTGL_HC_40TO44": "2"}
    part = census(tmp_path, ELMS, four)
    assert plain(part.rows, "gps_with_age", "gps_55_and_over") == [(5, 2), (4, None)]


def test_the_spelling_of_2019_and_lower_case_are_the_same_counts(tmp_path: Path) -> None:
    older = {name.replace("EXTGL", "EXRL").replace("EXTG", "EXR"): value for name, value in ELMS.items()}
    lower = {name.lower(): value for name, value in ELMS.items()}
    (tmp_path / "older").mkdir()
    first, second = census(tmp_path, lower), census(tmp_path / "older", older)
    assert plain(first.rows, "gp_fte", "trainee_fte") == plain(second.rows, "gp_fte", "trainee_fte") == [(4.5, 1.25)]


def test_a_file_of_fewer_columns_leaves_the_others_missing(tmp_path: Path) -> None:
    few = {
        name: ELMS[name] for name in HEADER if name.startswith(("PRAC", "TOTAL_PAT", "TOTAL_GP_EXTGL", "TOTAL_GP_SE"))
    }
    part = census(tmp_path, {**few, "TOTAL_GP_PTNR_PROV_HC": "2"})
    told = ("partners", "locum_fte", "nurse_fte", "manager_headcount", "not_reported")
    assert plain(part.rows, *told) == [(3, None, None, None, None)]


def test_the_source_tells_the_publishers_own_file_from_a_copy_of_months() -> None:
    source: Source = WORKFORCE_DETAIL
    assert source.recognises(HEADER)
    assert not source.recognises([*HEADER, "year", "month"])
