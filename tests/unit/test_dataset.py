"""The dataset: features beside the spine, with provenance, on disk and back."""

from pathlib import Path

import numpy as np
import pytest

from features.builders import CATALOGUE
from features.dataset import Dataset, build_dataset
from features.errors import DatasetProblem
from features.example import rows_of, typed
from features.folder import replaced
from features.tables import Tables

RATINGS = """
| practice_code | rating               | known_on   | snapshot_on |
|---|---|---|---|
| A00001        | Requires improvement | 2018-02-10 | 2018-04-01  |
| A00001        | Good                 | 2019-01-15 | 2019-04-01  |
| A00002        | Inadequate           | 2018-03-20 | 2018-04-01  |
| A00003        | Good                 | 2017-05-05 | 2020-07-01  |
"""

PAYMENTS = """
| practice_code | known_on   | period_last | registered_patients | region |
|---|---|---|---|---|
| A00001        | 2015-10-30 | 2015-03-31  | 5000                | North  |
| A00001        | 2016-10-30 | 2016-03-31  | 5500                | North  |
| A00001        | 2018-10-01 | 2018-03-31  | 9900                | South  |
"""


def world(**markdown: str) -> Tables:
    return Tables({name: typed(name, rows_of(text)) for name, text in markdown.items()})


def small() -> Dataset:
    return build_dataset(world(ratings=RATINGS, payments=PAYMENTS), CATALOGUE, 18)


def test_every_feature_is_a_column_of_floats_beside_the_spine() -> None:
    dataset = small()
    assert tuple(dataset.X.columns) == CATALOGUE.names
    assert set(dataset.X.dtypes) == {np.dtype("float64")}
    assert dataset.X.index.equals(dataset.spine.index)


def test_features_know_only_what_was_published_by_the_cutoff() -> None:
    first = small().X.iloc[0]
    assert first["list_size"] == 5500
    assert first["list_growth_12m"] == pytest.approx(10.0)
    assert small().spine["region"].iloc[0] == "North"


def test_levels_are_a_pair_and_missing_where_censored() -> None:
    dataset = small()
    assert dataset.y.tolist()[0] == [1.0, 1.0]
    assert np.isnan(dataset.y[1]).all()
    assert dataset.observed().spine["practice_code"].tolist() == ["A00001"]


def test_a_dataset_reads_back_as_it_was_written(tmp_path: Path) -> None:
    dataset = small()
    dataset.save(tmp_path)
    again = Dataset.load(tmp_path)
    assert again.X.equals(dataset.X)
    assert again.spine.equals(dataset.spine)
    assert again.provenance == dataset.provenance


def test_real_and_invented_practices_do_not_mix() -> None:
    with pytest.raises(
        DatasetProblem, match=r"1 invented practices \(such as X00001\).*3 real ones \(such as A00001\)"
    ):
        build_dataset(
            world(ratings=RATINGS, payments=PAYMENTS.replace("A00001        | 2018", "X00001        | 2018")), CATALOGUE
        )


def test_an_empty_store_says_what_to_do() -> None:
    with pytest.raises(DatasetProblem, match="holds no practice"):
        build_dataset(Tables({}), CATALOGUE)


def test_a_store_without_a_rating_below_good_has_nothing_to_ask() -> None:
    with pytest.raises(DatasetProblem, match="no inspection below Good"):
        build_dataset(world(payments=PAYMENTS), CATALOGUE)


def test_the_flow_accounts_for_every_inspection_and_row() -> None:
    flow = small().flow
    counts = {step.key: step.count for step in flow.steps}
    assert counts == {
        "practices": 3,
        "inspections": 4,
        "below_good": 2,
        "superseded": 0,
        "shut": 0,
        "episodes": 2,
        "recorded": 0,
        "shown": 2,
        "supported": 0,
        "rows": 2,
        "observed": 1,
        "unlisted": 1,
    }
    assert 'below_good["Inspections below Good: 2"]' in flow.as_markdown()
    assert "| Published inspections | 4 |" in flow.as_markdown()


def test_a_damaged_file_says_which_and_what_to_do(tmp_path: Path) -> None:
    small().save(tmp_path)
    file = tmp_path / "dataset.parquet"
    file.write_bytes(file.read_bytes()[:2000])
    with pytest.raises(DatasetProblem, match=r"dataset\.parquet cannot be read.*`resilience dataset`"):
        Dataset.load(tmp_path)


def test_a_folder_is_replaced_only_once_all_of_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "data"
    small().save(target)
    (target / "note.txt").write_text("kept")
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with pytest.raises(FileNotFoundError), replaced(target) as fresh:
        (fresh / "nowhere" / "dataset.parquet").write_bytes(b"half")
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    with replaced(target) as fresh:
        (fresh / "flow.md").write_text("new")
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {**before, "flow.md": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
