"""Whatever stands in a record, the output reads back and commands nothing.

``MATCHCLI_EXAMPLES=10000 pytest tests/rendering/test_properties.py`` tries that many records in each test.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from matchcli.record import Record
from matchcli.rendering import FORMATS, render
from matchcli.rendering.clean import clean, clean_lines
from matchcli.rendering.drawing import WIDTH, draw
from matchcli.rendering.marking import mark
from matchcli.rendering.summary import summarize

from . import strategies
from .test_html import Page

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: All the elements that the page itself is made of.
ELEMENTS = set(
    re.findall(
        r"\w+",
        "html head meta title style body svg symbol circle path rect nav h1 h2 h3 h4 ol li a span main "
        "article header p section div g text line use ul mark aside footer script b",
    )
)

many = settings(
    max_examples=int(os.environ.get("MATCHCLI_EXAMPLES", "40")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def written(format: str, given_records: list[Record], **options) -> str:
    """Render through real UTF-8 bytes: what cannot be encoded fails here as it would in a pipe."""
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="utf-8", newline="")
    render(given_records, format, stream=stream, **options)
    stream.flush()
    return buffer.getvalue().decode("utf-8")


@many
@given(strategies.records, st.sampled_from(FORMATS), st.sampled_from(["it", "en"]), st.booleans())
def test_no_format_fails_or_writes_a_control_character(record, format, lang, explain):
    shown = written(format, [record, record], lang=lang, explain=explain)
    if format == "tsv":
        shown = shown.replace("\t", " ")
    assert not CONTROL.search(shown)


@many
@given(st.lists(strategies.records, max_size=3))
def test_json_and_jsonl_read_back_the_same(records):
    lines = written("jsonl", records, explain=True).split("\n")
    assert lines.pop() == ""
    assert [Record.model_validate(json.loads(line)) for line in lines] == records
    array = json.loads(written("json", records, explain=True))
    assert [Record.model_validate(one) for one in array] == records


@many
@given(st.lists(strategies.records, max_size=3), st.sampled_from(["csv", "tsv"]), st.booleans())
def test_csv_and_tsv_read_back_with_every_cell_safe(records, format, explain):
    shown = written(format, records, explain=explain)
    rows = list(csv.reader(io.StringIO(shown), delimiter="\t" if format == "tsv" else ","))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + sum(max(len(record.events), 1) for record in records)
    for row in rows[1:]:
        for name, cell in zip(rows[0], row, strict=True):
            # Numbers may be below zero only where the record says so.
            number = name in ("minute", "minute_low", "minute_high", "start", "end")
            assert number or not cell.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@many
@given(strategies.records)
def test_markdown_shows_names_letter_for_letter_and_no_markup_of_theirs(record):
    markdown = MarkdownIt("gfm-like", {"linkify": False})
    shown = Page_of_markdown(markdown.render(written("markdown", [record])))
    assert shown.tags <= {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "ul", "li"}
    squeezed = re.sub(r"\s+", "", shown.text)
    for name in (record.match.home.name, record.match.referee, record.match.venue):
        assert re.sub(r"\s+", "", clean(name or "")) in squeezed


class Page_of_markdown(Page):
    """The page that Markdown gives: its tags and its text."""

    def __init__(self, source: str) -> None:
        super().__init__(f"<div>{source}</div>")
        self.tags = {name for name, _, _ in self.elements} - {"div"}
        self.text = "".join(self.elements[0][2])


@many
@given(strategies.told(), st.booleans())
def test_the_page_has_its_own_elements_alone_and_shows_the_text_letter_for_letter(told, explain):
    record, text = told
    page = Page(written("html", [record], texts={record.source.path: text}, explain=explain))
    assert {name for name, _, _ in page.elements} <= ELEMENTS
    assert not any(
        name.startswith("on") or name in ("style", "src")
        for _, attributes, _ in page.elements
        for name in attributes
    )
    assert all(attributes["href"].startswith("#") for attributes, _ in page.all("a"))
    assert len(page.all("li", class_="event")) == len(record.events)
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@many
@given(strategies.told())
def test_marked_pieces_joined_are_the_text(told):
    record, text = told
    pieces = mark(record, text)
    assert "".join(piece.text for piece in pieces) in clean_lines(text)
    for number, event in enumerate(record.events, 1):
        low, high = event.span
        words = "".join(piece.text for piece in pieces if number in piece.events)
        stands = 0 <= low < high <= len(text) and text[low:high] == event.text
        assert words == (clean_lines(event.text) if stands else "")


@many
@given(strategies.records)
def test_the_drawing_stays_on_its_paper_and_forgets_no_event(record):
    drawing = draw(record, "it")
    course = sum(event.type in ("kick_off", "half_time", "full_time") for event in record.events)
    assert len(drawing.items) + drawing.left_out + course == len(record.events)
    for item in drawing.items:
        assert 0 <= item.left <= item.right <= WIDTH and 0 <= item.x <= WIDTH
        assert 0 < item.y < drawing.height


@many
@given(strategies.records, st.sampled_from(["table", "text"]), st.integers(2, 120))
def test_lines_keep_to_the_width(record, format, width):
    # A minute ("106-120'") and a running score ("12-12") are never parted: they set the least width.
    shown = written(format, [record], width=width)
    assert max(map(cell_len, shown.split("\n"))) <= max(width, 2)


@many
@given(strategies.records, st.sampled_from(["it", "en"]))
def test_the_summary_is_whole_sentences_and_the_same_each_time(record, lang):
    said = summarize(record, lang)
    assert said == summarize(record, lang)
    assert said == said.strip() and "\n" not in said and said[-1] in ".!?"


@many
@given(strategies.records, st.sampled_from(["it", "en"]))
def test_the_summary_gives_no_number_that_the_record_does_not_give(record, lang):
    from matchcli.rendering.summary.times import NARROW

    for event in record.events:
        for field in ("player", "assist", "player_off", "player2"):
            if getattr(event, field):
                setattr(event, field, "Rui")
    for team, name in ((record.match.home, "Alba"), (record.match.away, "Zefira")):
        team.name, team.coach = name, None
    record.match.competition = record.match.round = record.match.venue = None
    record.match.referee = record.match.attendance = None
    score = record.match.score
    known = {score.home, score.away, 0}
    for tally in (score.half_time, score.shootout, *(event.score for event in record.events)):
        known |= {tally.home, tally.away} if tally else set()
    for event in record.events:
        known |= {event.minute, event.stoppage, *(event.minute_range or ())}
        low, high = sorted(event.minute_range or (0, 99))
        if high - low <= NARROW:
            known.add((low + high) // 2)
    for number in re.findall(r"\d+", summarize(record, lang)):
        assert int(number) in {abs(one) for one in known if one is not None}


@many
@given(strategies.records)
def test_a_summary_of_an_unknown_or_level_score_names_no_winner(record):
    record.match.home.name, record.match.away.name = "Alba", "Zefira"
    score = record.match.score
    score.shootout = None
    if score.home is not None and score.away is not None:
        score.away = score.home
    first = summarize(record).split(". ")[0]
    assert not re.search(r"\b(batte|supera|vince|piega|travolge|dilaga|impone|rimonta|spunta)\b", first)


@many
@given(st.lists(st.sampled_from(strategies.NASTY)).map("".join))
def test_clean_is_one_line_without_control_characters_and_clean_already(text):
    cleaned = clean(text)
    assert not CONTROL.search(cleaned) and "\n" not in cleaned and clean(cleaned) == cleaned
    assert len(clean_lines(text)) == len(text)


@pytest.mark.parametrize("format", FORMATS)
def test_any_format_writes_something_for_no_records_or_nothing_at_all(format):
    shown = written(format, [])
    assert shown == "" if format in ("table", "jsonl", "markdown", "text") else shown.endswith("\n")
