"""`resilience evaluate` on files from elsewhere: figures that others compute too, our own unchanged, plain errors."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from dcurves import dca
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, cohen_kappa_score, log_loss, roc_auc_score
from skordinal.metrics import ranked_probability_score
from typer.testing import CliRunner

from features.errors import FileProblem, SettingProblem
from features.outcome import Question
from serving.cli import app
from serving.commands import evaluate as evaluate_command
from tests.evaluation_world import scored
from tests.training_world import dataset
from training.config import TrainingConfig
from training.evaluation.evaluation import evaluate
from training.evaluation.outside import read_scores, scored_from
from training.evaluation.scores_file import save, to_frame


@pytest.fixture(scope="module")
def rival() -> pd.DataFrame:
    """What somebody else's model might hand over: a probability, what happened, and weights."""
    rng = np.random.default_rng(8)
    n = 250
    p = rng.beta(2, 5, n).round(3)
    return pd.DataFrame(
        {
            "practice_code": [f"A{i // 2:05d}" for i in range(n)],
            "event": (rng.uniform(size=n) < p).astype(int),
            "probability": p,
            "other:probability": rng.beta(2, 5, n).round(3),
            "weight": np.where(np.arange(n) % 2, 1.0, 0.5),
        }
    )


def told(table: pd.DataFrame, folder: Path, *more: str) -> dict:
    table.to_csv(folder / "scores.csv", index=False)
    answer = CliRunner().invoke(app, ["evaluate", "--scores", str(folder / "scores.csv"), "--json", *more])
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_the_command_agrees_with_scikit_learn_and_dcurves(rival: pd.DataFrame, tmp_path: Path) -> None:
    measures = told(rival, tmp_path)["measures"]
    y, w = rival["event"], rival["weight"]
    for name, column in (("model", "probability"), ("other", "other:probability")):
        p = rival[column]
        logit = np.log(p / (1 - p)).to_numpy()[:, None]
        slope = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=200).fit(logit, y, w)
        wanted = {
            "brier": brier_score_loss(y, p, sample_weight=w),
            "rps": brier_score_loss(y, p, sample_weight=w),
            "log_loss": log_loss(y, p, sample_weight=w),
            "auroc": roc_auc_score(y, p, sample_weight=w),
            "kappa": cohen_kappa_score(y, p > 0.5, sample_weight=w),
            "calibration_slope": slope.coef_[0, 0],
        }
        for measure, value in wanted.items():
            assert measures[measure][name]["value"] == pytest.approx(value, abs=1e-9), (name, measure)
            assert measures[measure][name]["low"] <= value <= measures[measure][name]["high"]
    # dcurves knows no weights: half weights are single rows, whole ones are two
    rows = rival.loc[rival.index.repeat((2 * w).astype(int))]
    thresholds = [0.1, 0.2, 0.3]
    curve = dca(data=rows[["event", "probability"]], outcome="event", modelnames=["probability"], thresholds=thresholds)
    net = curve.set_index(["model", "threshold"])["net_benefit"]
    for threshold in thresholds:
        ours = measures[f"net_benefit_at_{100 * threshold:g}"]["model"]["value"]
        assert ours == pytest.approx(net["probability", threshold], abs=1e-9)


def test_five_levels_agree_with_scikit_learn_and_skordinal(tmp_path: Path) -> None:
    rng = np.random.default_rng(9)
    told_p = rng.dirichlet([3, 2, 1, 1, 1], 300)
    level = np.array([rng.choice(5, p=p) for p in told_p]) + 1
    table = pd.DataFrame(told_p, columns=[f"p{k}" for k in range(1, 6)])
    table = table.assign(practice_code=[f"A{i:05d}" for i in range(300)], outcome=level)
    found = told(table, tmp_path, "--question", "special_measures")
    measures, adverse = found["measures"], told_p[:, 2:].sum(axis=1)
    assert measures["log_loss"]["model"]["value"] == pytest.approx(
        log_loss(level, told_p, labels=range(1, 6)), abs=1e-9
    )
    assert measures["auroc"]["model"]["value"] == pytest.approx(roc_auc_score(level >= 3, adverse), abs=1e-9)
    kappa = cohen_kappa_score(level, told_p.argmax(axis=1) + 1, weights="quadratic")
    assert measures["kappa"]["model"]["value"] == pytest.approx(kappa, abs=1e-9)
    # skordinal adds up the four thresholds, we take their mean
    summed = ranked_probability_score(level, told_p, labels=np.arange(1, 6))
    assert measures["rps"]["model"]["value"] == pytest.approx(summed / 4, abs=1e-9)
    assert list(found["sections"]) == ["all", "special_measures"]


