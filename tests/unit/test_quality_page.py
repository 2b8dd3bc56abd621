"""The pictures of the quality page: what they show is what the report says, in numbers and in words."""

from features.quality.coverage import Cell, Coverage
from serving.quality.bars import histogram, pieces
from serving.quality.heat_map import heat_map
from serving.quality.page import quality_page
from tests.quality_world import report

GRID = Coverage(
    ("qof", "payments"),
    ("2018/19", "2019/20"),
    (Cell("qof", "2018/19", 1, 1000), Cell("payments", "2018/19", 95, 100), Cell("payments", "2019/20", 999, 1000)),
)


def test_each_cell_holds_its_number_and_a_year_without_a_file_a_dash() -> None:
    picture = heat_map(GRID)
    assert [(square.text, square.shade) for square in picture.squares] == [
        ("<1", 0),
        ("–", None),
        ("95", 4),
        (">99", 4),
    ]


def test_the_heat_map_says_in_words_what_it_shows() -> None:
    assert heat_map(GRID).alternative == (
        "QOF: 1 of 2 years, from <1 % (2018/19) to <1 % (2018/19); "
        "NHS Payments: 2 of 2 years, from 95 % (2018/19) to >99 % (2019/20)."
    )


def test_the_table_beside_the_heat_map_counts_practices() -> None:
    assert heat_map(GRID).lines == (
        ("QOF", ("1 of 1,000", "no file")),
        ("NHS Payments", ("95 of 100", "999 of 1,000")),
    )


def test_cells_lie_beside_and_below_each_other() -> None:
    a, b, c, _ = heat_map(GRID).squares
    assert (a.y, a.x < b.x, c.y > a.y, c.x) == (b.y, True, True, a.x)


def test_the_pieces_of_a_bar_fill_it() -> None:
    parts = pieces(fresh=1, stale=0, unknown=2)
    assert [part.kind for part in parts] == ["fresh", "unknown"]
    assert round(sum(part.width for part in parts), 1) == 100.0


def test_nobody_makes_an_empty_bar() -> None:
    assert pieces(fresh=0, stale=0) == ()


def test_the_tallest_column_fills_the_height_and_a_small_count_stays_visible() -> None:
    columns = histogram(("a", "b", "c"), (10_000, 1, 0), "pairs").columns
    assert [column.height for column in columns] == [100.0, 1.0, 0.0]
    assert [column.said for column in columns] == [">99 %", "<1 %", "0 %"]


def test_rows_that_came_and_went_are_told_beside_those_that_stayed() -> None:
    """Of 100 rows 90 stayed and 10 went; 30 came in another year: 130 in all."""
    (payments,) = quality_page(report()).moved_tables
    assert (payments.before, payments.after) == (100, 120)
    assert [(piece.kind, piece.width) for piece in payments.pieces] == [
        ("stayed", 69.23),
        ("came", 23.08),
        ("went", 7.69),
    ]


def test_one_practice_of_many_is_never_said_to_be_none_or_left_out_of_all() -> None:
    (workload,) = quality_page(report()).groups
    assert [(line.practices, line.rows) for line in workload.features] == [(">99 %", "<1 %")]
