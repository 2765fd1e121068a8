"""What the interactive map is given: the drawing's own points, so that both show one picture."""

from typing import Any

from fabrique.document.network_drawing import COLOURS
from fabrique.document.tree import NetworkMap
from fabrique.stages.contribution.formats.actor_map.analysis import ActorMapResults

#: Cytoscape's names for the shapes of ``document.network_drawing``, in the same order.
SHAPES = (
    "ellipse",
    "rectangle",
    "triangle",
    "diamond",
    "hexagon",
    "star",
    "vee",
    "concave-hexagon",
)


def explorer_data(drawing: NetworkMap, results: ActorMapResults) -> dict[str, Any]:
    """Nodes and edges as the page's script reads them; identifiers are those of the table."""
    keys = [one.place.actor for one in results.actors]
    return {
        "nodes": [
            {
                "id": key,
                "label": node.label,
                "x": node.x,
                "y": node.y,
                "weight": node.weight,
                "colour": COLOURS[node.group % len(COLOURS)] if node.group >= 0 else "",
                "shape": _shape(node.group),
            }
            for key, node in zip(keys, drawing.nodes, strict=True)
        ],
        "edges": [
            {
                "id": f"t{place}",
                "source": keys[tie.source],
                "target": keys[tie.target],
                "label": drawing.kinds[tie.kind].label,
                "kind": tie.kind,
                "end": drawing.kinds[tie.kind].end,
            }
            for place, tie in enumerate(drawing.ties)
        ],
    }


def _shape(group: int) -> str:
    return SHAPES[(group + group // len(COLOURS)) % len(SHAPES)] if group >= 0 else "ellipse"
