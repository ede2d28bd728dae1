"""How the event reader and the sheet reader are trained: from annotated reports to weights.

    python -m matchcli.training REPORTS_DIR OUT_DIR

REPORTS_DIR holds ``KIND/NN.txt``, files of annotated reports in the form that
`matchcli.training.reports` describes; OUT_DIR gets ``events.pt`` and ``sheet.pt``, as they belong
into ``matchcli/models/reader``.  Sizes, steps and seeds are in `matchcli.training.sizes`.
"""
