"""The page: one file, everything escaped, the report with its events' words marked."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from matchcli.record import Reason
from matchcli.rendering import render
from matchcli.rendering.drawing import WIDTH, draw
from matchcli.rendering.marking import mark

from . import records
from .records import event

TEXTS = {"sera.txt": records.EVENING_TEXT}
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """The elements of a page with their attributes and texts; fails on tags that do not match."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.open: list[int] = []
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag):
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data):
        for place in self.open:
            self.elements[place][2].append(data)

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        wanted = {name.rstrip("_"): value for name, value in wanted.items()}
        return [
            (attributes, "".join(text))
            for name, attributes, text in self.elements
            if name == tag
            and all(value in attributes.get(key, "").split(" ") for key, value in wanted.items())
        ]


def page(*given, **options) -> Page:
    stream = io.StringIO()
    render(given, "html", stream=stream, **options)
    return Page(stream.getvalue())


def test_header_summary_and_every_event_are_on_the_page():
    shown = page(records.evening())
    assert shown.all("h1")[0][1] == "Vallescura 2-1 Porto Cedrino"
    assert "rimonta" in shown.all("p", class_="summary")[0][1]
    assert "Coppa delle Valli · semifinale" in [text for _, text in shown.all("p", class_="notes")]
    events = [re.sub(r"\s+", " ", text).strip() for _, text in shown.all("li", class_="event")]
    assert len(events) == 4 and events[1].startswith("53-59' Gol Tommaso Ferrandi Vallescura (di testa) 1-1")


def test_nothing_is_loaded_from_anywhere():
    source = page(*[make() for make in (records.evening, records.busy)], texts=TEXTS).source
    assert not re.search(r"""(?:src|href|action)=["'](?!#)""", source)
    assert not re.search(r"url\(|@import|https?://", source)


