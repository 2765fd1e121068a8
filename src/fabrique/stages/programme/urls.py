from django.urls import path

from fabrique.stages.programme.views import (
    create,
    detail,
    feeds,
    mails,
    meeting_schedule,
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
    path("reunions/<uuid:meeting_id>/<slug:move>/", meeting_schedule.move, name="meeting-move"),
    # ── Mails and calendars ──
    path("demarches/<slug:slug>/courriels/", mails.mails, name="mails"),
    path("demarches/<slug:slug>/agendas/", feeds.feeds, name="feeds"),
    path("agenda/<str:feed_key>.ics", feeds.feed, name="feed"),
    path("courriels/<str:contact_keys>/arret/", subscription.stop, name="unsubscribe"),
    path("courriels/<str:contact_keys>/reprise/", subscription.start_again, name="resubscribe"),
]
