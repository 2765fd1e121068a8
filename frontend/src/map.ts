// A map of who is tied to whom that one can explore: zoom, drag, pick a point to see its ties.
// It shows the points where the server drew them; without it the drawing and the table remain,
// and the table, which keys reach, says everything the map does.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular } from "cytoscape";

interface Point {
  id: string;
  label: string;
  x: number;
  y: number;
  weight: number;
  colour: string;
  shape: cytoscape.Css.NodeShape;
}

interface Tie {
  id: string;
  source: string;
  target: string;
  label: string;
  kind: number;
  end: "plain" | "arrow" | "bar";
}

const DASHES: number[][] = [[], [9, 6], [2, 5], [14, 5, 2, 5], [5, 3], [1, 3]];
const ENDS = { plain: "none", arrow: "triangle", bar: "tee" } as const;
const dark = window.matchMedia("(prefers-color-scheme: dark)");

function start(root: HTMLElement): void {
  const data = root.querySelector("#map-data")?.textContent;
  const drawn = root.querySelector<HTMLElement>("[data-map-drawn]");
  if (!data || !drawn) return;
  const { nodes, edges } = JSON.parse(data) as { nodes: Point[]; edges: Tie[] };
  const stage = document.createElement("div");
  stage.className = "map__stage";
  stage.setAttribute("role", "img");
  stage.setAttribute("aria-label", root.dataset["sayMap"] ?? "");
  drawn.before(stage);
  const map = cytoscape({
    container: stage,
    elements: [...nodes.map(pointOf), ...edges.map(tieOf)],
    layout: { name: "preset", fit: true, padding: 24 },
    style: styleOf(),
    minZoom: 0.2,
    maxZoom: 4,
    boxSelectionEnabled: false,
  });
  keepLegend(drawn);
  offerTools(root, map);
  dark.addEventListener("change", () => map.style(styleOf()));
  map.on("tap", "node", (event) => pick(map, event.target as NodeSingular));
  map.on("tap", (event) => {
    if (event.target === map) clear(map);
  });
  offerRows(map);
}

/** Of the drawing only its legend stays, under the map that took its place. */
function keepLegend(drawn: HTMLElement): void {
  const drawing = drawn.querySelector<SVGSVGElement>(".doc-network");
  const legend = drawing?.querySelector<SVGGElement>(".doc-network-legend");
  if (!drawing) return;
  if (!legend) {
    drawing.remove();
    return;
  }
  const { y, height } = legend.getBBox();
  drawing.replaceChildren(legend);
  drawing.setAttribute("viewBox", `0 ${y - 6} 1000 ${height + 12}`);
  drawing.setAttribute("height", String(height + 12));
  drawing.removeAttribute("role");
}

function pointOf(point: Point): ElementDefinition {
  const { x, y, ...rest } = point;
  return { group: "nodes", data: { ...rest, size: 14 + 18 * point.weight }, position: { x, y } };
}

function tieOf(tie: Tie): ElementDefinition {
  return { group: "edges", data: { ...tie, endShape: ENDS[tie.end] } };
}

/** The page's own colours, read again when it turns dark or bright. */
function styleOf(): cytoscape.StylesheetJson {
  const page = getComputedStyle(document.documentElement);
  const colour = (name: string): string => page.getPropertyValue(name).trim();
  const font = colour("--sans") || "sans-serif";
  return [
    {
      selector: "node",
      style: {
        "background-color": (node: NodeSingular) => toned(String(node.data("colour")) || colour("--ink-soft")),
        shape: "data(shape)" as never,
        width: "data(size)",
        height: "data(size)",
        label: "data(label)",
        color: colour("--ink"),
        "font-family": font,
        "font-size": 13,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": "150px",
        "text-background-color": colour("--surface"),
        "text-background-opacity": 0.8,
        "min-zoomed-font-size": 8,
      },
    },
    {
      selector: "edge",
      style: {
        width: 1.6,
        "curve-style": "bezier",
        "line-color": colour("--line-strong"),
        "target-arrow-color": colour("--line-strong"),
        "target-arrow-shape": "data(endShape)" as never,
        "font-family": font,
        "font-size": 12,
        color: colour("--ink-soft"),
        "text-background-color": colour("--surface"),
        "text-background-opacity": 0.9,
      },
    },
    ...DASHES.slice(1).map((pattern, place) => ({
      selector: `edge[kind = ${place + 1}]`,
      style: { "line-style": "dashed" as const, "line-dash-pattern": pattern },
    })),
    { selector: ".faded", style: { opacity: 0.2 } },
    { selector: "edge.picked", style: { label: "data(label)", width: 2.6 } },
    {
      selector: "node.picked",
      style: { "border-width": 3, "border-color": colour("--focus"), "font-weight": "bold" },
    },
  ];
}

/** On a dark page the colours of paper are lightened, as the drawing's are. */
function toned(colour: string): string {
  const parts = /^#(..)(..)(..)$/.exec(colour);
  if (!dark.matches || !parts) return colour;
  const light = parts.slice(1).map((part) => Math.round(parseInt(part, 16) * 0.5 + 127));
  return `rgb(${light.join(", ")})`;
}

function pick(map: Core, node: NodeSingular): void {
  const near = node.closedNeighborhood();
  clear(map);
  map.elements().difference(near).addClass("faded");
  near.edges().addClass("picked");
  node.addClass("picked");
  const row = document.getElementById(`actor-${node.id()}`);
  row?.classList.add("is-picked");
}

function clear(map: Core): void {
  map.elements().removeClass("faded picked");
  for (const row of document.querySelectorAll(".is-picked")) row.classList.remove("is-picked");
}

/** The buttons the page holds back until there is a map to move. */
function offerTools(root: HTMLElement, map: Core): void {
  const zoom = (factor: number): void => {
    map.zoom({ level: map.zoom() * factor, renderedPosition: { x: map.width() / 2, y: map.height() / 2 } });
  };
  const acts: Record<string, () => void> = {
    in: () => zoom(1.3),
    out: () => zoom(1 / 1.3),
    all: () => {
      clear(map);
      map.fit(undefined, 24);
    },
  };
  const bar = root.querySelector<HTMLElement>("[data-map-tools]");
  if (!bar) return;
  bar.hidden = false;
  for (const button of bar.querySelectorAll<HTMLElement>("[data-map-tool]")) {
    button.addEventListener("click", () => acts[button.dataset["mapTool"] ?? ""]?.());
  }
}

/** Each row of the table leads to its point, for those who come by the keyboard. */
function offerRows(map: Core): void {
  for (const row of document.querySelectorAll<HTMLElement>("[data-actor]")) {
    const node = map.getElementById(row.dataset["actor"] ?? "") as unknown as NodeSingular;
    const place = row.querySelector<HTMLElement>("[data-map-show]");
    if (node.empty() || !place) continue;
    place.hidden = false;
    place.addEventListener("click", () => {
      pick(map, node);
      map.animate({ fit: { eles: node.closedNeighborhood(), padding: 60 }, duration: still() ? 0 : 250 });
      map.container()?.scrollIntoView({ block: "center", behavior: still() ? "auto" : "smooth" });
    });
  }
}

function still(): boolean {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

for (const root of document.querySelectorAll<HTMLElement>("[data-map]")) start(root);
