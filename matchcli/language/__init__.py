"""Language: reports to annotations, by Stanza.

Other rooms import `annotate` and `cache` by themselves: a report seen before needs neither.
"""

from matchcli.language.models import ModelError, ModelSet, find_models

__all__ = ["ModelError", "ModelSet", "find_models"]
