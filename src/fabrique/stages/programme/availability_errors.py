"""What can go wrong when people are asked when they can come."""

from fabrique.stages.programme.errors import ProgrammeError


class NoDayProposed(ProgrammeError):
    """A poll without a day."""

    code = "no_day_proposed"


class TooManyDays(ProgrammeError):
    """Params ``count``, ``maximum``."""

    code = "too_many_days"


class NothingToAsk(ProgrammeError):
    """The meeting is held or cancelled."""

    code = "nothing_to_ask"


class EveryoneRefuses(ProgrammeError):
    """The day is refused by all who answered: params ``day``."""

    code = "everyone_refuses"


class NotAnAgenda(ProgrammeError):
    """The file or the answer is no calendar."""

    code = "not_an_agenda"


class AgendaTooBig(ProgrammeError):
    """Params ``limit``, in megabytes."""

    code = "agenda_too_big"


class AgendaTooIntricate(ProgrammeError):
    """Repetitions without end, which would keep the server busy for nothing."""

    code = "agenda_too_intricate"


class AgendaAddressRefused(ProgrammeError):
    """Params ``why``: ``scheme``, ``credentials``, ``host`` or ``private``."""

    code = "agenda_address_refused"


class AgendaUnreachable(ProgrammeError):
    """Params ``why``: ``unknown_host``, ``silent``, ``certificate``, ``redirects`` or ``status``;
    ``status`` is then its number."""

    code = "agenda_unreachable"


class AgendaReadTooOften(ProgrammeError):
    """Params ``minutes``."""

    code = "agenda_read_too_often"
