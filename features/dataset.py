"""A dataset is the spine with every feature beside it, and where all of it came from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from pandera.errors import SchemaError, SchemaErrors

from features.catalogue import Catalogue
from features.cutoff import as_known_on
from features.errors import DatasetProblem
from features.flow import Flow
from features.folder import replaced
from features.inspection import without_hindsight
from features.label import Status
from features.practice import is_invented
from features.roster_schema import METADATA_KEY
from features.spine import Spine, build_spine, end_of_follow_up
from features.strict_json import parse_json
from features.tables import SCHEMAS, STORED, Tables

ANEW = "Make it with `resilience dataset`"

PROVENANCE = ("simulated", "horizon_months", "end_of_data", "flow")
"""What a dataset must say of itself."""

HORIZON_MONTHS = 18
"""How long after the cut-off a re-inspection still answers the question; stated on every card."""


@dataclass(frozen=True)
class Dataset:
    """Features, the spine they belong to (same index), and provenance."""

    X: pd.DataFrame
    spine: pd.DataFrame
    provenance: Mapping[str, Any]  # plain JSON values

    @property
    def y(self) -> NDArray[np.float64]:
        """The best and worst level the record allows, shape (n, 2); missing where censored."""
        return self.spine[["level_low", "level_high"]].to_numpy(float)

    @property
    def flow(self) -> Flow:
        """The counts that led here."""
        return Flow.from_json(self.provenance["flow"])

    def observed(self) -> "Dataset":
        """The rows whose outcome was observed."""
        seen = self.spine["status"] == Status.observed
        return Dataset(self.X[seen], self.spine[seen], self.provenance)

    def save(self, folder: Path) -> None:
        """Write ``dataset.parquet``, ``flow.json`` and ``flow.md``."""
        with replaced(folder) as fresh:
            write_parquet(pd.concat([self.spine, self.X], axis=1), fresh / "dataset.parquet", self.provenance)
            (fresh / "flow.json").write_text(self.flow.as_json(), encoding="utf-8")
            (fresh / "flow.md").write_text(self.flow.as_markdown(), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Dataset":
        """Read what `save` wrote."""
        path = folder / "dataset.parquet"
        if not path.is_file():
            raise DatasetProblem(f"{folder} holds no dataset.parquet. Make one with `resilience dataset`.")
        try:
            with path.open("rb") as file:  # opened once: given a path, Arrow opens it twice and may meet two datasets
                table = pq.read_table(file)
        except (pa.ArrowException, OSError) as problem:
            raise DatasetProblem(
                f"{path} cannot be read ({str(problem).splitlines()[0]}). It is damaged; make it again with "
                "`resilience dataset`."
            ) from problem
        metadata = table.schema.metadata or {}
        if METADATA_KEY not in metadata:
            raise DatasetProblem(f"{path} does not say where it came from. Make it with `resilience dataset`.")
        provenance = parse_json(path, metadata[METADATA_KEY], dict[str, Any], ANEW)
        columns = list(Spine.to_schema().columns)
        lacking = [name for name in columns if name not in table.column_names]
        lacking += [name for name in PROVENANCE if name not in provenance]
        if lacking:
            raise DatasetProblem(f"{path} lacks {', '.join(lacking)}. {ANEW}.")
        frame = table.to_pandas()
        try:
            return cls(frame.drop(columns=columns), Spine.validate(frame[columns]), provenance)
        except (SchemaError, SchemaErrors) as problem:
            first = problem.schema_errors[0] if isinstance(problem, SchemaErrors) else problem
            raise DatasetProblem(f"{path} holds a column of another kind ({first.schema.name}). {ANEW}.") from problem


def build_dataset(
    tables: Tables,
    catalogue: Catalogue,
    horizon_months: int = HORIZON_MONTHS,
    files: Sequence[Mapping[str, Any]] = (),  # plain JSON values
) -> Dataset:
    """The dataset of everything the tables hold; ``files`` says where they came from."""
    simulated = is_simulated(tables)
    former_codes = {code: later[-1] for code, later in tables.later_codes.items()}
    tables = tables.lives
    spine, flow = build_spine(tables, horizon_months)
    if spine.empty:
        raise DatasetProblem(
            "The store holds no inspection below Good that could be followed, so there is nothing to ask about. "
            "Ingest ratings, and `location_id_to_ods.csv` where the ratings lack practice codes."
        )
    provenance = {
        "simulated": simulated,
        "horizon_months": horizon_months,
        "end_of_data": end_of_follow_up(tables).date().isoformat(),
        "rows": len(spine),
        "episodes": int(spine["episode"].nunique()),
        "practices": int(spine["practice_code"].nunique()),
        "former_codes": former_codes,
        "features": list(catalogue.names),
        "flow": flow.to_json(),
        "files": list(files),
    }
    return Dataset(build_features(tables, catalogue, spine), spine, provenance)


def build_features(tables: Tables, catalogue: Catalogue, spine: pd.DataFrame) -> pd.DataFrame:
    """One column a feature for every spine row, each from tables that have passed the gate."""
    whole = {name: tables[name] for name in catalogue.tables}
    if "ratings" in whole:
        whole["ratings"] = without_hindsight(whole["ratings"])
    known = {name: as_known_on(table, SCHEMAS[name], spine) for name, table in whole.items()}
    known["spine"] = spine
    return pd.DataFrame({b.feature.name: b.column(known, spine.index) for b in catalogue}, index=spine.index)


def is_simulated(tables: Tables) -> bool:
    """Whether the practices are invented; real and invented ones never meet in one dataset."""
    codes = _codes(tables[name] for name in STORED if "practice_code" in tables[name])
    invented = {code for code in codes if is_invented(code)}
    if not codes:
        raise DatasetProblem("The store holds no practice. Ingest publishers' files first: `resilience ingest`.")
    if invented and invented != codes:
        raise DatasetProblem(
            f"The store mixes {len(invented):,} invented practices (such as {min(invented)}) with "
            f"{len(codes - invented):,} real ones (such as {min(codes - invented)}). Ingest them into two stores."
        )
    return bool(invented)


def write_parquet(frame: pd.DataFrame, path: Path, provenance: Mapping[str, Any]) -> None:  # plain JSON values
    """Write a frame with its provenance in the file's own metadata."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    kept = {**(table.schema.metadata or {}), METADATA_KEY: json.dumps(provenance, ensure_ascii=False).encode()}
    pq.write_table(table.replace_schema_metadata(kept), path)


def _codes(frames: Iterable[pd.DataFrame]) -> set[str]:
    named = pd.concat([frame["practice_code"] for frame in frames], ignore_index=True)
    return set(named.dropna().unique().tolist())
