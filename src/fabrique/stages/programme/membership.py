"""What taking part in a working group means, as an invited person reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.kit.counts import counted
from fabrique.stages.programme.blueprint import Blueprint
from fabrique.stages.programme.enums import MeetingKind
from fabrique.stages.programme.models import GroupMember
from fabrique.stages.programme.queries import blueprint_of

Fact = tuple[str, str]


def invitation_title(member: GroupMember) -> str:
    """« Invitation à rejoindre le groupe de travail : Lorient »."""
    if member.site is None:
        return _("Invitation à participer aux rencontres nationales")
    return _("Invitation à rejoindre le groupe de travail : %(place)s") % {
        "place": member.site.territory.name
    }


def invitation_words(member: GroupMember) -> str:
    """Why it is them that one invites, and no one in their place."""
    if member.site is None:
        return _(
            "Plusieurs territoires travaillent ensemble à une même question. Nous vous invitons, à "
            "titre personnel, à leurs rencontres communes. Merci de nous dire si vous acceptez."
        )
    return _(
        "Plusieurs territoires travaillent à une même question, chacun avec un groupe de travail. "
        "Nous vous invitons, à titre personnel, à rejoindre celui-ci. Merci de nous dire si vous "
        "acceptez."
    )


def commitments(member: GroupMember) -> list[Fact]:
    """The question, who is around the table, how often: what one accepts or declines."""
    blueprint = blueprint_of(member.programme)
    facts = [(_("La question"), member.programme.question)]
    if member.site is not None:
        if member.site.theme:
            facts.append((_("Le thème du territoire"), member.site.theme))
        size = _("de %(min)d à %(max)d personnes, les mêmes d'une séance à l'autre")
        facts.append(
            (_("Le groupe"), size % {"min": blueprint.group.min, "max": blueprint.group.max})
        )
    facts.append((_("Les séances"), _sessions(member, blueprint)))
    return [(label, words) for label, words in facts if words]


def _sessions(member: GroupMember, blueprint: Blueprint) -> str:
    kinds = [plan.kind for plan in blueprint.meetings]
    shared = kinds.count(MeetingKind.INTERSITE_SEMINAR)
    local = kinds.count(MeetingKind.LOCAL_SEMINAR) if member.site else 0
    parts = [
        counted(local, ngettext("%(count)d séminaire local", "%(count)d séminaires locaux", local)),
        counted(
            shared,
            ngettext("%(count)d séminaire intersite", "%(count)d séminaires intersites", shared),
        ),
    ]
    return _(" et ").join(part for part in parts if part)
