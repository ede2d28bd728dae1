"""The command: one module for each subcommand, nothing heavy imported before it is used."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its status.

    0: all was read; 1: some input could not be read, or the output could not be written; 2: wrong
    usage; 130: stopped by Ctrl-C; 143: ended by SIGTERM.
    """
    from matchcli.cli import process

    process.prepare()
    try:
        from matchcli.cli.app import app

        app(prog_name="matchcli")
    except BrokenPipeError:
        process.forget_stdout()
        sys.exit(0)
    except SystemExit as leaving:
        process.leave(leaving)
    except KeyboardInterrupt:
        sys.exit(process.STOPPED)
    except Exception as error:
        if os.environ.get("MATCHCLI_DEBUG"):
            raise
        from matchcli.cli.messages import say

        process.forget_stdout()
        if process.is_full(error):
            say(f"the output could not be written: {process.reason(error)}")
            sys.exit(1)
        told = f"{type(error).__name__}: {error}"
        say(f"internal error, please report it ({told}); MATCHCLI_DEBUG=1 shows where")
        sys.exit(1)
