from uuid import UUID

import pytest

from fabrique.stages.contribution import errors, queries
from fabrique.stages.contribution.actions.answers import answer
from fabrique.stages.contribution.actions.links import link, unlink
from fabrique.stages.contribution.actions.ratings import rate
from fabrique.stages.contribution.actions.workshops import change_phase
from fabrique.stages.contribution.formats.contract import InvalidAnswer
from fabrique.stages.contribution.models import Link, Rating
from fabrique.stages.seminar.models import Participant
from tests.stages.rooms import Held, a_card, a_held_seminar, someone

pytestmark = pytest.mark.django_db
ACTOR = "Directrice de projet"


def held_in(phase: str) -> Held:
    held = a_held_seminar("judge")
    change_phase(held.workshops["judge"].pk, phase=phase, actor=ACTOR)
    return held.refresh()


def ties_of(who: Participant) -> set[UUID]:
    return set(who.links.filter(ended_at=None).values_list("source_id", flat=True))


class TestRating:
    def test_the_last_judgement_of_a_person_counts(self):
        held = held_in("rate")
        workshop, who = held.workshops["judge"], someone(held.room)
        card = a_card(workshop)
        for value in (1, 4, 4):
            answer(
                workshop_id=workshop.pk,
                participant=who,
                data={"card": str(card.pk), "weight": value},
            )
        assert [(one.criterion, one.value) for one in who.ratings.all()] == [("weight", 4)]
        assert held.room.journal.filter(verb="answer").count() == 2

    def test_the_journal_does_not_say_who_judged(self):
        held = held_in("rate")
        workshop, who = held.workshops["judge"], someone(held.room)
        card = a_card(workshop)
        rate(workshop_id=workshop.pk, card_id=card.pk, participant=who, criterion="weight", value=4)
        entry = held.room.journal.last()
        assert (entry.verb, entry.actor, entry.detail) == ("rate", "", {})

    @pytest.mark.parametrize(("criterion", "value"), [("weight", 5), ("weight", 0), ("other", 1)])
    def test_a_judgement_out_of_its_scale_is_refused(self, criterion, value):
        held = held_in("rate")
        workshop = held.workshops["judge"]
        with pytest.raises(InvalidAnswer):
            rate(
                workshop_id=workshop.pk,
                card_id=a_card(workshop).pk,
                participant=someone(held.room),
                criterion=criterion,
                value=value,
            )
        assert not Rating.objects.exists()

    def test_a_card_of_another_seminar_is_refused(self):
        held, other = held_in("rate"), held_in("rate")
        with pytest.raises((errors.NotInThisRoom, InvalidAnswer)):
            rate(
                workshop_id=held.workshops["judge"].pk,
                card_id=a_card(other.workshops["judge"]).pk,
                participant=someone(held.room),
                criterion="weight",
                value=1,
            )

    def test_nothing_is_judged_while_people_write(self):
        held = held_in("collect")
        workshop = held.workshops["judge"]
        data = {"card": str(a_card(workshop).pk), "weight": 1}
        with pytest.raises(errors.WorkshopClosed):
            answer(workshop_id=workshop.pk, participant=someone(held.room), data=data)
        assert not Rating.objects.exists()


class TestTying:
    def test_an_answer_is_whole_what_is_unticked_ends_and_keeps_its_row(self):
        held = held_in("tie")
        workshop, who = held.workshops["judge"], someone(held.room)
        target, one, two = (a_card(workshop).pk for _ in range(3))
        tick = {"target": target, "source": [one, two]}
        for _twice in range(2):
            answer(workshop_id=workshop.pk, participant=who, data=tick)
        assert ties_of(who) == {one, two}
        answer(
            workshop_id=workshop.pk,
            participant=who,
            data={"target": target, "source": [one], "unticked": [two]},
        )
        assert ties_of(who) == {one}
        assert Link.objects.count() == 2

    def test_a_tie_half_refused_writes_nothing(self):
        held = held_in("tie")
        workshop, who = held.workshops["judge"], someone(held.room)
        elsewhere = a_card(held_in("tie").workshops["judge"]).pk
        data = {"target": a_card(workshop).pk, "source": [a_card(workshop).pk, elsewhere]}
        with pytest.raises(errors.NotInThisRoom):
            answer(workshop_id=workshop.pk, participant=who, data=data)
        assert not Link.objects.exists()

    def test_the_team_ties_for_the_room_once_and_at_any_time(self):
        held = held_in("collect")
        workshop = held.workshops["judge"]
        ends = {"source_id": a_card(workshop).pk, "target_id": a_card(workshop).pk}
        first = link(workshop_id=workshop.pk, **ends, kind="answers", actor=ACTOR)
        assert link(workshop_id=workshop.pk, **ends, kind="answers", actor=ACTOR) == first
        unlink(first.pk, actor=ACTOR)
        assert not queries.links_of(workshop)

    def test_a_card_is_not_tied_to_itself_nor_by_an_unknown_tie(self):
        workshop = held_in("tie").workshops["judge"]
        one, two = a_card(workshop).pk, a_card(workshop).pk
        with pytest.raises(errors.InvalidLink):
            link(workshop_id=workshop.pk, source_id=one, target_id=one, kind="answers", actor="")
        with pytest.raises(InvalidAnswer):
            link(workshop_id=workshop.pk, source_id=one, target_id=two, kind="likes", actor="")

    def test_nobody_ends_someone_elses_tie(self):
        held = held_in("tie")
        workshop, who = held.workshops["judge"], someone(held.room)
        ends = {"source_id": a_card(workshop).pk, "target_id": a_card(workshop).pk}
        tie = link(workshop_id=workshop.pk, **ends, kind="answers", actor="", participant=who)
        with pytest.raises(errors.NotInThisRoom):
            unlink(tie.pk, actor="", participant=someone(held.room))
