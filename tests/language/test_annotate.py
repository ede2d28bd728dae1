"""Annotation by the bundled models: offsets, blocks, order."""

import gc

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchcli.language.annotate import Annotator, annotate, annotate_one
from matchcli.language.batches import batches
from matchcli.language.models import find_models
from matchcli.reading.report import Block, Report

ANNOTATOR = Annotator(find_models("bundled"))


def report(*blocks: str, separator: str = "\n\n") -> Report:
    """A report whose blocks are the given texts."""
    text, places = "", []
    for block in blocks:
        text += separator if text else ""
        places.append(Block(len(text), len(text) + len(block), "paragraph"))
        text += block
    return Report("x.txt", text, "", "utf-8", tuple(places))


def analysed(*blocks: str, separator: str = "\n\n"):
    given_report = report(*blocks, separator=separator)
    return given_report, ANNOTATOR.annotate([given_report])[0]


def words_of(annotation):
    return [word for sentence in annotation.sentences for word in sentence.words]


def test_every_word_stands_where_its_offsets_say():
    given_report, annotation = analysed(
        "L’Udinese ospita il Bari:\tdella serie", "Finisce 2-1, al 45'+2 segna D'Amico."
    )
    surfaces = [given_report.text[word.start : word.end] for word in words_of(annotation)]
    assert surfaces[:5] == ["L’", "Udinese", "ospita", "il", "Bari"]
    assert "della" in surfaces and "45'+2" in surfaces and "2-1" in surfaces
    for word in words_of(annotation):
        assert word.text == given_report.text[word.start : word.end] or word.text in ("di", "la", "a", "il")


def test_sentences_never_cross_blocks():
    given_report, annotation = analysed(
        "Rimonta viola", "La Fiorentina passa nel finale", "E vince.", separator="\n"
    )
    assert [sentence.block for sentence in annotation.sentences] == [0, 1, 2]
    for sentence in annotation.sentences:
        block = given_report.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end


def test_words_of_a_multi_word_token_share_its_offsets():
    _, annotation = analysed("Segna il centravanti della squadra di casa.")
    di, la = (word for word in words_of(annotation) if (word.start, word.end) == (21, 26))
    assert (di.text, di.upos, la.lemma, la.upos) == ("di", "ADP", "il", "DET")


def test_the_root_has_head_minus_one_and_heads_are_indices_in_the_sentence():
    _, annotation = analysed("Il portiere para il rigore. Il pubblico applaude.")
    for sentence in annotation.sentences:
        roots = [word for word in sentence.words if word.head == -1]
        assert [word.deprel for word in roots] == ["root"]
        assert all(-1 <= word.head < len(sentence.words) for word in sentence.words)
    first = annotation.sentences[0].words
    assert first[first[1].head].text == "para" and first[1].deprel == "nsubj"


def test_entities_have_the_reports_offsets():
    given_report, annotation = analysed(
        "Serata di coppa", "L’Inter batte il Kairat a San Siro con un gol di Federico Dimarco."
    )
    found = {
        (entity.label, given_report.text[entity.start : entity.end])
        for entity in annotation.sentences[1].entities
    }
    assert {("ORG", "Inter"), ("PER", "Federico Dimarco"), ("LOC", "San Siro")} <= found


def test_an_apostrophe_for_an_accent_belongs_to_its_word():
    _, annotation = analysed("Il Bari vince perche' e' piu' forte, un po' di fortuna.")
    lemmas = {word.text: word.lemma for word in words_of(annotation)}
    assert lemmas["perche'"] == "perché" and lemmas["e'"] == "essere" and lemmas["piu'"] == "più"
    assert "po'" in lemmas


def test_foreign_letters_stay_in_the_words_that_are_shown():
    _, annotation = analysed("Entra Çalhanoğlu al posto di Kvaratskhelia.")
    assert ("Çalhanoğlu", "Çalhanoğlu") in {(word.text, word.lemma) for word in words_of(annotation)}


def test_a_batch_gives_what_single_reports_give():
    reports = [report("Il Bari pareggia."), report("Titolo", "Segna Rossi al 12'."), report("Tutti a casa.")]
    assert list(annotate(reports)) == [ANNOTATOR.annotate([one])[0] for one in reports]


def test_the_same_report_twice_in_a_batch_is_annotated_twice():
    one = report("Il Bari pareggia.")
    first, second = ANNOTATOR.annotate([one, one])
    assert first == second and len(first.sentences) == 1


def test_what_the_models_are_made_of_is_not_looked_through_for_garbage_again():
    assert ANNOTATOR.pipeline
    assert gc.isenabled() and gc.get_freeze_count() > 100_000


def test_a_report_without_words_has_no_sentences():
    assert annotate_one(Report("x", "", "", "utf-8", ())).sentences == ()
    _, annotation = analysed("\u200b\x85\x00", "Gol.")
    assert [sentence.block for sentence in annotation.sentences] == [1]


def test_a_text_without_any_full_stop_is_cut_into_sentences_of_bounded_length():
    _, annotation = analysed("passa e ripassa la palla " * 400)
    assert max(len(sentence.words) for sentence in annotation.sentences) <= 450


def test_results_of_the_first_batch_come_before_later_reports_are_read():
    read = []

    def reading():
        for number in range(50):
            read.append(number)
            yield report("Segna Rossi. " * 40)

    next(batches(reading(), lambda report: len(report.text)))
    assert len(read) < 20


def test_a_text_as_long_as_a_book_is_analysed_in_parts(monkeypatch):
    one = report(*["Segna Rossi al 12' di testa." for _ in range(20)])
    whole = ANNOTATOR.annotate([one])
    monkeypatch.setattr("matchcli.language.batches.LARGEST_PART", 100)
    sizes = []
    analyse = ANNOTATOR.analyse
    monkeypatch.setattr(ANNOTATOR, "analyse", lambda blocks: sizes.append(len(blocks)) or analyse(blocks))
    assert ANNOTATOR.annotate([one]) == whole
    assert sum(sizes) == 20 and max(sizes) <= 4


def test_what_needs_no_analysis_waits_only_for_what_is_before_it():
    lengths = iter([0, 0, 10, 0, 5000, 0])
    assert list(batches(lengths, lambda length: length)) == [[0], [0], [10, 0, 5000], [0]]


def test_a_batch_does_not_grow_without_end_behind_a_short_text():
    lengths = iter([10] + [0] * 1000)
    assert max(len(batch) for batch in batches(lengths, lambda length: length)) <= 400


ALPHABET = "abeiosrtAEGRò’'\"“«».,;:!?()-–+0123456789 \n\t\u00a0\u200b\x00\x85čğ😀́"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=60), min_size=1, max_size=4))
def test_tokens_of_any_text_are_in_order_and_cover_what_is_not_blank(texts):
    given_report, annotation = analysed(*texts)
    text, position = given_report.text, 0
    covered = set()
    for sentence in annotation.sentences:
        block = given_report.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert (sentence.words[0].start, sentence.words[-1].end) == (sentence.start, sentence.end)
        for word in sentence.words:
            assert position <= word.start < word.end
            position = word.start
            covered.update(range(word.start, word.end))
        assert all(
            sentence.start <= entity.start < entity.end <= sentence.end for entity in sentence.entities
        )
    blank = {"\u200b", "\x00", "\x85"}
    uncovered = [place for place in range(len(text)) if place not in covered]
    assert all(text[place].isspace() or text[place] in blank for place in uncovered)
