"""Another method than the one that ships: two steps, one territory or two, six months."""

SMALL = """\
key = "ronde"
version = "1"
title = "Ronde"
months = 6

[territories]
min = 1
max = 2

[[steps]]
key = "ecouter"
mark = "A"
colour = 1
title_local = "Écouter"

[[steps]]
key = "decider"
mark = "B"
colour = 2
title_national = "Décider"

[formats.tour]
title = "Tour de table"
prompt = "Vu de {horizon_year}…"
settings.themes = ["eau", "air"]

[outlines.note]
title = "Compte rendu"

[[outlines.note.sections]]
key = "kept"
title = "Retenu"

[[meetings]]
key = "ecoute"
step = "ecouter"
kind = "local_seminar"
number = 1
title = "Écouter {site}"
purpose = ["Parler de « {question} »."]
window = [0.0, 3.0]
outline = "note"

[[meetings.sequences]]
title = "Tour"
kind = "debate"
horizon = "long"
minutes = 60
format = "tour"
settings.themes = ["sols"]

[[meetings]]
key = "decision"
step = "decider"
kind = "intersite_seminar"
number = 1
title = "Décider"
window = [4.5, 6.0]

[[deliverables]]
kind = "seminar_note"
per = "meeting"
title = "Note"

[[deliverables]]
kind = "local_synthesis"
per = "site"
title = "Synthèse de {site}"

[[deliverables]]
kind = "manifesto"
per = "programme"
title = "Appel"

[[criteria]]
kind = "method"
text = "Tout le monde a parlé."

[[criteria]]
kind = "substance"
text = "« {question} » a une réponse."
"""
