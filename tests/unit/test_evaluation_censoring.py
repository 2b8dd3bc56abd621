"""Those nobody saw: both shares of the seed's programme, and weights that undo a loss that is known to be uneven."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from features.label import Status
from tests.evaluation_world import SM, cases, scored, told
from training.config import TrainingConfig
from training.evaluation.censoring import censoring, chance_of_being_seen
from training.evaluation.judgement import MODEL
from training.evaluation.scored import Scored

CONFIG = TrainingConfig(bootstraps=200)


def rows(regions: list[str]) -> pd.DataFrame:
    day = pd.Timestamp("2016-01-01")
    return pd.DataFrame({"index_published_on": day, "cutoff_on": day, "landmark_day": 0, "region": regions})


def unseen(statuses: list[Status], regions: list[str]) -> pd.DataFrame:
    codes = [f"Y{i:05d}" for i in range(len(statuses))]
    found = [status.value for status in statuses]
    return rows(regions).assign(status=found, question=SM, weight=1.0, practice_code=codes)


def test_of_53_completers_and_of_60_ended_both_shares_are_told() -> None:
    """The programme of 2015 to 2017: 28, 11, 5, 7 and 2 by level; seven ended without a re-inspection."""
    levels = [1] * 28 + [2] * 11 + [3] * 5 + [4] * 7 + [5] * 2
    lost = [Status.withdrawn] * 3 + [Status.retired] * 2 + [Status.support_ended] * 2 + [Status.end_of_data] * 48
    asked = Scored(
        cases([(level, level) for level in levels]),
        {MODEL: told([0.26] * 53)},
        rows(["North"] * 53),
        unseen(lost, ["North"] * len(lost)),
    )
    ended = censoring(asked, CONFIG).ended[SM]
    assert ended.well_among_seen.value == pytest.approx(39 / 53)
    assert ended.well_among_ended.value == pytest.approx(39 / 60)
    assert ended.well_among_ended.low < 39 / 60 < ended.well_among_ended.high
    assert ended.seen == 53
    assert ended.unseen[Status.end_of_data.value] == 48


def test_rows_of_a_region_that_loses_more_stand_for_those_it_lost() -> None:
    """In the South every second practice is lost; the model is right in the North and wrong in the South."""
    found = cases([(4, 4), (1, 1)] * 200 + [(4, 4), (1, 1)] * 100)
    p = told([0.9, 0.1] * 200 + [0.1, 0.9] * 100)
    regions = ["North"] * 400 + ["South"] * 200
    asked = Scored(found, {MODEL: p}, rows(regions), unseen([Status.merged] * 200, ["South"] * 200))
    chance = chance_of_being_seen(asked)
    assert chance[0] > 0.97
    assert chance[-1] == pytest.approx(0.5, abs=0.03)
    weighted = censoring(asked, CONFIG).weighted["all"].figures[MODEL]["brier"].value
    # 400 rows at 0.01, and 200 that stand for 400 at 0.81; as they are, a third of the rows
    assert weighted == pytest.approx((0.01 + 0.81) / 2, abs=0.02)


def test_whoever_kept_no_unseen_rows_has_no_sensitivity() -> None:
    whole = scored()
    assert censoring(replace(whole, unseen=whole.unseen.iloc[:0]), CONFIG) is None


def test_a_loss_that_is_even_changes_nothing() -> None:
    found = cases([(4, 4), (1, 1)] * 100)
    p = told(np.linspace(0.1, 0.9, 200).tolist())
    asked = Scored(
        found, {MODEL: p}, rows(["North", "South"] * 100), unseen([Status.retired] * 50, ["North", "South"] * 25)
    )
    brier = ((p[:, 3] - found.event) ** 2).mean()
    assert censoring(asked, CONFIG).weighted["all"].figures[MODEL]["brier"].value == pytest.approx(brier, abs=1e-9)
