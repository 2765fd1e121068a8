from django.urls import path

from fabrique.stages.programme.views import (
    calendar,
    calendar_announcements,
    calendar_constraints,
    calendar_councils,
    calendar_proposals,
    create,
    criteria,
    decisions,
    detail,
    feeds,
    group,
    group_import,
    group_invitations,
    group_member,
    group_proposal,
    group_targets,
    immersion,
    mails,
    meeting_schedule,
    own_agenda,
    own_membership,
    own_polls,
    poll,
    settings,
    site,
    subscription,
    team,
)

app_name = "programme"
CALENDAR = "demarches/<slug:slug>/calendrier/"
PROPOSALS = f"{CALENDAR}propositions/"
CLOSED = f"{CALENDAR}fermetures/"

# The calendar of a series.
calendar_patterns = [
    path(CALENDAR, calendar.calendar, name="calendar"),
    path(f"{CALENDAR}periodes/", calendar_constraints.windows, name="windows"),
    path(f"{CALENDAR}delais/", calendar_constraints.delays, name="delays"),
    path(f"{CALENDAR}annonce/", calendar_announcements.announce, name="announce"),
    path(f"{CLOSED}nouvelle/", calendar_constraints.closed_period, name="add-closed-period"),
    path(f"{CLOSED}conseils/", calendar_councils.councils, name="add-councils"),
    path(f"{CLOSED}jours-feries/", calendar_constraints.add_days_off, name="add-days-off"),
    path(f"{CLOSED}<uuid:period_id>/", calendar_constraints.closed_period, name="closed-period"),
    path(
        f"{CLOSED}<uuid:period_id>/retirer/",
        calendar_constraints.remove_closed_period,
        name="remove-closed-period",
    ),
    path(PROPOSALS, calendar_proposals.ask, name="ask-proposals"),
    path(f"{PROPOSALS}<uuid:batch>/", calendar_proposals.proposals, name="proposals"),
    path(f"{PROPOSALS}<uuid:batch>/arreter/", calendar_proposals.stop, name="stop-proposals"),
    path(f"{PROPOSALS}<uuid:batch>/retenir/", calendar_proposals.keep, name="keep-proposal"),
    path("reunions/<uuid:meeting_id>/attendus/", calendar_constraints.expected, name="expected"),
    path(
        "reunions/<uuid:meeting_id>/date-tombe/",
        calendar_announcements.lost_date,
        name="lost-date",
    ),
]

GROUP = "demarches/<slug:slug>/territoires/<str:code>/groupe/"
#: Those invited at the national scale, for no territory.
NATIONAL_GROUP = "demarches/<slug:slug>/groupe/"
MEMBER = "membres/<uuid:member_id>/"
CRITERIA = "demarches/<slug:slug>/criteres/"
SETTINGS = "demarches/<slug:slug>/reglages/"
IMMERSION = "reunions/<uuid:meeting_id>/immersion/"