def test_what_had_to_be_assumed_is_said(rival: pd.DataFrame, tmp_path: Path) -> None:
    notes = told(rival, tmp_path)["notes"]
    assert any("probability of the adverse outcome" in note for note in notes)
    assert any("flatters it" in note for note in notes)
    known = told(rival.assign(**{"base rate:probability": 0.3}), tmp_path)["notes"]
    assert not any("flatters it" in note for note in known)


def test_our_own_forecasts_give_the_figures_of_the_training_as_parquet_and_as_csv(tmp_path: Path) -> None:
    save(scored(), tmp_path / "forecasts.parquet", {})
    to_frame(scored()).to_csv(tmp_path / "forecasts.csv", index=False)
    wanted = evaluate(scored(), TrainingConfig()).to_json()
    for name in ("forecasts.parquet", "forecasts.csv"):
        found = evaluate(read_scores(tmp_path / name).scored, TrainingConfig()).to_json()
        for measure, by_forecast in wanted["measures"].items():
            for forecast, figure in by_forecast.items():
                assert found["measures"][measure][forecast] == pytest.approx(figure, abs=1e-9), (name, measure)
        assert list(found["slices"]) == list(wanted["slices"])
        assert found["censoring"]["ended"].keys() == wanted["censoring"]["ended"].keys()


def test_a_dataset_tells_the_outcomes_where_the_file_does_not(tmp_path: Path) -> None:
    asked = dataset(80)
    asked.save(tmp_path / "data")
    rows = asked.spine[["practice_code", "index_published_on", "landmark_day"]].sample(frac=1.0, random_state=1)
    scores = rows.assign(**{f"p{k}": 0.2 for k in range(1, 6)})
    scores.to_csv(tmp_path / "scores.csv", index=False)
    read = read_scores(tmp_path / "scores.csv", tmp_path / "data").scored
    seen = asked.observed().spine
    assert len(read.cases) == len(seen)
    assert len(read.unseen) == len(asked.spine) - len(seen)
    found = pd.Series(read.cases.low, [read.cases.practice, read.facts["landmark_day"]])
    wanted = seen.set_index(["practice_code", "landmark_day"])["level_low"]
    assert found.sort_index().to_dict() == wanted.sort_index().to_dict()
    assert set(read.cases.question) == set(seen["question"])
    assert set(read.unseen["status"]) == {"censored: retired"}


def test_a_row_the_dataset_does_not_know_or_that_stands_twice_is_named(tmp_path: Path) -> None:
    asked = dataset(20)
    asked.save(tmp_path / "data")
    rows = asked.spine[["practice_code", "index_published_on", "landmark_day"]].assign(probability=0.2)
    strange = rows.assign(practice_code=rows["practice_code"].where(rows.index != 3, "Z99999"))
    with pytest.raises(FileProblem, match=r"row 5: .* asks nothing about practice Z99999, inspection of 20"):
        scored_from(strange, tmp_path / "data")
    with pytest.raises(FileProblem, match=r"row 4: practice X0.* stands here a second time"):
        scored_from(rows.iloc[[0, 1, 0]], tmp_path / "data")
    with pytest.raises(FileProblem, match=r"column 'index_published_on': there is no such column"):
        scored_from(rows.drop(columns="index_published_on"), tmp_path / "data")


