"""Sizes, steps and seeds: all that is chosen by hand in the training of the two readers."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Hiding:
    """How often features are hidden in training, so that no reader leans on one kind alone.

    ``weak`` is the share of tokens without the features that begin with ``helps``, of the lexicon or
    the layout; ``plain`` that of tokens without words; ``whole`` the share of texts that are weak
    altogether; ``names`` the share of proper nouns whose word vectors are those of an unknown word.
    ``renamed`` is the share of texts in which every name has the letters of another, so that nobody's
    side is learned by heart; in these ``names_renamed`` takes the place of ``names``.
    """

    helps: tuple[str, ...]
    weak: float
    plain: float
    whole: float = 0.0
    names: float = 0.0
    renamed: float = 0.0
    names_renamed: float = 0.0
    #: The share of tokens of which the context tells nothing.
    context: float = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """One reader's training.

    ``hidden`` to ``pool`` are widths: of each LSTM, of the summed features, of the words' vectors and of
    the words in their context once narrowed (0 for a reader that does without the context), of letters and
    of words by their letters, of the layer that weighs pairs, and of what all mentions of one person say
    together.
    ``epochs`` are passes over all texts, ``batch`` texts a step, ``rate`` AdamW's highest learning rate.
    """

    hidden: int
    bag: int
    word: int
    context: int
    letter: int
    shape: int
    pair: int
    pool: int
    epochs: int
    batch: int
    rate: float
    hiding: Hiding
    dropout: float = 0.33
    #: How much of what the context tells of a word is hidden.
    context_hidden: float = 0.2
    seed: int = 1
    weight_decay: float = 0.01
    longest_gradient: float = 2.0
    #: Steps in which the learning rate grows to its height; it then falls along a cosine to ``last_rate`` of it.
    warming: int = 60
    last_rate: float = 0.05
    #: Figures are measured and weights written after so many passes.
    measured_every: int = 3


EVENTS = Plan(
    hidden=160,
    bag=128,
    word=80,
    context=160,
    letter=24,
    shape=40,
    pair=96,
    pool=64,
    epochs=10,
    batch=6,
    rate=0.002,
    hiding=Hiding(("cue", "role:", "flag:", "outcome:", "qualifier:"), weak=0.08, plain=0.12, renamed=0.8),
)
#: The second reader of events does without the context.
EVENTS_PLAIN = replace(EVENTS, context=0, epochs=14)
SHEET = Plan(
    hidden=128,
    bag=96,
    word=64,
    context=128,
    letter=24,
    shape=40,
    pair=0,
    pool=48,
    epochs=14,
    batch=4,
    rate=0.002,
    hiding=Hiding(
        ("fixture", "hit", "stretch", "guess", "ground"),
        weak=0.1,
        plain=0.15,
        whole=0.15,
        names=0.3,
        renamed=0.6,
        names_renamed=0.8,
    ),
)
#: The second reader of headers has more hidden from it.
SHEET_SECOND = replace(
    SHEET,
    dropout=0.45,
    context_hidden=0.35,
    hiding=replace(SHEET.hiding, context=0.2),
    epochs=12,
    seed=2,
)

#: A feature is known from so many tokens of the training texts on, a lemma, a word form and a letter from more.
LEAST_OF_FEATURE = 2
LEAST_OF_LEMMA = 4
LEAST_OF_FORM = 5
LEAST_OF_LETTER = 5

#: How often a text of the event reader has the sides of its line-ups hidden.
LINE_UPS_HIDDEN = 0.6
#: Of three texts one has some persons' sides told, up to this share of the persons.
MOST_REVEALED = 0.6
