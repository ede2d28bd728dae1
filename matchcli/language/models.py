"""Which Stanza models are there, and are they whole?  Answers without importing torch or Stanza."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BUNDLED = Path(__file__).resolve().parent.parent / "models" / "it_compact"
LANGUAGE = "it"
PROCESSORS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")

REPAIR_BUNDLED = "reinstall matchcli (pip install --force-reinstall matchcli)"
REPAIR_OFFICIAL = "fetch them with: matchcli model download"


class ModelError(Exception):
    """The models cannot be used; the message is one line and says what to do about it."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of weights, and its MD5 where ``resources.json`` gives one."""

    processor: str
    path: Path
    md5: str | None


@dataclass(frozen=True, slots=True)
class ModelSet:
    """A folder of Stanza models: ``resources.json`` and ``it/PROCESSOR/PACKAGE.pt``.

    ``files`` are the models that Stanza's default Italian package loads, with those they depend on
    (word vectors, character models).  ``repair`` is the advice that error messages end with.
    """

    name: str
    directory: Path
    files: tuple[ModelFile, ...]
    repair: str

    def fingerprint(self) -> str:
        """A short name of these very weights, for the key of cached annotations.

        It is made from the MD5 sums of ``resources.json``, so that nothing of the weights is read;
        a file without one counts by its size and its time of change.
        """
        lines = []
        for file in self.files:
            if file.md5:
                lines.append(f"{file.processor} {file.md5}")
            else:
                status = file.path.stat()
                lines.append(f"{file.processor} {file.path.name} {status.st_size} {status.st_mtime_ns}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]

    def check_presence(self) -> None:
        """Raise `ModelError` when a file is missing or empty."""
        for file in self.files:
            if not file.path.is_file() or file.path.stat().st_size == 0:
                raise self.broken(f"{file.path} is missing or empty")

    def check_contents(self) -> None:
        """Raise `ModelError` when a file's MD5 is not the one that ``resources.json`` gives.

        Reads every file, about 50 ms for the bundled models.
        """
        self.check_presence()
        for file in self.files:
            if file.md5 and hashlib.md5(file.path.read_bytes()).hexdigest() != file.md5:
                raise self.broken(f"{file.path} is damaged")

    def broken(self, what: str) -> ModelError:
        """The error for these models: ``what`` is wrong, and how to repair it."""
        return ModelError(f"the {self.name} models cannot be used: {what}; {self.repair}")


def official_directory() -> Path:
    """Where Stanza keeps downloads: ``STANZA_RESOURCES_DIR``, or its folder in the user's cache."""
    if chosen := os.environ.get("STANZA_RESOURCES_DIR"):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("stanza", "StanfordNLP", resources_version()) / "resources"


def resources_version() -> str:
    """The version of the official models that the installed Stanza wants, read without importing it."""
    stanza = importlib.util.find_spec("stanza")
    if stanza is None or stanza.origin is None:
        raise ModelError(f"Stanza is not installed; {REPAIR_BUNDLED}")
    told = Path(stanza.origin).with_name("_version.py").read_text(encoding="utf-8")
    found = re.search(r"__resources_version__\s*=\s*['\"]([^'\"]+)", told)
    return found[1] if found else ""


def find_models(name: str = "bundled") -> ModelSet:
    """The models called ``bundled`` or ``official``, or those in the folder ``name``.

    Raises `ModelError` when there is no such folder or its ``resources.json`` cannot be used.
    """
    if name == "bundled":
        return read_model_set(name, BUNDLED, REPAIR_BUNDLED)
    if name == "official":
        return read_model_set(name, official_directory(), REPAIR_OFFICIAL)
    directory = Path(name).expanduser()
    if not directory.is_dir():
        raise ModelError(
            f"no models in {name!r}: not a folder; give bundled, official or a folder of Stanza models"
        )
    return read_model_set(name, directory, "the folder must hold resources.json and it/PROCESSOR/PACKAGE.pt")


def read_model_set(name: str, directory: Path, repair: str) -> ModelSet:
    """Read ``resources.json`` of ``directory`` and list the files of its default Italian package.

    Raises `ModelError` when the file is missing or not as Stanza writes it.
    """
    resources_file = directory / "resources.json"
    try:
        italian = json.loads(resources_file.read_bytes())[LANGUAGE]
        chosen = italian["packages"]["default"]
        files: dict[Path, ModelFile] = {}
        for processor in PROCESSORS:
            if processor in chosen:
                add_with_dependencies(files, directory, italian, processor, chosen[processor])
    except FileNotFoundError:
        raise ModelError(f"the {name} models cannot be used: {resources_file} is missing; {repair}") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ModelError(f"the {name} models cannot be used: {resources_file} is damaged; {repair}") from None
    return ModelSet(name, directory, tuple(files.values()), repair)


def add_with_dependencies(
    files: dict[Path, ModelFile], directory: Path, italian: dict, processor: str, package: str
) -> None:
    """Add the file of one model, and of the models that it names as dependencies, to ``files``."""
    path = directory / LANGUAGE / processor / f"{package}.pt"
    if package == "identity" or path in files:
        return
    entry = italian[processor][package]
    files[path] = ModelFile(processor, path, entry.get("md5"))
    optional = italian.get("default_dependencies", {}).get(processor, [])
    for dependency in entry.get("dependencies", optional):
        add_with_dependencies(files, directory, italian, dependency["model"], dependency["package"])


def read_card(models: ModelSet) -> dict[str, Any]:
    """What ``card.toml`` beside the models says of them: date, command, figures, sources and licences."""
    card = models.directory / "card.toml"
    if not card.is_file():
        return {}
    try:
        return tomllib.loads(card.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise models.broken(f"{card} is damaged") from None
