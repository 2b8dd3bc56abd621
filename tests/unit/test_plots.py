"""What analysts are shown is what the scorecard adds up, in the units of the page."""

import numpy as np
import pytest

from features.outcome import Question
from models.families.ridge import RidgeSeverity
from models.plots import plot_pair, plot_terms
from models.points.explain import explain
from models.replicates import Replicates, pack
from models.scorecard import Scorecard
from tests.model_world import FEATURES, PLAIN, bundle, plain_scorecard, world


def fitted() -> Scorecard:
    X, y = world(300)
    return RidgeSeverity(FEATURES).fit(X, y).compile(X[:20])


def test_terms_are_drawn_the_farthest_reaching_first_in_the_catalogues_words() -> None:
    """Achievement reaches over 2, growth over 1."""
    figure = plain_scorecard().plot_terms(PLAIN)
    shown = [axes for axes in figure.axes if axes.get_visible()]
    assert [axes.get_title() for axes in shown] == ["Achievement", "Growth"]
    assert [label.get_text() for label in shown[1].get_xticklabels()][-1] == "not known"
    steps = shown[1].patches[0].get_data()
    assert steps.values.tolist() == [0.0, 1.0]
    (missing,) = [line for line in shown[1].lines if line.get_marker() == "D"]
    assert missing.get_ydata().tolist() == [0.5]


def test_without_words_names_and_edges_stand_as_they_are() -> None:
    figure = plot_terms(plain_scorecard(), only=("growth",))
    assert [axes.get_title() for axes in figure.axes if axes.get_visible()] == ["growth"]
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["below 10", "from 10", "not known"]


def test_bars_reach_as_far_as_intervals_do() -> None:
    card = plain_scorecard()
    rows = [
        pack(Scorecard(card.grid, tuple(k * t for t in card.tables), card.cuts, 1.0, card.references)) for k in (0, 2)
    ]
    figure = card.plot_terms(PLAIN, number=1, replicates=Replicates.of(np.array(rows), card))
    (bars,) = figure.axes[0].collections
    assert bars.get_segments()[1][:, 1] == pytest.approx([-4.0, 0.0])


def test_a_pair_is_drawn_with_both_tables_of_its_own() -> None:
    card = fitted()
    figure = plot_pair(card, ("age", "alone"), FEATURES)
    drawn = np.asarray(figure.axes[0].images[0].get_array())
    assert drawn[1, 2] == pytest.approx(card.slope * (card.pairs[2, 3][1, 2] + card.tables[2][1] + card.tables[3][2]))
    with pytest.raises(AssertionError, match="is not a pair"):
        plot_pair(card, ("age", "days"), FEATURES)


@pytest.mark.filterwarnings("ignore")  # `shap` warns as soon as it is imported
def test_explanations_are_in_percentage_points_and_add_up() -> None:
    from training.explanations import explanations, waterfall

    X = np.array([[15.0, 80.0], [np.nan, 90.0]])
    reasons = explanations(bundle(), X, Question.special_measures)
    codes = plain_scorecard().grid.codes(X)
    told = explain(plain_scorecard(), codes, 3)
    assert reasons.values == pytest.approx(100 * told.points)
    assert reasons.base_values + reasons.values.sum(axis=1) == pytest.approx(100 * told.probability)
    assert reasons.feature_names == ["Growth", "Achievement"]
    assert reasons.display_data[1, 0] == "not known"
    assert "percentage points" in waterfall(reasons[0]).get_xlabel()
    causes = explanations(bundle(), X, Question.special_measures, by_cause=True)
    assert causes.values.sum(axis=1) == pytest.approx(reasons.values.sum(axis=1))
    assert causes.data.tolist() == [[1.0, 1.0], [0.0, 1.0]]


@pytest.mark.filterwarnings("ignore")  # `shap` warns as soon as it is imported
def test_a_waterfall_names_its_bars_as_the_page_does_and_writes_over_no_name() -> None:
    """By cause a bar has its name only: how many of its records are known is no value of it."""
    import matplotlib.pyplot as plt

    from training.explanations import explanations, waterfall

    X = np.array([[np.nan, 99.0]])
    for by_cause, features, named in (
        (False, PLAIN, {each.says(value) for each, value in zip(PLAIN, X[0], strict=True)}),
        (False, (), {"Growth", "Achievement"}),
        (True, (), {each.group.value for each in PLAIN}),
    ):
        plt.close("all")
        axes = waterfall(explanations(bundle(), X, Question.special_measures, by_cause=by_cause)[0], features)
        assert {label.get_text().replace("\n", " ") for label in axes.get_yticklabels()} == named
        assert axes.xaxis.get_label_position() == "bottom"
        edge = axes.get_window_extent().x0
        assert all(text.get_window_extent().x0 >= edge for text in axes.texts)
        assert all(label.get_window_extent().x0 >= 0 for label in axes.get_yticklabels())
    plt.close("all")


def test_a_cell_of_nearly_nothing_is_no_negative_nought() -> None:
    card = fitted()
    almost = Scorecard(
        card.grid,
        tuple(table * 0 - 1e-6 for table in card.tables),
        card.cuts,
        1.0,
        card.references,
        {pair: table * 0 for pair, table in card.pairs.items()},
    )
    written = {text.get_text() for text in plot_pair(almost, ("age", "alone"), FEATURES).axes[0].texts}
    assert written == {"+0.00"}
