"""What someone was known by, and the words that take its place once they are erased."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fabrique.stages.programme.models import GroupMember
from fabrique.stages.programme.queries import ever_in_team


@dataclass(frozen=True)
class Forgotten:
    """``has_own_name``: nobody else of the programme has that name; otherwise only what is tied to
    them is changed. ``has_own_email`` says the same of the address. ``is_a_role``: someone of the
    team signs with these words, which lines of the audit then keep.
    """

    name: str
    email: str
    instead: str
    has_own_name: bool
    has_own_email: bool
    is_a_role: bool

    @classmethod
    def of(cls, member: GroupMember) -> "Forgotten":
        others = GroupMember.objects.filter(programme=member.programme_id, erased_at=None)
        others = others.exclude(pk=member.pk)
        team = ever_in_team(member.programme_id)
        is_a_role = team.filter(user__label__iexact=member.name).exists()
        return cls(
            name=member.name,
            email=member.email,
            instead=_("Une personne du groupe"),
            has_own_name=not is_a_role and not others.filter(name__iexact=member.name).exists(),
            has_own_email=not others.filter(email__iexact=member.email).exists()
            and not team.filter(user__email__iexact=member.email).exists(),
            is_a_role=is_a_role,
        )

    def signed(self, actor: str, *, tied: bool) -> str:
        """Who did something, without them."""
        is_theirs = self.has_own_name or (tied and not self.is_a_role)
        return self.instead if is_theirs and self._is_name(actor) else actor

    def out_of(self, value: Any, *, tied: bool) -> Any:
        """A detail of the audit or of a journal without them.

        Where it is tied to them, their name goes out of sentences too; elsewhere a role could be
        what it says, and only a text that is the name alone is changed.
        """
        if isinstance(value, dict):
            return {key: self.out_of(one, tied=tied) for key, one in value.items()}
        if isinstance(value, list):
            return [self.out_of(one, tied=tied) for one in value]
        return self._out_of_text(value, tied=tied) if isinstance(value, str) else value

    def _out_of_text(self, text: str, *, tied: bool) -> str:
        if self.email and (tied or self.has_own_email):
            text = _whole(self.email).sub(self.instead, text)
        if tied:
            return _whole(self.name).sub(self.instead, text)
        return self.instead if self.has_own_name and self._is_name(text) else text

    def _is_name(self, words: str) -> bool:
        return words.strip().casefold() == self.name.strip().casefold()


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
