"""The verbs of a programme: the only writers of its rows."""

from fabrique.stages.programme.actions.creation import PartnerEntry, TeamEntry, create_programme

__all__ = ["PartnerEntry", "TeamEntry", "create_programme"]
