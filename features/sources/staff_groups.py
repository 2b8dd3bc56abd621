"""A staff group is what the workforce census counts apart: GPs, nurses, direct patient care, administration.

A practice reports a group or does not. What the publisher filled in for a group nobody reported is an average of other
practices, so the whole group is missing there, with the reason in words; hours estimated for single persons stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from features.files.columns import Wanted, wanted
from features.files.sheet import Sheet

AGES_UNDER_55 = ("UNDER30", "30TO34", "35TO39", "40TO44", "45TO49", "50TO54")
AGES_FROM_55 = ("55TO59", "60TO64", "65TO69", "70PLUS")

FEWEST_WITH_AGE = 5
"""Ages are looked at only where at least so many GPs have one: of fewer, an age band could tell a person's age."""


def _qualified(what: str) -> tuple[str, str]:
    """GPs without trainees and locums, as spelt since 2020/21 and before."""
    return f"TOTAL_GP_EXTGL_{what}", f"TOTAL_GP_EXRL_{what}"


GP_COLUMNS = (
    wanted("gp_headcount", *_qualified("HC"), signs=True),
    wanted("gp_fte", *_qualified("FTE")),
    wanted("all_gp_fte", "TOTAL_GP_FTE", optional=True),
    wanted("fte_without_trainees", "TOTAL_GP_EXTG_FTE", "TOTAL_GP_EXR_FTE", optional=True),
    wanted("fte_without_locums", "TOTAL_GP_EXL_FTE", optional=True),
    wanted("senior_partners", "TOTAL_GP_SEN_PTNR_HC", signs=True),
    wanted("partner_providers", "TOTAL_GP_PTNR_PROV_HC", signs=True),
    wanted("salaried_by_practice", "TOTAL_GP_SAL_BY_PRAC_HC", optional=True),
    wanted("salaried_by_others", "TOTAL_GP_SAL_BY_OTH_HC", optional=True),
    *(wanted(f"aged_{band}", *_qualified(f"HC_{band}"), optional=True) for band in (*AGES_UNDER_55, *AGES_FROM_55)),
)
NURSE_COLUMNS = (wanted("nurse_fte", "TOTAL_NURSES_FTE", optional=True),)
CARE_COLUMNS = (wanted("direct_care_fte", "TOTAL_DPC_FTE", optional=True),)
ADMIN_COLUMNS = (
    wanted("admin_fte", "TOTAL_ADMIN_FTE", optional=True),
    wanted("managers", "TOTAL_ADMIN_MANAGER_HC", optional=True),
    wanted("manager_partners", "TOTAL_ADMIN_MANAGE_PTNR_HC", optional=True),
    wanted("managers_fte", "TOTAL_ADMIN_MANAGER_FTE", optional=True),
    wanted("manager_partners_fte", "TOTAL_ADMIN_MANAGE_PTNR_FTE", optional=True),
    wanted("reception_fte", "TOTAL_ADMIN_RECEPT_FTE", optional=True),
)


@dataclass(frozen=True)
class StaffGroup:
    """One group: its word, the column that tells whether it was reported, and its figures' columns."""

    word: str
    flag: Wanted
    counted: tuple[Wanted, ...]

    @property
    def columns(self) -> tuple[Wanted, ...]:
        """Flag and figures."""
        return (self.flag, *self.counted)


GROUPS = (
    StaffGroup("GPs", wanted("gp_source", "GP_SOURCE", optional=True), GP_COLUMNS),
    StaffGroup("nurses", wanted("nurse_source", "NURSE_SOURCE", optional=True), NURSE_COLUMNS),
    StaffGroup("direct patient care", wanted("dpc_source", "DPC_SOURCE", optional=True), CARE_COLUMNS),
    StaffGroup("administration", wanted("admin_source", "ADMIN_SOURCE", optional=True), ADMIN_COLUMNS),
)

REPORTED = {
    "fully provided": True,
    "provided": True,
    "includes fte estimates": True,
    "partial fte estimates": True,
    "includes partial estimates": True,
    "partially estimated": True,
    "fully estimated": False,
    "fully estimated - no data provided": False,
    "no data provided": False,
    "ccg estimates": False,
    "sub icb estimates": False,
    "sub-icb estimates": False,
    "sub-icb location estimates": False,
}
"""The publisher's words of 2019 and 2025, and their plain variants; a word not among them is refused."""


def not_reported(sheet: Sheet) -> "pd.Series[str]":
    """The groups a practice did not report, with what stands in the flag; missing where it reported all."""
    said = pd.Series("", index=sheet.text("practice_code").index)
    for group in GROUPS:
        word = sheet.text(group.flag.name).fillna("no data").str.lower()
        said = said.where(~_silent(sheet, group), said + "; " + group.word + ": " + word)
    return said.str.removeprefix("; ").mask(said == "")


def _silent(sheet: Sheet, group: StaffGroup) -> "pd.Series[bool]":
    """Said to be estimated in full, or without a single figure though the file has the columns."""
    flagged = sheet.choice(group.flag.name, REPORTED).eq(False).fillna(False).astype(bool)
    present = [each.name for each in group.counted if sheet.has(each.name)]
    blank = pd.concat([sheet.text(name).isna() for name in present], axis=1).all(axis=1) if present else flagged
    return flagged | blank


def figures(sheet: Sheet) -> pd.DataFrame:
    """What the table says of each practice's staff."""
    raw = pd.DataFrame()
    for group in GROUPS:
        counted = {each.name: sheet.number(each.name, at_least=0) for each in group.counted}
        raw = pd.concat([raw, pd.DataFrame(counted).mask(_silent(sheet, group))], axis=1)
    same = ("gp_headcount", "gp_fte", "nurse_fte", "direct_care_fte", "admin_fte", "reception_fte")
    return raw[list(same)].assign(
        partners=raw["senior_partners"] + raw["partner_providers"],
        salaried_gps=raw["salaried_by_practice"] + raw["salaried_by_others"],
        locum_fte=_difference(raw, "fte_without_locums"),
        trainee_fte=_difference(raw, "fte_without_trainees"),
        manager_headcount=raw["managers"] + raw["manager_partners"],
        manager_fte=raw["managers_fte"] + raw["manager_partners_fte"],
        **_ages(raw),
    )


def _difference(raw: pd.DataFrame, without: str) -> "pd.Series[float]":
    """All GPs less those without the kind asked for; the figures are rounded by the publisher, to nine places."""
    return (raw["all_gp_fte"] - raw[without]).round(6).clip(lower=0)


def _ages(raw: pd.DataFrame) -> dict[str, "pd.Series[float]"]:
    known = _sum_of_bands(raw, (*AGES_UNDER_55, *AGES_FROM_55))
    return {"gps_with_age": known, "gps_55_and_over": _sum_of_bands(raw, AGES_FROM_55).where(known >= FEWEST_WITH_AGE)}


def _sum_of_bands(raw: pd.DataFrame, bands: Sequence[str]) -> "pd.Series[float]":
    return raw[[f"aged_{band}" for band in bands]].sum(axis=1, skipna=False)