urlpatterns = [
    *calendar_patterns,
    path("demarches/nouvelle/", create.create, name="create"),
    path("demarches/nouvelle/<slug:step>/", create.create_step, name="create-step"),
    path("demarches/<slug:slug>/", detail.detail, name="detail"),
    path("demarches/<slug:slug>/territoires/<str:code>/", site.site, name="site"),
    # ── Settings ──
    path(SETTINGS, settings.settings, name="settings"),
    path(f"{SETTINGS}question/", settings.wording, name="settings-wording"),
    path(f"{SETTINGS}partenaires/", settings.partners, name="settings-partners"),
    path(f"{SETTINGS}equipe/nouvelle/", team.add, name="add-team-member"),
    path(f"{SETTINGS}equipe/<int:place_id>/", team.change, name="team-member"),
    path(f"{SETTINGS}equipe/<int:place_id>/retirer/", team.remove, name="remove-team-member"),
    # ── Committee, criteria, immersion ──
    path("demarches/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path(
        "demarches/<slug:slug>/decisions.<str:format>",
        decisions.decisions_file,
        name="decisions-file",
    ),
    path(CRITERIA, criteria.criteria, name="criteria"),
    path(
        "demarches/<slug:slug>/criteres.<str:format>", criteria.criteria_file, name="criteria-file"
    ),
    path(f"{CRITERIA}nouveau/", criteria.add, name="criterion-add"),
    path(f"{CRITERIA}<int:criterion_id>/", criteria.change, name="criterion"),
    path(f"{CRITERIA}<int:criterion_id>/retirer/", criteria.drop, name="criterion-drop"),
    path(f"{CRITERIA}bilan/<slug:moment>/", criteria.review, name="criteria-review"),
    path(IMMERSION, immersion.immersion, name="immersion"),
    path(f"{IMMERSION}synthese/", immersion.summary, name="immersion-summary"),
    path(f"{IMMERSION}acteurs.<str:format>", immersion.actors_file, name="immersion-actors"),
    path(f"{IMMERSION}rendez-vous/", immersion.add_appointment, name="appointment-add"),
    path(
        f"{IMMERSION}rendez-vous/<uuid:appointment_id>/",
        immersion.appointment,
        name="appointment",
    ),
    path("reunions/<uuid:meeting_id>/date/", meeting_schedule.schedule, name="meeting-schedule"),
    # ── Availability ──
    path("reunions/<uuid:meeting_id>/disponibilites/", poll.results, name="poll"),
    path("reunions/<uuid:meeting_id>/disponibilites/demander/", poll.ask, name="poll-ask"),
    path("reunions/<uuid:meeting_id>/disponibilites/relancer/", poll.remind, name="poll-remind"),
    path("reunions/<uuid:meeting_id>/disponibilites/arreter/", poll.close, name="poll-close"),
    path(
        "reunions/<uuid:meeting_id>/disponibilites/<uuid:option_id>/retenir/",
        poll.choose,
        name="poll-choose",
    ),
    path("moi/<str:link_key>/groupe/", own_membership.membership, name="own-membership"),
    path("dispo/<str:link_key>/", own_polls.polls, name="own-polls"),
    path("dispo/<str:link_key>/agenda/", own_agenda.agenda, name="own-agenda"),
    path(
        "dispo/<str:link_key>/agenda/<uuid:unavailability_id>/retirer/",
        own_agenda.remove,
        name="own-agenda-remove",
    ),
    path("dispo/<str:link_key>/<uuid:poll_id>/", own_polls.answer, name="own-poll"),
    # ── Moves of a meeting ──
    path("reunions/<uuid:meeting_id>/<slug:move>/", meeting_schedule.move, name="meeting-move"),
    # ── Mails and calendars ──
    path("demarches/<slug:slug>/courriels/", mails.mails, name="mails"),
    path("demarches/<slug:slug>/agendas/", feeds.feeds, name="feeds"),
    path("agenda/<str:feed_key>.ics", feeds.feed, name="feed"),
    path("courriels/<str:contact_keys>/arret/", subscription.stop, name="unsubscribe"),
    path("courriels/<str:contact_keys>/reprise/", subscription.start_again, name="resubscribe"),
    # ── The working group ──
    path("demarches/<slug:slug>/composition/", group_targets.targets, name="group-targets"),
    path(f"{NATIONAL_GROUP}modele.<str:format>", group_import.model_sheet, name="group-model"),
    *(
        path(f"{place}{page}", view, name=name)
        for place in (NATIONAL_GROUP, GROUP)
        for page, view, name in (
            ("", group.group, "group"),
            ("nouveau/", group_member.add, "add-member"),
            ("importer/", group_import.group_import, "group-import"),
            ("inviter/", group_invitations.invite, "group-invite"),
            ("tableau.<str:format>", group_import.group_sheet, "group-sheet"),
        )
    ),
    path(f"{GROUP}qui-ajouter/", group_proposal.proposal, name="group-proposal"),
    path(MEMBER, group_member.change, name="member"),
    path(f"{MEMBER}retirer/", group_member.remove, name="remove-member"),
]
