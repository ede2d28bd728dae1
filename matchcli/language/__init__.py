"""Language: reports to annotations, by Stanza."""

from matchcli.language.annotate import annotate, annotate_one
from matchcli.language.cache import AnnotationCache
from matchcli.language.models import ModelError

__all__ = ["AnnotationCache", "ModelError", "annotate", "annotate_one"]
