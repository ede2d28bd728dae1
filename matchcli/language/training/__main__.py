"""``python -m matchcli.language.training DATA_DIR OUT_DIR``: the same as ``matchcli model train``."""

import sys
from pathlib import Path

from matchcli.language.training.run import train_all

if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m matchcli.language.training DATA_DIR OUT_DIR")
    print(train_all(Path(sys.argv[1]), Path(sys.argv[2])).directory)