def test_a_scikit_learn_estimator_is_judged_from_memory() -> None:
    rng = np.random.default_rng(2)
    X = rng.normal(size=(200, 3))
    y = (rng.uniform(size=200) < 1 / (1 + np.exp(-X[:, 0]))).astype(int)
    model = LogisticRegression().fit(X[:100], y[:100])
    table = pd.DataFrame(
        {
            "practice_code": [f"A{i:05d}" for i in range(100)],
            "event": y[100:],
            "probability": model.predict_proba(X[100:])[:, 1],
        }
    )
    read = scored_from(table, question=Question.special_measures)
    figure = evaluate(read.scored, TrainingConfig(bootstraps=50)).judgement.figure("auroc")
    assert figure.value == pytest.approx(roc_auc_score(y[100:], table["probability"]), abs=1e-9)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"probability": [0.2, 1.4, 0.1]}, r"row 3, column 'probability': found '1.4'. Write a number from 0 to 1"),
        ({"probability": [0.2, "", 0.1]}, r"row 3, column 'probability': found nothing. Write a number from 0 to 1"),
        ({"event": [0, 1, 2]}, r"row 4, column 'event': found '2'. Write a whole number from 0 to 1"),
        ({"practice_code": ["A1", " ", "A3"]}, r"row 3, column 'practice_code': found nothing"),
        ({"question": ["below_good", "below", "below_good"]}, r"row 3, column 'question': found 'below'"),
        ({"cutoff_on": ["2021-02-01", "soon", ""]}, r"row 3, column 'cutoff_on': found 'soon'. Write a day"),
        ({"weight": [1, -1, 1]}, r"row 3, column 'weight': found '-1'"),
        ({"model:probability": [0.1, 0.2, 0.3]}, r"a rival is called “model”"),
        ({"event": ["", "", ""]}, r"no row has an outcome"),
        ({"rival:p1": [0.1, 0.2, 0.3]}, r"column 'rival:p2': there is no such column. Give rival:p1 to rival:p5"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(change: dict, words: str, tmp_path: Path) -> None:
    right = pd.DataFrame({"practice_code": ["A1", "A2", "A3"], "event": [0, 1, 1], "probability": [0.2, 0.4, 0.1]})
    right.assign(**change).to_csv(tmp_path / "scores.csv", index=False)
    with pytest.raises(FileProblem, match=words):
        read_scores(tmp_path / "scores.csv")


@pytest.mark.parametrize("missing", ["practice_code", "event", "probability"])
def test_a_column_that_is_needed_is_asked_for(missing: str, tmp_path: Path) -> None:
    right = pd.DataFrame({"practice_code": ["A1", "A2"], "event": [0, 1], "probability": [0.2, 0.4]})
    right.drop(columns=missing).to_csv(tmp_path / "scores.csv", index=False)
    with pytest.raises(FileProblem, match=r"scores\.csv.*(no such column|no column tells|the columns are)"):
        read_scores(tmp_path / "scores.csv")


def test_a_column_that_is_not_read_is_named_and_one_that_stands_twice_refused(tmp_path: Path) -> None:
    right = "practice_code,event,probability,regoin\nA1,1,0.3,North\nA2,0,0.2,South\n"
    (tmp_path / "scores.csv").write_text(right)
    assert "Not read: regoin." in read_scores(tmp_path / "scores.csv").notes
    (tmp_path / "scores.csv").write_text(right.replace("regoin", "probability"))
    with pytest.raises(FileProblem, match="column 'probability': two columns have this name"):
        read_scores(tmp_path / "scores.csv")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rows", ["A1,1,0.3", "A1,1,0.3\nA2,1,0.4", "A1,0,0\nA2,1,1\nA3,0,0\nA4,,"])
def test_a_few_odd_rows_have_measures_or_none_but_no_accident(rows: str, tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(f"practice_code,event,probability\n{rows}\n")
    measures = evaluate(read_scores(tmp_path / "scores.csv").scored, TrainingConfig(bootstraps=20)).to_json()[
        "measures"
    ]
    assert measures["brier"]["model"]["value"] is not None


@pytest.mark.filterwarnings("error")
def test_rows_whose_records_decide_nothing_have_no_measure_of_the_outcome(tmp_path: Path) -> None:
    head = "practice_code,level_low,level_high,question,p1,p2,p3,p4,p5"
    rows = [f"A{k},2,3,special_measures,.2,.2,.2,.2,.2" for k in range(4)]
    (tmp_path / "scores.csv").write_text("\n".join([head, *rows]))
    measures = evaluate(read_scores(tmp_path / "scores.csv").scored, TrainingConfig(bootstraps=20)).to_json()[
        "measures"
    ]
    assert measures["auroc"]["model"]["value"] is None
    assert measures["capture_at_20"]["model"]["value"] is None
    assert measures["log_loss"]["model"]["value"] == pytest.approx(-np.log(0.4))


def test_levels_that_do_not_add_up_are_refused(tmp_path: Path) -> None:
    table = pd.DataFrame({"practice_code": ["A1", "A2"], "outcome": [1, 4], "p1": [0.6, 0.6], "p2": [0.4, 0.1],
                          "p3": 0.0, "p4": 0.0, "p5": 0.0})  # fmt: skip
    table.to_parquet(tmp_path / "scores.parquet")
    with pytest.raises(FileProblem, match=r"row 3: p1 to p5 add up to 0\.700"):
        read_scores(tmp_path / "scores.parquet")


@pytest.mark.parametrize(("name", "content"), [("scores.txt", "a"), ("scores.csv", ""), ("scores.parquet", "no")])
def test_a_file_that_cannot_be_read_ends_in_one_sentence(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(FileProblem, match=r"(ends neither|cannot be read)"):
        read_scores(tmp_path / name)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"nowhere\.csv: it cannot be read"):
        read_scores(tmp_path / "nowhere.csv")


def test_the_tables_and_the_folder_hold_the_same_figures(rival: pd.DataFrame, tmp_path: Path) -> None:
    rival.assign(region="North").to_csv(tmp_path / "scores.csv", index=False)
    arguments = ["evaluate", "--scores", str(tmp_path / "scores.csv"), "--out", str(tmp_path / "judged")]
    answer = CliRunner().invoke(app, arguments, env={"COLUMNS": "160"})
    assert answer.exit_code == 0, answer.output
    plain = json.loads((tmp_path / "judged" / "evaluation.json").read_text(encoding="utf-8"))
    rps = f"{plain['measures']['rps']['model']['value']:.3f}"
    assert rps in answer.stdout
    assert rps in (tmp_path / "judged" / "evaluation.md").read_text(encoding="utf-8")
    assert "net benefit in pounds per hundred practices" in answer.stdout
    again = read_scores(tmp_path / "judged" / "forecasts.parquet").scored
    assert (
        evaluate(again, TrainingConfig()).measures["rps"]["model"]["value"]
        == plain["measures"]["rps"]["model"]["value"]
    )


def test_with_the_truth_of_an_invented_england_the_shares_of_the_gain_are_told(tmp_path: Path) -> None:
    asked = scored(200)
    days = pd.Timestamp("2018-01-01") + pd.to_timedelta(np.arange(200), "D")
    asked = replace(asked, facts=asked.facts.assign(index_published_on=days))
    save(asked, tmp_path / "forecasts.parquet", {})
    true = {f"observable_{k}": asked.forecasts["model"][:, k - 1] for k in range(1, 6)}
    keys = asked.facts[["index_published_on", "landmark_day"]].assign(practice_code=asked.cases.practice)
    keys.assign(**true).to_parquet(tmp_path / "truth.parquet")
    files = {name: str(tmp_path / f"{name}.parquet") for name in ("forecasts", "truth")}
    more = ["--truth", files["truth"], "--attainable", files["forecasts"], "--json"]
    answer = CliRunner().invoke(app, ["evaluate", "--scores", files["forecasts"], *more])
    assert answer.exit_code == 0, answer.output
    measures = json.loads(answer.stdout)["measures"]
    for share in ("share_of_possible_gain", "share_of_attainable_gain"):
        assert measures[share]["model"]["value"] == pytest.approx(1.0)
        assert measures[share]["base rate"]["value"] == 0.0


def test_the_attainable_without_a_truth_is_refused(rival: pd.DataFrame, tmp_path: Path) -> None:
    rival.to_csv(tmp_path / "scores.csv", index=False)
    with pytest.raises(SettingProblem, match="tells nothing without --truth"):
        evaluate_command.run(tmp_path / "scores.csv", attainable=tmp_path / "scores.csv")


def test_what_a_training_reports_can_be_judged_again_from_its_forecasts(tmp_path: Path) -> None:
    dataset(60).save(tmp_path / "data")
    folders = ["--dataset", str(tmp_path / "data"), "--out", str(tmp_path / "bundle")]
    trained = CliRunner().invoke(app, ["train", *folders])
    assert trained.exit_code == 0, trained.output
    report = json.loads((tmp_path / "bundle-report" / "report.json").read_text(encoding="utf-8"))
    forecasts = str(tmp_path / "bundle-report" / "forecasts.parquet")
    answer = CliRunner().invoke(app, ["evaluate", "--scores", forecasts, "--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.stdout)["measures"] == report["evaluation"]["measures"]
