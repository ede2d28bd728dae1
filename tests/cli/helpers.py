"""Running the command as users do: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

COMMAND = [sys.executable, "-m", "matchcli"]

RECORD = (
    '{"schema":1,"source":{"path":"gara.txt","sha256":"00","match":0,"span":[0,40]},'
    '"match":{"home":{"name":"Portalba"},"away":{"name":"Monteverde"},"score":{"home":1,"away":0}},'
    '"events":['
    '{"type":"goal","team":"home","player":"Ferri","period":"1H","minute":12,"minute_range":[12,12],'
    '"minute_basis":"stated","qualifiers":["penalty"],"text":"segna Ferri","span":[0,11],"confidence":0.9},'
    '{"type":"yellow_card","team":"away","player":"Moro","text":"giallo a Moro",'
    '"span":[12,25],"confidence":0.5}],'
    '"summary":"Il Portalba batte il Monteverde 1-0.",'
    '"warnings":[{"code":"score_mismatch","message":"i gol non tornano"}]}'
)


def run(*arguments: object, **options) -> subprocess.CompletedProcess[str]:
    """Run ``matchcli`` with the arguments; ``env`` adds variables to the environment."""
    environment = os.environ | options.pop("env", {})
    options.setdefault("timeout", 120)
    options.setdefault("stdin", None if "input" in options else subprocess.DEVNULL)
    if "input" in options:
        options.pop("stdin")
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        env=environment,
        **options,
    )
