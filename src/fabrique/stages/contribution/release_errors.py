"""What may be refused to a territory that releases cards: a code, and which cards it is about."""

from fabrique.stages.contribution.errors import ContributionError


class ReleaseRefused(ContributionError):
    """Nothing was released nor withdrawn; params ``cards`` are the titles it is about."""

    code = "release_refused"


class NothingToRelease(ReleaseRefused):
    """No card was picked."""

    code = "nothing_to_release"


class NotOfThisTerritory(ReleaseRefused):
    """A card of another territory or programme, or one that does not exist."""

    code = "not_of_this_territory"


class CardIsPrivate(ReleaseRefused):
    """Kept to its author and the facilitators."""

    code = "card_is_private"


class CardNotKept(ReleaseRefused):
    """Merged, set aside, or whose creation was undone."""

    code = "card_not_kept"


class AlreadyWithdrawn(ReleaseRefused):
    """The release was withdrawn, or replaced by a newer one."""

    code = "already_withdrawn"
