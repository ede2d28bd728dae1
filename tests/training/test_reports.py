"""Annotated reports are read, checked, and turned into gold cases."""

import json

import pytest

from matchcli.evaluation.gold import read_cases
from matchcli.training.checking import main, notes, problems
from matchcli.training.gold_case import gold_case, write_cases
from matchcli.training.reports import parse_reports

from .texts import SEVERAL, SINGLE, parsed


def test_the_text_is_read_without_its_marks_and_the_marks_keep_their_places():
    report = parsed(SINGLE)
    assert "[[" not in report.text and "((" not in report.text
    assert report.text.startswith("Portalba-Monteverde 2-1\n\nAl 12' Mario Ferri")
    told = [(mark.ids, report.text[mark.start : mark.end]) for mark in report.tellings]
    assert told[:3] == [((1,), "insacca"), ((2,), "pareggia"), ((3,), "calcia alto")]
    meant = [(report.text[m.start : m.end], m.person, m.side) for m in report.meanings]
    assert meant == [("il portoghese", "Freitas", None), ("i padroni di casa", None, "home")]


def test_the_head_and_the_event_lines_are_read():
    report = parsed(SINGLE)
    match = report.matches[1]
    assert (match.home, match.away, match.score, match.half_time) == (
        "Portalba",
        "Monteverde",
        (2, 1),
        (1, 0),
    )
    assert (match.venue, match.referee, match.coaches) == (
        "Stadio dei Pini",
        "Aldo Rossi",
        {"home": "Bianchi"},
    )
    assert match.players == {"home": ["Mario Ferri", "Nkosi", "Duranti"], "away": ["João Freitas", "Sala"]}
    assert report.others == ["Galli"]
    shot = report.events[3]
    assert (shot.type, shot.team, shot.minute, shot.outcome) == ("shot", "away", (64, 66), "off_target")
    assert report.events[0].qualifiers == ("header",)


def test_stoppage_time_extra_time_and_a_shoot_out_are_read():
    report = parsed(SINGLE.replace("; ht 1-0", "; et; so 4-3").replace("1H; 12; -; header", "1H; 45+2; -; -"))
    assert report.matches[1].extra_time and report.matches[1].shootout == (4, 3)
    assert (report.events[0].minute, report.events[0].stoppage) == ((45, 45), 2)


def test_several_matches_have_their_own_sides_and_events():
    report = parsed(SEVERAL)
    assert [match.home for match in report.matches.values()] == ["Portalba", "Castelnovo"]
    assert [event.id for event in report.events_of(2)] == [3, 4, 5, 6]
    assert report.meanings[0].side == "home" and report.meanings[0].match == 1


def test_a_right_report_has_no_problems():
    for source in (SINGLE, SEVERAL):
        assert problems(parsed(source)) == []
        assert notes(parsed(source)) == []


@pytest.mark.parametrize(
    ("right", "wrong", "problem"),
    [
        ("[[3:calcia alto]]", "calcia alto", "events without a mark in the text: [3]"),
        ("[[5:ammonito]]", "[[9:ammonito]]", "marks without an event line: [9]"),
        ("(presidente)\n---", "(presidente)", "2 parts, wanted 3"),
        ("2H; 64-66", "1H; 64-66", "minute outside its period"),
        ("1H; 12; -", "1H; 12+3; -", "stoppage time of a minute"),
        ("off_target", "wide", "outcome 'wide'"),
        ("; header", "; testata", "qualifiers ['testata']"),
        ("3; shot", "3; chance", "type 'chance'"),
        ("5; yellow_card; A; Sala", "5; yellow_card; H; Sala", "'Sala' is not in the roster of that side"),
        ("Freitas, Sala\n", "Freitas, Sala, Pinto\n", "roster name not in the text in this form: 'Pinto'"),
        ("portoghese=Freitas", "portoghese=Pinto", "reference to an unknown person"),
        ("; 2-1; ht", "; due a uno; ht", "match line?"),
        ("; header", "", "8 fields, wanted 9"),
        ("Nel primo", "[[Nel primo", "a mark was not understood"),
    ],
)
def test_what_is_wrong_is_told(right, wrong, problem):
    assert right in SINGLE
    assert any(problem in found for found in problems(parsed(SINGLE.replace(right, wrong))))


def test_goals_that_do_not_make_the_score_are_only_a_note():
    report = parsed(SINGLE.replace("; 2-1; ht", "; 3-1; ht"))
    assert problems(report) == []
    assert notes(report) == ["match 1: goals annotated (2, 1), score (3, 1)"]


def test_the_checker_prints_what_it_finds(tmp_path, capsys):
    path = tmp_path / "01.txt"
    path.write_text(SINGLE + "\n" + SEVERAL.replace("[[2:", "[[8:"), encoding="utf-8")
    assert main([str(path)]) == 1
    printed = capsys.readouterr().out
    assert "events without a mark in the text: [2]" in printed
    assert printed.endswith("2 reports, 11 events, 2 problems\n")


def test_a_file_holds_several_reports():
    assert [report.style for report in parse_reports(SINGLE + "\n" + SEVERAL)] == [
        "local daily, box score at the end",
        "two matches, a paragraph each",
    ]


def test_a_report_becomes_a_gold_case_whose_quotes_stand_in_the_text():
    report = parsed(SINGLE)
    case = gold_case(report, "prova")
    (match,) = case["matches"]
    assert (match["home"], match["home_goals"], match["half_time"], match["home_coach"]) == (
        "Portalba",
        2,
        (1, 0),
        "Bianchi",
    )
    assert [event["type"] for event in match["events"]] == ["goal", "yellow_card", "goal", "shot", "goal"]
    assert all(event["quote"] in report.text for event in match["events"])
    assert "insacca" in match["events"][0]["quote"]


def test_cases_are_written_as_the_evaluation_reads_them(tmp_path):
    folder = tmp_path / "annotated" / "locale"
    folder.mkdir(parents=True)
    (folder / "01.txt").write_text(SINGLE, encoding="utf-8")
    (folder / "02.txt").write_text(SEVERAL, encoding="utf-8")
    assert write_cases(tmp_path / "annotated", tmp_path / "cases", ["/02."]) == 1
    (case,) = read_cases(tmp_path / "cases")
    assert case.name == "locale-02-0" and len(case.matches) == 2
    assert json.loads((tmp_path / "cases" / "locale-02-0.json").read_text())["style"]
