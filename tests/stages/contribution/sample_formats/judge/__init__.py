"""People write, then judge each card, then tie cards together."""

from fabrique.stages.contribution.formats.contract import (
    COLLECT,
    Answer,
    Criterion,
    Format,
    InvalidAnswer,
    Phase,
    Tie,
)


class Judge(Format):
    key = "judge"
    title = "Juger"
    explanation = "Chacun juge seul. Le mur montre ensuite la dispersion."
    letter = "J"
    phases = (
        COLLECT,
        Phase(key="rate", label="Noter", instruction="", accepts=frozenset({"rating"})),
        Phase(key="tie", label="Relier", instruction="", accepts=frozenset({"link"})),
    )
    criteria = (Criterion(key="weight", label="Poids", question="?", scale={1: "peu", 4: "fort"}),)
    link_kinds = frozenset({"answers"})

    def read_answer(self, workshop, data):
        if workshop.phase != "tie":
            return super().read_answer(workshop, data)
        tie = {"target_id": data["target"], "kind": "answers"}
        return Answer(
            ties=[Tie(source_id=one, **tie) for one in data["source"]],
            untied=[Tie(source_id=one, **tie) for one in data.get("unticked", [])],
        )

    def check_tie(self, workshop, tie):
        if tie.kind not in self.link_kinds:
            raise InvalidAnswer({"kind": ["?"]})


FORMAT = Judge()
