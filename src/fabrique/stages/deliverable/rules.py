"""Who may write and freeze a note: those who facilitate its programme."""

import rules

from fabrique.stages.programme.rules import is_facilitator

rules.add_perm("deliverable.write", is_facilitator)
rules.add_perm("deliverable.freeze", is_facilitator)
