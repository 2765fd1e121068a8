"""What was done on the console, in a few words: to announce it, and to offer to take it back."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fabrique.stages.seminar.models import JournalEntry

_DONE = {
    "create_card": gettext_noop("carte « %(name)s »"),
    "take_over": gettext_noop("reprise de « %(name)s » et des cartes cochées"),
    "bring_plan": gettext_noop("import de « %(name)s » et des autres actions du tableau"),
    "import_cards": gettext_noop("import de « %(name)s » et des cartes du fichier"),
    "place": gettext_noop("rangement de « %(name)s »"),
    "edit_card": gettext_noop("modification de « %(name)s »"),
    "merge_cards": gettext_noop("fusion de « %(name)s »"),
    "split_card": gettext_noop("nouvelle carte « %(name)s »"),
    "set_card_aside": gettext_noop("mise de côté de « %(name)s »"),
    "restore_card": gettext_noop("retour de « %(name)s »"),
    "set_contribution_aside": gettext_noop("mise de côté de « %(name)s »"),
    "restore_contribution": gettext_noop("retour de « %(name)s »"),
    "move_card": gettext_noop("déplacement de « %(name)s »"),
    "correct": gettext_noop("correction de « %(name)s »"),
    "take_back": gettext_noop("annulation de la saisie « %(name)s »"),
}


def what_was_done(entry: JournalEntry, names: Mapping[str, str]) -> str:
    """« fusion de « Mobilités » » ; the name is that of the card or the contribution."""
    name = shortened(names.get(entry.subject, ""))
    words = _DONE.get(entry.verb, "")
    return _(words) % {"name": name} if words and name else _("dernier geste")


def shortened(text: str, length: int = 40) -> str:
    """The first words, cut at a word."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + "…"
