"""The arithmetic of the benchmark; what it measures is never tested, only how it is put together."""

from datetime import date

from benchmarks.capacity import Load, Stage, missed, report
from benchmarks.figures import BARS, Bar, Sample, growth, judge, layout_shift, medians, rotated
from benchmarks.scale import show


def samples(page, kind, *times):
    return [Sample(page, kind, {"ms": time}) for time in times]


def test_every_figure_is_the_median_of_its_samples():
    found = medians([*samples("ours", "cold", 900, 100, 200), *samples("plain", "cold", 400)])
    assert found == {("ours", "cold", "ms"): 200, ("plain", "cold", "ms"): 400}


def test_a_bar_is_a_ratio_to_the_plain_page_or_the_figure_itself():
    found = medians([*samples("ours", "cold", 200), *samples("plain", "cold", 400)])
    ratio, itself = Bar("cold", "cold", "ms", 0.5), Bar("cold", "cold", "ms", 150, relative=False)
    assert [(judged.value, judged.met) for judged in judge(found, "ours", "plain", (ratio, itself))] == [(200 / 400, True), (200, False)]


def test_what_was_not_measured_is_not_met():
    assert [judged.met for judged in judge({}, "ours", "plain")] == [False] * len(BARS)
    without = judge({}, "ours", "plain", filters=False)
    assert {judged.bar.kind for judged in without if judged.met} == {"filter"}


def test_layout_shift_is_the_worst_window_without_what_the_reader_caused():
    # 0.1 and 0.2 within a second; 0.5 after a click is the reader's own; 0.25 stands alone, ten seconds later.
    assert round(layout_shift([(0, 0.1, False), (500, 0.2, False), (600, 0.5, True), (10_600, 0.25, False)]), 9) == round(0.1 + 0.2, 9)
    assert layout_shift([]) == 0


def test_no_page_always_follows_the_same_one():
    orders = [tuple(rotated(["a", "b", "c"], turn)) for turn in range(6)]
    assert len(set(orders)) == 6


def test_growth_is_the_exponent_of_the_power_law_through_the_points():
    assert round(growth([10, 100, 1000], [3 * 10**2, 3 * 100**2, 3 * 1000**2]), 9) == 2
    assert growth([1000], [1]) is None


def scaled(size, ours, theirs, step, **differ):
    steps = {"a step": (step, 100.0, step), "readings compared": (ours, 200.0, ours), "the same in polars": (theirs, 300.0, theirs)}
    return {"size": size, "steps": steps, "differ": differ}


def test_the_table_of_scale_has_each_step_and_judges_the_largest_size():
    said = show([scaled(1_000, 0.1, 0.1, 0.01), scaled(10_000, 1.0, 0.5, 0.1)])
    assert f"| {'a step':30} | 0.010 | 100 | 0.100 | 100 | 1.00 |" in said
    assert "Readings at 10,000 rows: 1.00 s, polars 0.50 s, ratio 2.00, within 3." in said
    assert said[-1] == "Nothing that takes more than 0.1 s grows faster than n log n."


def test_what_grows_too_fast_or_differs_is_said():
    said = show([scaled(1_000, 0.1, 0.1, 0.01), scaled(10_000, 1.0, 0.2, 1.0, cities=((2, 2, 2), (1, 1, 1)))])
    assert "Readings at 10,000 rows: 1.00 s, polars 0.20 s, ratio 5.00, MISSES 3." in said
    assert "cities: (2, 2, 2) here, (1, 1, 1) in polars" in said
    assert "a step grows as n^2.00" in said


def load(**given):
    stages = (Stage(20, 260.0), Stage(100, 300.0))
    known = dict(changes=(0.1,) * 95 + (0.4,) * 5, openings=(0.2,), errors=())
    known |= dict(before_mb=250.0, after_mb=260.0, cpu_s=2.0, seconds=10, every=5)
    return Load(stages, **known | given)


def test_the_bars_of_a_load_are_no_error_a_quick_answer_and_memory_that_comes_back():
    assert missed(load()) == []
    found = missed(load(errors=("lost",), changes=(0.1,) * 90 + (0.9,) * 10, after_mb=300.0))
    assert [sentence.split()[0] for sentence in found] == ["1", "95th", "memory"]


def test_the_page_on_capacity_works_out_from_the_load_how_many_viewers_a_server_holds():
    named = {"processor": "Abacus", "cores": "2", "load": "0.1", "versions": "Python, Chromium"}
    said = report(load(), date(2026, 11, 25), named, named)
    # 2 s of processor for 100 changes are 20 ms each; 0.7 of a core does 700 / 20 = 35 a second, 175 viewers at one in 5 s.
    assert "700 / 20 = 35 changes a second: **175 viewers**" in said
    assert f"| {(300 - 260) / (100 - 20):.2f} MB a further viewer |" in said
