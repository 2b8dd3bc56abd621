"""Geography: the network, commissioner, board and region of a practice, year by year; and how rural it is."""

import pandas as pd

from features.practice import PRACTICE_CODE
from features.table import Table, column


class Geography(Table):
    """One practice's place in one year; the last known counts, because boundaries move every April."""

    class Config(Table.Config):
        name = "geography"

    practice_code: str = column("ODS code", str_matches=PRACTICE_CODE, nullable=False)
    pcn_code: str = column("Primary care network: ODS code")
    pcn_name: str = column("Primary care network: name")
    commissioner_code: str = column("CCG, later sub-ICB location: ODS code")
    commissioner_name: str = column("CCG, later sub-ICB location: name")
    icb_code: str = column("STP, later integrated care board: ODS code")
    icb_name: str = column("STP, later integrated care board: name")
    region_code: str = column("NHS England region: ODS code")
    region_name: str = column("NHS England region: name")
    rural_urban_code: str = column("2011 rural-urban class of the practice's neighbourhood, such as D1")
    neighbourhood: str = column("Name of the lower-layer super output area")
    period_first: pd.Timestamp = column("First day of the period the figures describe", nullable=False)
    period_last: pd.Timestamp = column("Last day of that period", nullable=False)
