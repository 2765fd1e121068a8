"""People write; that is all."""

from fabrique.stages.contribution.formats.contract import Format


class Talk(Format):
    key = "talk"
    title = "Dire"
    explanation = "Chacun écrit une idée à la fois. Le groupe les rapproche ensuite."
    letter = "T"


FORMAT = Talk()
