"""The verbs of a programme: the only writers of its rows."""

from fabrique.stages.programme.actions.creation import create_programme
from fabrique.stages.programme.actions.presentation import PartnerEntry
from fabrique.stages.programme.actions.team import TeamEntry

__all__ = ["PartnerEntry", "TeamEntry", "create_programme"]
