"""Fetch the official Italian models, through Stanza's own downloader.

This is the only place in matchcli that uses the network, and only when the user asks for it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from matchcli.language.models import (
    LANGUAGE,
    PROCESSORS,
    ModelError,
    ModelFile,
    ModelSet,
    find_models,
    official_directory,
)

WITHOUT_NETWORK = (
    "the bundled models need no network; to use the official ones here, run 'matchcli model download' on a"
    " machine with a network, copy the folder that 'matchcli model path official' names there, and give it"
    " with --model DIR"
)


def download_official(directory: Path | None = None, progress: bool | None = None) -> ModelSet:
    """Download Stanza's default Italian package; files that are there and whole are kept.

    Each file is fetched to a temporary place and moved when complete, so that a broken transfer
    leaves nothing behind and the next call goes on with the file that was missing.  ``progress``
    shows Stanza's bars on stderr; by default only on a terminal.  Raises `ModelError` when the
    network or the disk fails.
    """
    directory = directory or official_directory()
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"{directory} cannot be written: {error.strerror}") from None
    import requests
    import stanza

    shown = sys.stderr.isatty() if progress is None else progress
    try:
        stanza.download(
            LANGUAGE,
            model_dir=str(directory),
            package=None,
            processors=dict.fromkeys(PROCESSORS, "default"),
            logging_level="INFO" if shown else "CRITICAL",
        )
    except requests.exceptions.RequestException as error:
        raise ModelError(
            f"the official models cannot be fetched ({reason(error)}); {WITHOUT_NETWORK}"
        ) from None
    except (OSError, ValueError, KeyError) as error:
        removed = remove_damaged(directory)
        what = f"{removed} damaged files were removed" if removed else reason(error)
        raise ModelError(
            f"the transfer of the official models broke off ({what}); run 'matchcli model download' again"
        ) from None
    return find_models("official") if directory == official_directory() else find_models(str(directory))


def remove_damaged(directory: Path) -> int:
    """Remove files whose MD5 is not the one that was announced; how many there were."""
    import hashlib

    removed = 0
    for file in announced(directory):
        if not file.path.is_file() or not file.md5:
            continue
        if hashlib.md5(file.path.read_bytes()).hexdigest() != file.md5:
            file.path.unlink()
            removed += 1
    return removed


def announced(directory: Path) -> tuple[ModelFile, ...]:
    """The files that the folder's list of models names, none where there is no such list."""
    try:
        return find_models(str(directory)).files
    except ModelError:
        return ()


def reason(error: Exception) -> str:
    """What a failed transfer says of itself, short: the innermost error's kind or an HTTP status."""
    response = getattr(error, "response", None)
    if response is not None:
        return f"{response.url} answered {response.status_code}"
    text = " ".join(str(error).split())
    host = text.partition("host='")[2].partition("'")[0]
    kind = type(error).__name__
    return f"{kind}: {host}" if host else f"{kind}: {text}"[:160]
