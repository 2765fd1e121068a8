"""What may be refused to those who contribute: a code and parameters, said in French by pages."""

from collections.abc import Mapping
from typing import Any

from django.forms.utils import ErrorDict


class ContributionError(Exception):
    """Something was not taken; what was typed is still with the one who typed it."""

    code = "contribution_error"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params


class WorkshopClosed(ContributionError):
    """The workshop is not open, or its phase does not accept this."""

    code = "workshop_closed"


class NotInThisRoom(ContributionError):
    """The participant, the card or the workshop is of another room."""

    code = "not_in_this_room"


class InvalidContribution(ContributionError):
    """The form refused: ``errors`` by field, and ``typed``, what was written."""

    code = "invalid_contribution"

    def __init__(self, errors: ErrorDict, typed: Mapping[str, Any]) -> None:
        super().__init__(errors={name: [str(one) for one in all] for name, all in errors.items()})
        self.errors = errors
        self.typed = dict(typed)


class IdentifierTaken(ContributionError):
    """Someone else's contribution already has this identifier: make another one."""

    code = "identifier_taken"


class PaperCodeTaken(ContributionError):
    """A paper card with this code was already keyed in this workshop."""

    code = "paper_code_taken"


class InvalidLink(ContributionError):
    """A card cannot be tied to itself."""

    code = "invalid_link"


class UnknownPhase(ContributionError):
    code = "unknown_phase"


class IllegalWorkshopMove(ContributionError):
    code = "illegal_workshop_move"


class IllegalCardMove(ContributionError):
    """The move is not open to a card in this state, or the two cards cannot go together."""

    code = "illegal_card_move"


class InvalidCard(InvalidContribution):
    """The card's form refused: ``errors`` by field, and ``typed``, what was written."""

    code = "invalid_card"


class ReasonNeeded(ContributionError):
    """What is set aside says why, in 300 characters at most."""

    code = "reason_needed"


class CannotUndo(ContributionError):
    """There is nothing to undo, or what it touched has changed since."""

    code = "cannot_undo"


class UnreadablePaperCode(ContributionError):
    """A paper card's code is a letter and a number, as printed on it."""

    code = "unreadable_paper_code"


class NotKeyedIn(ContributionError):
    """Only what the team keyed in may be put right; people's own words stay as they are."""

    code = "not_keyed_in"


class UnknownMove(ContributionError):
    """The console asked for something that is not one of its moves."""

    code = "unknown_move"


class NothingPicked(ContributionError):
    """The move needs at least one contribution, or a card to go to."""

    code = "nothing_picked"


class NoCardPicked(ContributionError):
    """Taking over needs at least one earlier card."""

    code = "no_card_picked"


class NotToTakeOver(ContributionError):
    """An earlier card that was ticked was withdrawn, or is not for this workshop."""

    code = "not_to_take_over"


class InvalidHands(ContributionError):
    """Hands are a whole number for a value of a criterion; ``errors`` by field, when typed."""

    code = "invalid_hands"
