"""Inputs become outcomes in order, and one bad input never stops the others."""

import contextlib
import signal
import sys
import threading
import types

import pytest

from matchcli.language import ModelError
from matchcli.patience import at_most
from matchcli.pipeline import Settings, summarize
from matchcli.reading import find_inputs


@pytest.fixture
def line(monkeypatch):
    """The rooms behind the pipeline, played by stand-ins: a text is its own analysis and record."""

    def annotate(self, reports):
        if any("bad analysis" in report.text for report in reports):
            raise RuntimeError("the parser stumbled")
        return [report.text for report in reports]

    def build(report, annotation):
        assert annotation == report.text
        if "bad building" in annotation:
            raise KeyError("minute")
        return [types.SimpleNamespace(text=annotation.strip())]

    def tell(record, lang):
        return f"{lang}: {record.text}"

    monkeypatch.setattr("matchcli.language.annotate.Annotator.annotate", annotate)
    monkeypatch.setattr("matchcli.rendering.summary.summarize", tell)
    monkeypatch.setitem(sys.modules, "matchcli.timeline.build", types.SimpleNamespace(build=build))
    return monkeypatch


@pytest.fixture
def files(tmp_path):
    def write(*texts):
        names = []
        for number, text in enumerate(texts):
            names.append(str(tmp_path / f"{number}.txt"))
            if text is not None:
                (tmp_path / f"{number}.txt").write_text(text)
        return list(find_inputs(names))

    return write


def told(outcomes):
    return [[record.text for record in outcome.records] or outcome.problem for outcome in outcomes]


def test_outcomes_come_in_the_order_of_the_inputs(line, files):
    inputs = files(None, "uno", "", "due", None)
    assert told(summarize(inputs, Settings(cache=False))) == [
        "there is no such file",
        ["uno"],
        "it is empty",
        ["due"],
        "there is no such file",
    ]


def test_a_text_that_breaks_the_analysis_costs_only_itself(line, files):
    inputs = files("uno", "bad analysis", None, "due")
    first, second, third, fourth = told(summarize(inputs, Settings(cache=False)))
    assert (first, third, fourth) == (["uno"], "there is no such file", ["due"])
    assert second.startswith("matchcli failed while analysing it (RuntimeError: the parser stumbled, ")


def test_a_text_that_breaks_the_building_costs_only_itself(line, files):
    first, second = told(summarize(files("bad building", "due"), Settings(cache=False)))
    assert second == ["due"]
    assert "failed while understanding it (KeyError: 'minute', test_pipeline.py:" in first


def test_a_text_that_takes_too_long_costs_only_itself(line, files):
    def build(report, annotation):
        while "endless" in annotation:
            with contextlib.suppress(Exception):
                sum(range(1000))
        return [types.SimpleNamespace(text=annotation.strip())]

    line.setitem(sys.modules, "matchcli.timeline.build", types.SimpleNamespace(build=build))
    first, second = told(summarize(files("endless", "due"), Settings(cache=False, patience=0.2)))
    assert first == "it was not understood in 0.2 seconds of computing (see --max-time)"
    assert second == ["due"]
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_without_patience_or_outside_the_main_thread_there_is_no_limit():
    with at_most(0):
        assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    seen = []

    def work():
        with at_most(0.001):
            seen.append(sum(range(10**6)) and "done")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["done"]


def test_models_that_cannot_be_used_stop_everything(line, files):
    def annotate(self, reports):
        raise ModelError("no models")

    line.setattr("matchcli.language.annotate.Annotator.annotate", annotate)
    with pytest.raises(ModelError):
        list(summarize(files("uno"), Settings(cache=False)))


def test_an_outcome_is_yielded_before_later_inputs_are_read(line, files):
    long = "uno " * 2000
    read = []

    def watched():
        for item in files(None, long, "due"):
            read.append(item.path)
            yield item

    outcomes = summarize(watched(), Settings(cache=False))
    assert told([next(outcomes)]) == ["there is no such file"] and len(read) == 1
    assert told([next(outcomes)]) == [[long.strip()]] and len(read) == 2


def test_records_get_their_summary_in_the_language_asked_for(line, files):
    (outcome,) = summarize(files("uno"), Settings(cache=False, lang="en"))
    assert outcome.records[0].summary == "en: uno"


def test_texts_are_handed_on_only_where_asked_for(line, files):
    (without,) = summarize(files("uno"), Settings(cache=False))
    (with_text,) = summarize(files("uno"), Settings(cache=False, keep_text=True))
    assert (without.text, with_text.text) == (None, "uno")
    assert len(with_text.sha256) == 64


@pytest.fixture
def stored(line, monkeypatch):
    """The records that are kept, by text; `line`'s stand-ins are no records that could be encoded."""
    kept = {}

    class Kept:
        def __init__(self, cache, models, lang):
            pass

        def get(self, report):
            return kept.get(report.text)

        def put(self, report, records):
            kept[report.text] = records

    monkeypatch.setattr("matchcli.record_cache.RecordCache", Kept)
    return kept


def test_a_report_seen_before_is_neither_analysed_nor_built(stored, files, line):
    (first,) = told(summarize(files("uno"), Settings()))
    line.setattr("matchcli.language.annotate.Annotator.annotate", lambda *_: pytest.fail("analysed again"))
    assert told(summarize(files("uno"), Settings())) == [first]
    assert list(stored) == ["uno"]


def test_known_and_new_reports_come_in_the_order_of_the_inputs(stored, files):
    list(summarize(files("due", "quattro"), Settings()))
    inputs = files("uno", "due", None, "tre", "quattro")
    assert told(summarize(inputs, Settings())) == [
        ["uno"],
        ["due"],
        "there is no such file",
        ["tre"],
        ["quattro"],
    ]


def test_what_failed_is_not_stored(stored, files):
    list(summarize(files("bad building", "bad analysis"), Settings()))
    assert stored == {}


def test_without_the_cache_nothing_is_stored_or_found(stored, files):
    list(summarize(files("uno"), Settings(cache=False)))
    assert stored == {}
    stored["uno"] = []
    assert told(summarize(files("uno"), Settings(cache=False))) == [["uno"]]
