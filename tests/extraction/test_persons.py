"""Where persons are named, from the entities of the analysis."""

from matchcli.extraction.persons import gather_namings
from matchcli.language.annotation import Annotation, Entity, Sentence


def named(text: str, *names: str) -> list[str]:
    """What counts as names in ``text`` where the analysis has ``names`` for persons."""
    entities = tuple(Entity("PER", at := text.index(name), at + len(name)) for name in names)
    sentence = Sentence(0, len(text), 0, (), entities)
    return [naming.surface for naming in gather_namings(text, Annotation((sentence,)), [], [])]


def test_a_first_name_and_the_name_after_it_are_one_person():
    assert named("appoggia per Marcelo Lunardi che calcia", "Marcelo", "Lunardi") == ["Marcelo Lunardi"]


def test_names_with_a_comma_or_without_a_first_name_stay_two():
    assert named("per Marcelo, Lunardi calcia", "Marcelo", "Lunardi") == ["Marcelo", "Lunardi"]
    assert named("di Bonfanti Ceriani si dispera", "Bonfanti", "Ceriani") == ["Bonfanti", "Ceriani"]
