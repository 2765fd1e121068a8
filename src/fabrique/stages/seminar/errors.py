"""What a room may refuse. Each error is a code and parameters; pages say it in French."""

from typing import Any


class RoomError(Exception):
    """A room refused; ``code`` says why, ``params`` what it was about."""

    code = "room_error"

    def __init__(self, **params: Any) -> None:
        super().__init__(self.code)
        self.params = params


class UnknownRoom(RoomError):
    """No room has this code."""

    code = "unknown_room"


class RoomNotOpen(RoomError):
    """The room is not open yet, or is closed: ``state`` says which."""

    code = "room_not_open"


class RoomAlreadyOpened(RoomError):
    """How people are known is settled before a room opens, and never changed after."""

    code = "room_already_opened"


class IllegalRoomMove(RoomError):
    code = "illegal_room_move"


class NotInThisRunSheet(RoomError):
    """The sequence is not one of the room's seminar, or there is no next one."""

    code = "not_in_this_run_sheet"


class NameNeeded(RoomError):
    """The room asks for a name or a pseudonym."""

    code = "name_needed"


class NameTooLong(RoomError):
    code = "name_too_long"


class LabelTaken(RoomError):
    """Someone in the room already has this pseudonym."""

    code = "label_taken"


class MemberTaken(RoomError):
    """This member is already in the room, on another device."""

    code = "member_taken"


class NotInThisGroup(RoomError):
    """The member is not of the group of this seminar."""

    code = "not_in_this_group"


class SequenceRunning(RoomError):
    """The sequence is the one the open room is in: it can be changed, not removed."""

    code = "sequence_running"


class InvitationError(RoomError):
    """Of invitations and their answers rather than of a room."""


class NobodyToTell(InvitationError):
    """Everyone a meeting expects already knows its date, or it has none yet."""

    code = "nobody_to_tell"


class InvitationClosed(InvitationError):
    """The meeting has no date, is over, or is given up: ``state`` says which."""

    code = "invitation_closed"


class SubstituteNeeded(InvitationError):
    """Someone comes instead: who is not said."""

    code = "substitute_needed"
