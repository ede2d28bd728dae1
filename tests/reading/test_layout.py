"""Lines become the blocks that a reader of the page sees."""

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchcli.reading.layout import BLANK, blocks_of


def layout(text):
    return [(block.kind, text[block.start : block.end]) for block in blocks_of(text)]


def test_a_heading_does_not_stick_to_the_sentence_under_it():
    assert layout("Prima frase del pezzo.\nFerri in extremis\nLa gara comincia forte.") == [
        ("paragraph", "Prima frase del pezzo."),
        ("heading", "Ferri in extremis"),
        ("paragraph", "La gara comincia forte."),
    ]


def test_the_first_line_is_a_title_where_it_looks_like_one():
    assert layout("Portalba, che rimonta!\n\nFinisce 3-2 una gara folle.")[0] == (
        "title",
        "Portalba, che rimonta!",
    )


def test_a_first_paragraph_is_no_title():
    text = "Il Portalba vince ancora, e lo fa con una rete nel finale di Ferri, entrato da poco.\nPoi festa."
    assert layout(text)[0][0] == "paragraph"


@pytest.mark.parametrize(
    "heading", ["LE VOCI", "PRIMO TEMPO", "Il tabellino", "## La ripresa", "**Le pagelle**"]
)
def test_headings_are_told_from_paragraphs(heading):
    kind, text = layout(f"Prima frase del pezzo.\n\n{heading}\n\nUn'altra frase intera.")[1]
    assert (kind, text) == ("heading", heading.strip("#* "))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_live_lines_stand_alone_under_every_line_end(ending):
    text = ending.join(["LA DIRETTA", "5’ pt ▶️ Si parte.", "- 63' Cambio: dentro Moro", "⚽ 90'+2 GOL!"])
    assert layout(text) == [
        ("title", "LA DIRETTA"),
        ("live", "5’ pt ▶️ Si parte."),
        ("live", "63' Cambio: dentro Moro"),
        ("live", "⚽ 90'+2 GOL!"),
    ]


def test_a_bare_number_is_a_minute_only_in_a_text_full_of_them():
    assert [kind for kind, _ in layout("Cronaca\n3 - angolo.\n12 - palo.\n40 - gol di Moro.")][1:] == [
        "live"
    ] * 3
    assert layout("Cronaca\n3 - i gol di Moro in stagione.")[1][0] == "paragraph"


def test_box_score_lines_are_told_from_prose():
    text = (
        "Una frase di racconto, chiusa da un punto.\n"
        "MONTEVERDE (3-5-2): Ferri; Moro, Bassi, Neri; Galli, Testa, Riva, Longo, Villa; Serra, Costa.\n"
        "MARCATORI: 12' Serra, 70' Costa.\nARBITRO: Gatti di Lodi."
    )
    assert [kind for kind, _ in layout(text)] == ["paragraph", "box", "box", "box"]


WRAPPED = """Il Portalba torna a vincere davanti al suo pubblico e lo fa nel modo
più bello, con due reti nei minuti finali che ribaltano il vantaggio di
Moro. Per gli ospiti una sconfitta che brucia, perché fino all'ottantesimo
la partita era stata nelle loro mani.

Al 12' Moro riceve da Bassi e calcia subito, il portiere tocca ma non
basta. La reazione dei padroni di casa arriva soltanto dopo la pausa, al
58' Serra colpisce la traversa."""


def test_lines_wrapped_at_a_width_are_one_paragraph():
    assert [text.split()[0] for _, text in layout(WRAPPED)] == ["Il", "Al"]
    assert [kind for kind, _ in layout(WRAPPED)] == ["paragraph", "paragraph"]


def test_a_wrapped_line_may_begin_with_a_capital_or_a_minute():
    second = layout(WRAPPED)[1][1]
    assert "al\n58' Serra" in second
    assert "di\nMoro" in layout(WRAPPED)[0][1]


def test_a_title_over_wrapped_text_stays_a_title():
    text = "Portalba, due gol in tre minuti e la paura passa\n" + WRAPPED.replace("\n\n", "\n")
    assert layout(text)[0] == ("title", "Portalba, due gol in tre minuti e la paura passa")


