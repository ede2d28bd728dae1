"""The recipe of the bundled models: everything from treebanks and annotated lines to weights.

    matchcli model train DATA_DIR OUT_DIR

DATA_DIR holds ``treebanks/`` (Universal Dependencies) and ``ner/`` (KIND, WikiNEuRal); the football
lines stand in this package.  Sizes, steps and seeds are in ``recipe.toml``.
"""
