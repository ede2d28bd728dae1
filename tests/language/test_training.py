"""The data side of the training recipe."""

import random

import pytest

from matchcli.language.models import ModelError
from matchcli.language.sentences import Token
from matchcli.language.training.conllu import read_trees, write_trees
from matchcli.language.training.entities import begin_inside, tag_line, with_other_names
from matchcli.language.training.evaluate import evaluate_football, score
from matchcli.language.training.football import (
    FOLDER,
    Paragraph,
    parse_line,
    parse_paragraphs,
    read_football,
    split_paragraphs,
)
from matchcli.language.training.run import command_line, read_recipe, train_all
from matchcli.language.training.tokens import clause_ends, corrected_tokens
from matchcli.language.training.treebanks import label_trees, plain_tree

TREES = """# text = Segna dell'Orco: è l'1-0.
1\tSegna\tsegnare\tVERB\tV\tMood=Ind\t0\troot\t_\t_
2-3\tdell'\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdi\tdi\tADP\tE\t_\t4\tcase\t_\t_
3\tl'\til\tDET\tRD\t_\t4\tdet\t_\t_
4\tOrco\tOrco\tPROPN\tSP\t_\t1\tobl\t_\tSpaceAfter=No
5\t:\t:\tPUNCT\tFC\t_\t1\tpunct\t_\t_
6\tè\tessere\tAUX\tVA\t_\t8\tcop\t_\t_
7\tl’\til\tDET\tRD\t_\t8\tdet\t_\tSpaceAfter=No
8\t1-0\t1-0\tNUM\tN\t_\t1\tparataxis\t8:x\tSpaceAfter=No
9\t.\t.\tPUNCT\tFS\t_\t1\tpunct\t_\t_

"""


def test_entities_are_read_out_of_a_marked_line():
    line = parse_line("Il {ORG:Bari} passa con {PER:D'Errico} a {LOC:Foggia}.")
    assert line.text == "Il Bari passa con D'Errico a Foggia."
    assert [(label, line.text[start:end]) for label, start, end in line.entities] == [
        ("ORG", "Bari"),
        ("PER", "D'Errico"),
        ("LOC", "Foggia"),
    ]


def test_headings_stand_alone_and_lines_make_paragraphs():
    paragraphs = list(parse_paragraphs("# Titolo\nUno.\nDue.\n# 3' Gol\n\nTre.\n"))
    assert [(len(paragraph.lines), paragraph.alone) for paragraph in paragraphs] == [
        (1, True),
        (2, False),
        (1, True),
        (1, False),
    ]


def test_the_kept_lines_are_none_of_the_trained_ones():
    paragraphs = list(parse_paragraphs("\n".join(f"Frase {number}." for number in range(50))))
    trained = split_paragraphs(paragraphs, 0.88, kept=False)
    kept = split_paragraphs(paragraphs, 0.88, kept=True)
    assert [len(part.lines) for part in trained + kept] == [44, 6]
    assert isinstance(kept[0], Paragraph) and kept[0].lines[0].text == "Frase 44."


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.name)
def test_the_annotated_lines_have_no_defect(path):
    for paragraph in parse_paragraphs(path.read_text(encoding="utf-8")):
        for line in paragraph.lines:
            assert "{" not in line.text and "}" not in line.text
            assert all(
                line.text[start:end].strip() == line.text[start:end] for _, start, end in line.entities
            )


def tokens_of(text: str, *pieces: str) -> list[Token]:
    tokens, position = [], 0
    for piece in pieces:
        start = text.index(piece, position)
        tokens.append(Token(start, start + len(piece)))
        position = start + len(piece)
    return tokens


@pytest.mark.parametrize(
    ("marked", "cut", "wanted"),
    [
        ("tira {PER:D'Ambrosio}", ["tira", "D'", "Ambrosio"], ["tira", "D'Ambrosio"]),
        ("{ORG:Inter}-{ORG:Milan}", ["Inter-Milan"], ["Inter", "-", "Milan"]),
        (
            "il {ORG:Paris Saint-Germain}",
            ["il", "Paris", "Saint", "-", "Germain"],
            ["il", "Paris", "Saint-Germain"],
        ),
        ("{PER:Ruozzi M.}.", ["Ruozzi", "M.."], ["Ruozzi", "M.", "."]),
        ("al 45'+2 segna", ["al", "45", "'+", "2", "segna"], ["al", "45'+2", "segna"]),
        ("16'st {PER:Riva}", ["16'st", "Riva"], ["16'", "st", "Riva"]),
        ("(38' s.t.)", ["(", "38'", "s.", "t.", ")"], ["(", "38'", "s.t.", ")"]),
    ],
)
def test_the_annotation_corrects_the_tokenizer(marked, cut, wanted):
    line = parse_line(marked)
    tokens = corrected_tokens(line, tokens_of(line.text, *cut))
    assert [line.text[token.start : token.end] for token in tokens] == wanted


