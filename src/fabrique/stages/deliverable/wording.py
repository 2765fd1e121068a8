"""What went wrong, in words that say what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fabrique.stages.deliverable.errors import DeliverableError

SENTENCES: dict[str, str | Promise] = {
    "no_note_expected": _(
        "La méthode de cette démarche ne prévoit pas de note pour cette réunion."
    ),
    "unknown_block": _("Ce passage n'existe plus : rechargez la note."),
    "unknown_section": _("Cette partie n'est pas au plan de la note : choisissez-en une autre."),
    "note_frozen": _(
        "La note est figée. Pour la modifier, commencez par préparer la version suivante."
    ),
    "edit_conflict": _(
        "Quelqu'un d'autre a modifié ce passage pendant que vous écriviez. Les deux textes sont "
        "sous vos yeux : gardez le vôtre, l'autre, ou réunissez-les."
    ),
    "not_editable": _(
        "Ces chiffres viennent des votes : ils ne se réécrivent pas. Retirez-les, ou ajoutez un "
        "commentaire au-dessous."
    ),
    "passage_withdrawn": _(
        "Ce passage reposait sur une carte qui vient d'être retirée : il ne se réécrit plus. "
        "Copiez ce que vous avez écrit dans un nouveau passage."
    ),
    "empty_block": _("Écrivez quelque chose, ou retirez le passage."),
    "unknown_source": _(
        "Cette carte ou cette contribution ne peut pas être citée : "
        "choisissez-en une dans la liste."
    ),
    "empty_note": _("La note est vide : écrivez au moins un passage avant de la figer."),
    "rendering_impossible": _(
        "Le fichier n'a pas pu être fabriqué. Réessayez ; si cela persiste, prévenez la personne "
        "qui administre l'outil."
    ),
}


def sentence(error: DeliverableError) -> str:
    return str(SENTENCES.get(error.code, error.code))
