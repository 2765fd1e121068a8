"""The river: a stage knows only the stages before it. The order is stated here, once.

A programme announces seminars; in a seminar people make contributions; a group keeps some of
them as cards; cards are put side by side in a synthesis; the synthesis is written down in
deliverables; deliverables are opened to discussion. Every drop can be followed back.
"""

RIVER = ("programme", "seminar", "contribution", "synthesis", "deliverable", "discussion")
