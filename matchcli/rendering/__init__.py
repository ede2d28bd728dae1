"""Records as people and programs read them: tables, JSON, CSV, Markdown, text, a page.

Nothing here needs torch or Stanza, and each format loads only the libraries that it writes with.
"""

from matchcli.rendering.dispatch import FORMATS, render

__all__ = ["FORMATS", "render"]
