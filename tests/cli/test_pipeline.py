"""Inputs become outcomes in order, and one bad input never stops the others."""

import sys
import types

import pytest

from matchcli import pipeline
from matchcli.language import ModelError
from matchcli.pipeline import Settings, summarize
from matchcli.reading import find_inputs


@pytest.fixture
def line(monkeypatch):
    """The rooms behind the pipeline, played by stand-ins: a text is its own analysis and record."""

    def annotate(reports, *, model, cache, threads):
        reports = list(reports)
        for report in reports:
            if "bad analysis" in report.text:
                raise RuntimeError("the parser stumbled")
        yield from (report.text for report in reports)

    def build(report, annotation):
        assert annotation == report.text
        if "bad building" in annotation:
            raise KeyError("minute")
        return [types.SimpleNamespace(text=annotation.strip())]

    def tell(record, lang):
        return f"{lang}: {record.text}"

    monkeypatch.setattr("matchcli.language.annotate", annotate)
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


def test_models_that_cannot_be_used_stop_everything(line, files):
    def annotate(reports, **options):
        raise ModelError("no models")
        yield

    line.setattr("matchcli.language.annotate", annotate)
    with pytest.raises(ModelError):
        list(summarize(files("uno"), Settings(cache=False)))


def test_an_outcome_is_yielded_before_later_inputs_are_read(line, files):
    def annotate(reports, **options):
        for report in reports:
            yield report.text

    line.setattr("matchcli.language.annotate", annotate)
    read = []

    def watched():
        for item in files("uno", "due"):
            read.append(item.path)
            yield item

    outcomes = summarize(watched(), Settings(cache=False))
    assert told([next(outcomes)]) == [["uno"]]
    assert len(read) == 1


def test_records_get_their_summary_in_the_language_asked_for(line, files):
    (outcome,) = summarize(files("uno"), Settings(cache=False, lang="en"))
    assert outcome.records[0].summary == "en: uno"


def test_texts_are_handed_on_only_where_asked_for(line, files):
    (without,) = summarize(files("uno"), Settings(cache=False))
    (with_text,) = summarize(files("uno"), Settings(cache=False, keep_text=True))
    assert (without.text, with_text.text) == (None, "uno")
    assert len(with_text.sha256) == 64


def test_the_cache_is_used_unless_switched_off():
    assert pipeline._cache(Settings(cache=False)) is None
    assert pipeline._cache(Settings()) is not None
