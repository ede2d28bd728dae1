"""Records are measured against gold, and a figure that is too low fails the command."""

import json

import pytest

from .helpers import RECORD, run

GOLD = {
    "id": "gara",
    "style": "a test",
    "matches": [
        {
            "home": "Portalba",
            "away": "Monteverde",
            "home_goals": 1,
            "away_goals": 0,
            "half_time": None,
            "extra_time": False,
            "shootout": None,
            "competition": None,
            "venue": None,
            "referee": None,
            "home_coach": None,
            "away_coach": None,
            "events": [
                {
                    "type": "goal",
                    "team": "home",
                    "player": "Ferri",
                    "player2": None,
                    "period": "1H",
                    "minute": [12, 12],
                    "stoppage": None,
                    "outcome": None,
                    "qualifiers": [],
                    "quote": "segna Ferri",
                }
            ],
        }
    ],
}


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "gara.json").write_text(json.dumps(GOLD))
    (tmp_path / "gara.txt").write_text("segna Ferri, giallo a Moro")
    (tmp_path / "records.jsonl").write_text(RECORD)
    return tmp_path


def test_figures_are_printed_as_a_table_or_as_json(gold):
    assert "goals_perfect 1.000" in run("evaluate", gold, gold / "records.jsonl").stdout
    figures = json.loads(run("evaluate", gold, gold / "records.jsonl", "--json").stdout)
    assert (figures["goal_strict_f1"], figures["header"], figures["all_f1"]) == (1.0, 1.0, 0.6667)


def test_a_figure_below_the_minimum_fails(gold):
    done = run("evaluate", gold, gold / "records.jsonl", "--min", "all_f1=0.9", "--min", "header=1")
    assert done.returncode == 1
    assert done.stderr == "matchcli: falls short: all_f1 0.667 < 0.9\n"


def test_mistakes_are_listed_where_asked_for(gold):
    assert (
        "gara: invented yellow_card Moro" in run("evaluate", gold, gold / "records.jsonl", "--errors").stdout
    )
    assert "invented" not in run("evaluate", gold, gold / "records.jsonl").stdout


def test_a_folder_without_gold_is_a_usage_error(tmp_path):
    done = run("evaluate", tmp_path)
    assert done.returncode == 2
    # a long path may part the words of the box over two lines
    assert "no gold cases" in " ".join(done.stderr.replace("│", " ").split())


def test_a_broken_record_is_named(gold):
    (gold / "records.jsonl").write_text("{}")
    done = run("evaluate", gold, gold / "records.jsonl")
    assert done.returncode == 1
    assert "records.jsonl, line 1" in done.stderr
