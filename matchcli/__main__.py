"""``python -m matchcli``: the same as the command."""

from matchcli.cli import main

if __name__ == "__main__":
    main()