def test_only_prepositions_and_verbs_with_pronouns_are_multi_word():
    line = parse_line("della {PER:Dalla Costa} quattordici fermarlo")
    tokens = tokens_of(line.text, "della", "Dalla", "Costa", "quattordici", "fermarlo")
    for token in tokens:
        token.mwt = True
    assert [token.mwt for token in corrected_tokens(line, tokens)] == [True, False, False, False, True]


def test_clauses_end_after_colons_as_in_the_treebanks():
    line = parse_line("Reti: Rossi; 20:45 Neri")
    tokens = tokens_of(line.text, "Reti", ":", "Rossi", ";", "20:45", "Neri")
    assert clause_ends(line, tokens) == {1, 3}


def test_tags_begin_and_go_on():
    line = parse_line("gol di {PER:Van Dijk} {PER:Rossi}")
    tokens = tokens_of(line.text, "gol", "di", "Van", "Dijk", "Rossi")
    assert [tag for _, tag in tag_line(line, tokens)] == ["O", "O", "B-PER", "I-PER", "B-PER"]
    assert begin_inside([("a", "PER"), ("b", "PER"), ("c", "O")]) == [
        ("a", "B-PER"),
        ("b", "I-PER"),
        ("c", "O"),
    ]


def test_other_names_keep_the_rest_of_the_line():
    pytest.importorskip("faker")
    sentence = [
        ("gol", "O"),
        ("di", "O"),
        ("Rossi", "B-PER"),
        ("M.", "I-PER"),
        (";", "O"),
        ("Rossi", "B-PER"),
    ]
    for seed in range(20):
        renamed = with_other_names(sentence, random.Random(seed), 1.0)
        assert [word for word, tag in renamed if tag == "O"] == ["gol", "di", ";"]
        assert [tag for _, tag in renamed].count("B-PER") == 2
        assert renamed != sentence


def test_trees_are_written_as_they_were_read(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(TREES, encoding="utf-8")
    trees = list(read_trees(path))
    assert trees[0].text == "Segna dell'Orco: è l’1-0."
    write_trees(trees, tmp_path / "b.conllu")
    assert (tmp_path / "b.conllu").read_text(encoding="utf-8") == TREES


def test_labels_mark_tokens_multi_word_tokens_and_sentences(tmp_path):
    path = tmp_path / "a.conllu"
    path.write_text(TREES, encoding="utf-8")
    labelled = label_trees([plain_tree(tree) for tree in read_trees(path)])
    assert labelled.text == "Segna dell'Orco: è l'1-0."
    marked = {
        labelled.text[: place + 1].split()[-1]: label
        for place, label in enumerate(labelled.labels)
        if label != "0"
    }
    assert marked["dell'"] == "3" and marked["dell'Orco:"] == "2" and marked["l'1-0."] == "2"


def test_the_recipe_names_data_that_exist():
    from matchcli.language.training.data import Data

    recipe = read_recipe()
    for processor in ("tokenize", "mwt", "pos", "lemma", "depparse", "ner"):
        for stage in recipe[processor]:
            assert callable(getattr(Data, stage["data"]))


def test_flags_have_no_value_on_the_trainers_command_line():
    assert command_line({"lr": 0.1, "share_hid": True}) == ["--lr", "0.1", "--share_hid"]


def test_training_says_what_data_is_missing(tmp_path):
    with pytest.raises(ModelError, match=r"it_isdt-ud-dev\.conllu is missing"):
        train_all(tmp_path, tmp_path / "out")


def test_scores_are_percent():
    assert score(3, 4, 6).precision == 75 and score(3, 4, 6).recall == 50 and score(3, 4, 6).f1 == 60


def test_the_bundled_models_keep_their_figures_on_football():
    from matchcli.language.models import find_models

    figures = evaluate_football(find_models("bundled"))
    assert sum(len(part) for part in read_football(kept=True)) > 80
    assert figures["Sentences"].f1 > 97 and figures["Entities"].f1 > 87