def test_a_wrapped_line_up_is_one_box():
    text = WRAPPED + (
        "\n\nMONTEVERDE (3-5-2): Ferri; Moro, Bassi, Neri; Galli, Testa (66' Conti),\n"
        "Riva, Longo, Villa; Serra, Costa. All. Marino\nARBITRO: Gatti di Lodi"
    )
    assert [kind for kind, _ in layout(text)][2:] == ["box", "box"]


def test_paragraphs_on_one_line_each_are_not_joined():
    long = "Una frase lunga che racconta la partita con tutti i suoi dettagli, " * 4 + "e finisce."
    assert len(layout(f"{long}\n{long}")) == 2


def test_rules_and_list_marks_are_no_text():
    assert layout("---\n> citazione di prova, con il punto.\n***\n* voce di elenco.") == [
        ("paragraph", "citazione di prova, con il punto."),
        ("paragraph", "voce di elenco."),
    ]


SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [64, 72, 80])
def test_a_report_wrapped_at_a_width_has_the_blocks_that_it_had_before(sample, width):
    def told(text):
        return [(kind, " ".join(block.split())) for kind, block in layout(text)]

    text = sample.read_text(encoding="utf-8")
    wrapped = "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )
    assert told(wrapped) == told(text)


@pytest.mark.parametrize("word", ["gol di Moro ", "a", "gol, ", "(gol"])
def test_an_endless_line_is_cut_into_pieces_that_a_parser_can_bear(word):
    text = "Prima frase. " + word * 3000 + ". Ultima frase. " * 200
    pieces = [text[block.start : block.end] for block in blocks_of(text)]
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert max(len(piece) for piece in pieces[:-1]) <= 2100
    assert len(pieces[-1]) > 2100  # sentences that end are left together


@pytest.mark.parametrize("sign", ["(", "«", "\u26bd\ufe0f", "- ", ". "])
def test_a_long_row_of_signs_is_left_out_and_the_words_around_it_stay(sign):
    text = "Prima frase di Moro " + sign * 200 + "ultima frase di Ferri."
    assert [text[block.start : block.end] for block in blocks_of(text)] == [
        "Prima frase di Moro",
        "ultima frase di Ferri.",
    ]


@pytest.mark.parametrize("row", ["." * 60, "e" + "\u0301" * 300, "!?" * 20])
def test_leaders_accents_and_exclamations_are_no_row_of_signs(row):
    text = f"Prima frase di Moro {row} ultima frase di Ferri."
    assert [(block.start, block.end) for block in blocks_of(text)] == [(0, len(text))]


LINES = st.lists(
    st.one_of(
        st.text(max_size=90),
        st.text(alphabet="a .", max_size=20).map(lambda piece: piece * 300),
        st.sampled_from(
            ["", "## Titolo", "- 63' Gol", "MARCATORI: 12' Moro", "---", "12'", *WRAPPED.splitlines()]
        ),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\x85", "\u2028"]))
def test_blocks_cover_the_text_in_order_without_overlap(pieces, ending):
    text = ending.join(pieces)
    place = 0
    left_out = []
    for block in blocks_of(text):
        assert place <= block.start < block.end <= len(text)
        inside = text[block.start : block.end]
        assert re.fullmatch(f"[^{BLANK}](.*[^{BLANK}])?", inside, re.DOTALL)
        left_out.append(text[place : block.start])
        place = block.end
    left_out.append(text[place:])
    marks = r"(?:[^\w\s]\s*){100,}|[-=*_~#>+|•·—–▪◦‣●○■□►▶➤→]"
    assert all(re.fullmatch(f"[{BLANK}]*", re.sub(marks, "", piece)) for piece in left_out)


def test_short_messages_of_a_forum_are_no_headings():
    text = "La gara nel forum\n\nugo81 » Palo di Moro\n\nFinita. Che sofferenza, ragazzi"
    assert [kind for kind, _ in layout(text)] == ["title", "paragraph", "paragraph"]
