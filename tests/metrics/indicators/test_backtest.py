"""Every published count is tried against the others; the real ones that lie outside are known by name."""

from metrics.indicators.backtest import trials
from tests.worlds import own_data, world

HEAD = "count_id,measure,as_of,value,unit,role,source_id\n"
WORLD = {
    "cities": "city_id,name_en,country_code\nx,X,KR\ny,Y,JP\n",
    "sources": "source_id,title\ns,Page\n",
    "agreements": "agreement_id,city_id,type,signed,role,source_id\na,x,sister,2012-06-01,primary,s\n",
}


def tried(*counts: str):
    rows = "".join(f"n{at},partner_cities,{count},cities,primary,s\n" for at, count in enumerate(counts))
    return [
        (trial.count.value, trial.lower, trial.upper, trial.reason and trial.reason.kind)
        for trial in trials(world(**WORLD, published_counts=HEAD + rows))
        if trial.indicator == "partner_cities"
    ]


def test_a_count_is_tried_against_those_before_and_after_it():
    # 5 and x make at least 6 at the end of 2012; the 9 of 2015 leaves 9.
    assert tried("2010-12-31,5", "2012-12-31,7", "2015-12-31,9") == [(7, 6, 9, None), (9, 7, None, None)]


def test_a_count_outside_is_a_break_with_its_reason():
    assert tried("2010-12-31,5", "2012-12-31,5") == [(5, 6, None, "count_below")]
    assert tried("2010-12-31,5", "2012-12-31,11", "2015-12-31,9") == [(11, 6, 9, "count_above"), (9, 11, None, "count_below")]


def test_a_count_of_an_uncertain_day_lies_inside_where_one_of_its_days_allows_it():
    assert tried("2010-12-31,5", "2011-06-01/2013-06-30,5", "2015-12-31,9")[0] == (5, 5, 9, None)


def test_of_the_published_counts_two_lie_outside_what_is_known_without_them():
    tried = trials(own_data())
    assert len(tried) == 31 + 5  # dated, and of an uncertain day
    # x011 (18 Sep 2014) follows the 25 of 16 July, yet 25 are counted on 24 September; AR (mx089, 9 Jan 2017) follows the 25 of
    # November 2016, yet 25 are counted in March 2017.
    outside = [(trial.indicator, trial.count.as_of, trial.count.value, trial.lower) for trial in tried if trial.reason]
    assert outside == [("exported_projects", "2014-09-24", 25, 25 + 1), ("export_countries", "2017-03", 25, 25 + 1)]
