from django.urls import path

from fabrique.stages.programme.views import (
    create,
    detail,
    feeds,
    mails,
    meeting_schedule,
    own_agenda,
    own_polls,
    poll,
    site,
    subscription,
)

app_name = "programme"
urlpatterns = [
    path("demarches/nouvelle/", create.create, name="create"),
    path("demarches/nouvelle/<slug:step>/", create.create_step, name="create-step"),
    path("demarches/<slug:slug>/", detail.detail, name="detail"),
    path("demarches/<slug:slug>/territoires/<str:code>/", site.site, name="site"),
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
]
