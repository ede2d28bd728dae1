"""Run the recipe: lay out the data, train every model by Stanza's own trainers, pack the weights."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from matchcli.language.models import LANGUAGE, PROCESSORS, ModelError, ModelSet, find_models
from matchcli.language.training.data import Data
from matchcli.language.training.pack import WITH_VECTORS, pack
from matchcli.language.training.vectors import write_vectors

RECIPE = Path(__file__).with_name("recipe.toml")

SHORTHAND = "it_compact"

TRAINERS = {
    "tokenize": "tokenizer",
    "mwt": "mwt_expander",
    "pos": "tagger",
    "lemma": "lemmatizer",
    "depparse": "parser",
    "ner": "ner_tagger",
}

NEEDED = (
    "treebanks/it_isdt-ud-dev.conllu",
    "treebanks/it_isdt-ud-test.conllu",
    "ner/kind-wikinews-train.tsv",
)


def read_recipe() -> dict[str, Any]:
    """Sizes, steps and seeds (``recipe.toml``)."""
    return tomllib.loads(RECIPE.read_text(encoding="utf-8"))


def train_all(data_dir: Path, out_dir: Path, only: Sequence[str] | None = None) -> ModelSet:
    """Train the models (or those of the processors ``only``) and write them to ``out_dir``.

    Processors that are not trained are taken from the bundled models.  Work files stay in
    ``out_dir/work``.  Raises `ModelError` when data or a package for training are missing.
    """
    if unknown := set(only or ()) - set(PROCESSORS):
        raise ModelError(
            f"no model is called {', '.join(sorted(unknown))}; there are {', '.join(PROCESSORS)}"
        )
    for name in NEEDED:
        if not (data_dir / name).is_file():
            raise ModelError(f"{data_dir / name} is missing: DATA_DIR holds treebanks/ and ner/")
    recipe = read_recipe()
    work = out_dir / "work"
    data = Data(data_dir, work, recipe)
    bundled = {file.processor: file.path for file in find_models("bundled").files}
    vectors = bundled["pretrain"]
    if only is None:
        vectors = work / "vectors.pt"
        write_vectors(data.treebank_parts.train, **renamed_sizes(recipe["vectors"]), path=vectors)
    trained = {processor: bundled[processor] for processor in PROCESSORS}
    for processor in only or PROCESSORS:
        trained[processor] = train(processor, data, vectors, work)
    pack(trained, vectors, out_dir)
    return find_models(str(out_dir))


def renamed_sizes(sizes: dict[str, int]) -> dict[str, int]:
    """The recipe's table of the vectors as arguments."""
    return {"size": sizes["words"], "dimensions": sizes["dimensions"]}


def train(processor: str, data: Data, vectors: Path, work: Path) -> Path:
    """Run all stages of one model; the file of the last."""
    weights: Path | None = None
    for number, stage in enumerate(data.recipe[processor]):
        files = getattr(data, stage["data"])()
        target = work / "models" / processor / f"stage{number}.pt"
        arguments: dict[str, Any] = {
            **files,
            **stage["arguments"],
            "shorthand": SHORTHAND,
            "save_dir": str(target.parent),
            "save_name": target.name,
            "device": "cpu",
            "mode": "train",
        }
        if processor != "ner" and processor != "lemma":
            arguments["lang"] = LANGUAGE
        if processor in WITH_VECTORS:
            arguments["wordvec_pretrain_file"] = str(vectors)
        run_stage(processor, arguments, weights)
        weights = target
    assert weights is not None
    return weights


def run_stage(processor: str, arguments: dict[str, Any], weights: Path | None) -> None:
    """Call Stanza's trainer, going on from ``weights`` where they are given."""
    going_on: Any = nullcontext()
    if weights is not None:
        if processor == "ner":
            arguments |= {"finetune": True, "finetune_load_name": str(weights)}
        elif processor == "depparse":
            arguments |= {"continue_from": str(weights), "no_checkpoint": True}
            going_on = parser_going_on(weights)
        elif processor == "pos":
            going_on = tagger_going_on(weights)
        else:
            raise ModelError(f"{processor} cannot go on from earlier weights")
    module = importlib.import_module(f"stanza.models.{TRAINERS[processor]}")
    with going_on:
        module.main(command_line(arguments))


def command_line(arguments: dict[str, Any]) -> list[str]:
    """Arguments as the trainers' command lines take them: a true flag has no value."""
    line = []
    for name, value in arguments.items():
        line += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    return line


def vocabulary_of(weights: Path) -> Any:
    """The vocabulary that a tagger or parser was trained with: new data must be numbered by it."""
    import torch
    from stanza.models.pos.vocab import MultiVocab

    return MultiVocab.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True)["vocab"])


@contextmanager
def parser_going_on(weights: Path) -> Iterator[None]:
    """Let Stanza's parser number its data as the weights that it goes on from do."""
    from stanza.models.depparse.data import Dataset

    vocabulary = vocabulary_of(weights)
    original = Dataset.init_vocab
    Dataset.init_vocab = lambda *_: vocabulary
    try:
        yield
    finally:
        Dataset.init_vocab = original


@contextmanager
def tagger_going_on(weights: Path) -> Iterator[None]:
    """Let Stanza's tagger start from weights: its trainer has no option for it, the others do."""
    from stanza.models import tagger

    vocabulary = vocabulary_of(weights)
    first_trainer, first_vocabulary = tagger.Trainer, tagger.Dataset.init_vocab

    class GoingOn(first_trainer):  # type: ignore[misc, valid-type]
        """A trainer with the earlier weights, for the learning rate of the new arguments."""

        def __init__(self, args: dict[str, Any], vocab: Any, pretrain: Any, device: Any, **_: Any) -> None:
            chosen = {name: args[name] for name in ("lr", "optim", "beta2", "max_steps", "batch_size")}
            super().__init__(args=chosen, pretrain=pretrain, model_file=str(weights), device=device)

    tagger.Trainer = GoingOn
    tagger.Dataset.init_vocab = staticmethod(lambda *_, **__: vocabulary)
    try:
        yield
    finally:
        tagger.Trainer, tagger.Dataset.init_vocab = first_trainer, first_vocabulary
