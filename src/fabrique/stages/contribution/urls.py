from django.urls import URLPattern, URLResolver, path

from fabrique.stages.contribution.views import (
    card_files,
    console,
    console_card,
    console_contribution,
    console_hands,
    console_new_card,
    console_proposals,
    console_take_over,
    erasure,
    follow_up,
    join,
    moves,
    own_copy,
    phone,
    print_kit,
    transcription,
    wall,
    workshop_page,
)

app_name = "contribution"
urlpatterns: list[URLPattern | URLResolver] = [
    path("r/", join.ask_code, name="join"),
    path("r/<str:code>/", join.join, name="join"),
    path("salle/service-worker.js", phone.service_worker, name="service-worker"),
    path("salle/<str:code>/", phone.phone, name="phone"),
    path("salle/<str:code>/envoyer/", phone.send, name="send"),
    path("salle/<str:code>/quitter/", phone.leave, name="leave"),
    path("seminaires/<uuid:meeting_id>/console/", console.console, name="console"),
    path("seminaires/<uuid:meeting_id>/console/agir/", moves.move, name="move"),
    path(
        "seminaires/<uuid:meeting_id>/console/cartes/<uuid:card_id>/",
        console_card.card,
        name="console-card",
    ),
    path(
        "seminaires/<uuid:meeting_id>/console/contributions/<uuid:contribution_id>/",
        console_contribution.contribution,
        name="console-contribution",
    ),
    path(
        "seminaires/<uuid:meeting_id>/console/propositions/<uuid:workshop_id>/",
        console_proposals.proposals,
        name="console-proposals",
    ),
    path(
        "seminaires/<uuid:meeting_id>/console/reprise/<uuid:workshop_id>/",
        console_take_over.take_over,
        name="console-take-over",
    ),
    path(
        "seminaires/<uuid:meeting_id>/console/nouvelle-carte/<uuid:workshop_id>/",
        console_new_card.new_card,
        name="console-new-card",
    ),
    path(
        "seminaires/<uuid:meeting_id>/console/mains-levees/<uuid:workshop_id>/",
        console_hands.hands,
        name="console-hands",
    ),
    path(
        "seminaires/<uuid:meeting_id>/ateliers/<uuid:workshop_id>/",
        workshop_page.workshop_page,
        name="workshop-page",
    ),
    path(
        "seminaires/<uuid:meeting_id>/ateliers/<uuid:workshop_id>/importer/",
        card_files.cards_import,
        name="cards-import",
    ),
    path(
        "seminaires/<uuid:meeting_id>/ateliers/<uuid:workshop_id>/fichiers/<str:name>",
        card_files.card_file,
        name="card-file",
    ),
    path(
        "seminaires/<uuid:meeting_id>/transcription/",
        transcription.transcription,
        name="transcription",
    ),
    path("seminaires/<uuid:meeting_id>/impression/", print_kit.print_kit, name="print-kit"),
    path(
        "seminaires/<uuid:meeting_id>/impression/tout.zip",
        print_kit.print_everything,
        name="print-everything",
    ),
    path(
        "seminaires/<uuid:meeting_id>/impression/<slug:key>.pdf",
        print_kit.print_file,
        name="print-file",
    ),
    path("mur/<str:wall_key>/", wall.wall, name="wall"),
    path("suivi/<str:link_key>/", follow_up.follow_up, name="follow-up"),
    path("membres/<uuid:member_id>/effacer/", erasure.erasure, name="erase-member"),
    path("suivi/<str:link_key>/copie.ods", own_copy.of_a_seat, name="seat-copy"),
    path("moi/<str:link_key>/copie.ods", own_copy.of_a_contact, name="own-copy"),
    path(
        "suivi/<str:link_key>/contributions/<uuid:contribution_id>/niveau/",
        follow_up.own_level,
        name="own-level",
    ),
]
