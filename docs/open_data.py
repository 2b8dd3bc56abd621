"""Write `what-open-data-can-tell.md` from a run on publishers' files: `python -m docs.open_data --data FOLDER`."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docs.open_data_tables import became, effects, findings, groups, judged, percent, rows_of, told
from features.builders import CATALOGUE
from features.spine import end_of_follow_up
from features.store.ingest import ingest
from features.store.store import Store
from features.tables import Tables
from models.families.rivals import BASE_RATE
from training.config import TrainingConfig
from training.evaluation.judgement import EVERYBODY, MODEL
from training.evaluation.measure import Estimate
from training.evaluation.updated import Updated
from training.open_data import WINDOW_MONTHS, Share, Study, census_days, study

PAGE = Path(__file__).parent / "explanation" / "what-open-data-can-tell.md"
TEMPLATE = "open_data.md.jinja"


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest the folder into a store of its own, run the study, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of publishers' files")
    parser.add_argument("--out", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as work:
        ingest([asked.data], Path(work) / "store")
        store = Store(Path(work) / "store")
        tables = Tables.of(store)
        made = study(tables, TrainingConfig(seed=asked.seed), lambda words: print(words, file=sys.stderr))
        asked.out.write_text(page(made, tables, sorted({file.kind for file in store.files})), encoding="utf-8")


def page(made: Study, tables: Tables, kinds: Sequence[str]) -> str:
    """The whole page of a study."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown for a file of ours, not HTML
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "thousands": "{:,}".format,
        "percent": percent,
        "signed": signed,
        "magnitude": lambda e: signed(e if e.value >= 0 else Estimate(-e.value, -e.high, -e.low), 3),
    }
    return environment.get_template(TEMPLATE).render(**_numbers(made), **_tables(made), **_days(tables), kinds=kinds)


def signed(estimate: Estimate, digits: int = 4) -> str:
    """A number with its interval."""
    return estimate.text(digits=digits)


def _numbers(made: Study) -> dict[str, object]:
    later = made.over_time.judgement
    observed = later.sections[EVERYBODY].prevalence
    return {
        "seed": made.config.seed,
        "below_good": made.below_good,
        "everybody": made.everybody,
        "over_time": made.over_time,
        "n_all": _last(made.shares, "everybody"),
        "n_below": _last(made.shares, "below Good before"),
        "below_good_over_base": made.below_good.judgement.over_base_rate[MODEL],
        "transfer_over_base": made.transferred.over_base_rate[MODEL],
        "transfer_auroc": made.transferred.figure("auroc"),
        "over_own": made.over_own,
        "later_over_base": made.later_over_base,
        "later_observed": observed,
        "later_expected": observed - later.figure("calibration_in_the_large").value,
        "later_base_expected": observed - later.figure("calibration_in_the_large", BASE_RATE).value,
        "later_untouched": all(each.gain.value == 0 for each in _updating(made).effects[EVERYBODY].values()),
        "updating_words": " ".join(_updating(made).words),
        "known_features": len(made.below_good.model.features),
        "all_features": len(CATALOGUE.features),
        "window_months": WINDOW_MONTHS,
    }


def _tables(made: Study) -> dict[str, str]:
    below_good, everybody, over_time = made.below_good, made.everybody, made.over_time
    return {
        "flow": rows_of(["step", "count"], [[s.label, f"{s.count:,}"] for s in below_good.dataset.flow.steps]),
        "became": became(made.became),
        "shares": told(made.shares),
        "below_good_table": judged(below_good.judgement),
        "everybody_table": judged(everybody.judgement),
        "transferred_table": judged(made.transferred),
        "over_time_table": judged(over_time.judgement),
        "later_transferred_table": judged(made.later_transferred),
        "updating_table": effects(_updating(made)),
        "groups_table": groups(made.groups, made.later_groups),
        "below_good_findings": findings(below_good),
        "everybody_findings": findings(everybody),
        "over_time_findings": findings(over_time),
    }


def _days(tables: Tables) -> dict[str, object]:
    days = census_days(tables)
    words = [f"{day:%-d %B %Y}" for day in days]
    first = tables["ratings"][tables["ratings"]["snapshot_on"] == days[0]]
    tied = first.groupby("location_id")["practice_code"].first().notna()
    return {
        "first": words[0],
        "last_day": words[-1],
        "windows": words,
        "end_of_data": f"{end_of_follow_up(tables):%-d %B %Y}",
        "locations": len(tied),
        "tied": int(tied.sum()),
    }


def _updating(made: Study) -> Updated:
    found = made.over_time.evaluation.updating
    assert found is not None, "a training always tells its updating"
    return found


def _last(shares: Iterable[Share], population: str) -> Share:
    """The share over all years."""
    return [share for share in shares if share.population == population][-1]


if __name__ == "__main__":
    main()