def test_the_policy_allows_this_style_and_this_script_alone():
    shown = page(records.hostile())
    policy = shown.all("meta", **{"http-equiv": "Content-Security-Policy"})[0][0]["content"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    for tag in ("style", "script"):
        ((_, content),) = shown.all(tag)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not any("style" in attributes for _, attributes, _ in shown.elements)
    assert not any(name.startswith("on") for _, attributes, _ in shown.elements for name in attributes)


def test_everything_of_the_record_and_of_the_report_is_escaped():
    nasty = "</mark><img src=x onerror=alert(1)>\"'&lt; {{ 7*7 }}"
    given = records.record(
        [
            event(
                "goal",
                team="home",
                player=nasty,
                minute=3,
                text=nasty,
                span=(0, len(nasty)),
                explain=[Reason(kind="meant", words=nasty, name=nasty)],
            )
        ],
        home=nasty,
        away=nasty,
        venue=nasty,
        competition=nasty,
        referee=nasty,
        home_coach=nasty,
    )
    shown = page(given, texts={"sera.txt": nasty}, explain=True)
    assert not shown.all("img")
    assert shown.all("mark")[0][1] == nasty
    assert nasty in shown.all("h1")[0][1] and "49" not in shown.all("h1")[0][1]


def test_control_characters_do_not_reach_the_page():
    source = page(records.hostile(), texts={"cattivo.txt": "\x1b[2J\x00\x9b\u202eRosso\x07 " * 9}).source
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", source)


def test_each_events_words_are_marked_in_the_report_and_linked_both_ways():
    shown = page(records.evening(), texts=TEXTS)
    assert shown.all("div", class_="text")[0][1] != ""
    marks = {attributes["data-event"]: text for attributes, text in shown.all("mark")}
    for number, one in enumerate(records.evening().events, 1):
        assert marks[f"m1-e{number}"] == one.text
        assert shown.all("a", id=f"m1-w{number}")[0][0]["href"] == f"#m1-e{number}"
        assert shown.all("li", id=f"m1-e{number}")
        assert shown.all("a", href=f"#m1-w{number}")


def test_without_the_report_the_words_stand_under_the_events():
    shown = page(records.evening())
    assert not shown.all("mark")
    assert "«Nel recupero viene espulso Ezio Carnevari»" in [
        text for _, text in shown.all("p", class_="words")
    ]


def test_another_text_than_the_records_marks_nothing():
    assert not page(records.evening(), texts={"sera.txt": "Tutt'altro testo."}).all("mark")


def test_the_text_is_found_by_hash_too():
    assert page(records.evening(), texts={"sera.txt-hash": records.EVENING_TEXT}).all("mark")


def test_texts_that_arrive_while_records_are_read_are_used():
    texts: dict[str, str] = {}

    def reading():
        texts["sera.txt"] = records.EVENING_TEXT
        yield records.evening()

    stream = io.StringIO()
    render(reading(), "html", stream=stream, texts=texts)
    assert "<mark" in stream.getvalue()


def test_marks_that_overlap_or_nest_lose_no_letter():
    text = "abcdefghij"
    spans = [(0, 10), (2, 5), (4, 8), (2, 5), (9, 9), (8, 40)]
    given = records.record([event("shot", text=text[a:b], span=(a, b)) for a, b in spans])
    given.source.span = (0, len(text))
    pieces = mark(given, text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if 2 in piece.events] == ["cd", "e"]
    assert next(piece for piece in pieces if piece.text == "e").events == (2, 4, 3, 1)
    assert [piece.opened for piece in pieces if piece.opened] == [(1,), (2, 4), (3,)]


def test_a_match_of_a_roundup_shows_its_own_part_of_the_text():
    text = "PRIMA PARTITA. Gol di Rui.\nSECONDA PARTITA. Gol di Bes."
    given = records.record([event("goal", text="Gol di Bes", span=(text.index("Gol di Bes"), len(text) - 1))])
    given.source.span = (text.index("SECONDA"), len(text))
    assert "".join(piece.text for piece in mark(given, text)) == "SECONDA PARTITA. Gol di Bes."


def test_several_matches_make_one_page_with_an_index():
    shown = page(records.evening(), records.busy(), records.bare())
    assert shown.all("h1")[0][1] == "3 partite"
    assert shown.all("a", href="#m2")[0][1] == "Atletico Fossanera – Olympique Sainte-Brume 2-2"
    assert len(shown.all("article")) == 3 and len(shown.all("h2", class_="board")) == 3


def test_one_match_has_no_index_and_none_says_so():
    assert not page(records.evening()).all("nav")
    assert page().all("p")[0][1] == "Nessuna partita."


def test_ids_are_unique_and_links_lead_somewhere():
    shown = page(records.evening(), records.busy(), records.hostile(), texts=TEXTS)
    ids = [attributes["id"] for _, attributes, _ in shown.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for _, attributes, _ in shown.elements if "href" in attributes}
    assert targets and {target[1:] for target in targets} <= set(ids)


def test_headings_go_down_step_by_step():
    for shown in (page(records.busy(), texts=TEXTS), page(records.evening(), records.busy())):
        levels = [int(name[1]) for name, _, _ in shown.elements if re.fullmatch("h[1-6]", name)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_language_is_declared():
    assert page(records.evening()).all("html")[0][0]["lang"] == "it"
    english = page(records.evening(), lang="en", texts=TEXTS)
    assert english.all("html")[0][0]["lang"] == "en"
    assert english.all("div", class_="text")[0][0]["lang"] == "it"


def test_reasons_stand_only_where_they_are_asked():
    assert [text for _, text in page(records.evening(), explain=True).all("ul", class_="why")]
    assert not page(records.evening()).all("ul", class_="why")


# The drawing


def test_windows_are_drawn_as_long_as_they_are_and_exact_minutes_as_points():
    items = {item.number: item for item in draw(records.evening(), "it").items}
    assert items[1].exact and items[4].exact and not items[2].exact
    minute = (items[3].right - items[3].left) / 8
    assert (items[2].right - items[2].left) / 6 == pytest.approx(minute, rel=0.02)
    assert items[2].left < items[2].x < items[2].right


def test_home_stands_above_the_line_and_away_below():
    drawing = draw(records.busy(), "it")
    for item in drawing.items:
        assert (item.y < drawing.axis_y) == (item.side != "away")


def test_minutes_go_from_left_to_right_and_stoppage_time_has_its_own_room():
    items = {item.number: item for item in draw(records.busy(), "it").items}
    exact = [items[n] for n in (2, 3, 4, 5, 11, 12, 14, 15, 17, 18, 22, 23, 25, 26, 29)]
    assert [item.x for item in exact] == sorted(item.x for item in exact)
    assert items[12].x < items[14].x


def test_extra_time_is_drawn_only_where_there_was_some():
    assert len(draw(records.evening(), "it").halves) == 2
    assert len(draw(records.busy(), "it").halves) == 4


def test_no_two_events_of_thirty_are_drawn_over_one_another():
    drawing = draw(records.busy(), "it")
    boxes = [(min(i.hit_x, i.left), max(i.hit_x + i.hit_width, i.right), i.y) for i in drawing.items]
    for place, (left, right, y) in enumerate(boxes):
        assert left >= 0 and right <= WIDTH
        for other_left, other_right, other_y in boxes[place + 1 :]:
            assert y != other_y or right <= other_left or other_right <= left
    assert drawing.height < 300


@pytest.mark.parametrize("minutes", [(52, 66), (85, 90), (46, 90), (1, 45), (3, 6), (106, 120)])
@pytest.mark.parametrize("player", [None, "Ivo", "Oreste Valpiana", "Massimiliano Ferrantelli"])
def test_no_border_of_a_window_runs_through_its_label(minutes, player):
    given = event("shot", team="home", player=player, minute_range=minutes, minute_basis="bounded")
    (item,) = draw(records.record([given], extra_time=True), "it").items
    label_left, label_right = item.hit_x + 2, item.hit_x + item.hit_width - 2
    if item.anchor == "start":
        label_left = item.label_x
    else:
        label_right = item.label_x
    assert not any(label_left < edge < label_right for edge in (item.left, item.right))
    assert label_left >= 0 and label_right <= WIDTH


def test_an_event_of_which_only_the_half_is_known_is_drawn_over_all_of_it():
    drawing = draw(records.record([event("shot", team="home", period="2H")]), "it")
    (item,) = drawing.items
    assert (item.left, item.right) == (drawing.halves[1].x, drawing.halves[1].x + drawing.halves[1].width)


def test_an_event_of_which_no_time_is_known_is_counted_but_not_drawn():
    drawing = draw(records.record([event("shot", team="home"), event("shot", minute=3)]), "it")
    assert len(drawing.items) == 1 and drawing.left_out == 1
    assert "solo nell'elenco: 1" in page(
        records.record([event("shot"), event("shot", minute=3)])
    ).source.replace("&#39;", "'")


def test_of_very_many_events_the_goals_are_drawn():
    shots = [event("shot", team="home", minute=1 + number % 90) for number in range(2000)]
    drawing = draw(records.record([*shots, event("goal", team="away", minute=9)]), "it")
    assert [item.type for item in drawing.items] == ["goal"] and drawing.left_out == 2000


@pytest.mark.parametrize("minute", [0, -5, 130, 100000])
def test_impossible_minutes_stay_on_the_page(minute):
    strange = event("shot", team="home", period="2H", minute_range=(minute, minute), stoppage=None)
    for item in draw(records.record([strange]), "it").items:
        assert 0 <= item.x <= WIDTH
