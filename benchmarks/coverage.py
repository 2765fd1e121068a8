"""Group proposals and fair panels, beside the maximin of sortition-algorithms.

    python benchmarks/coverage.py --peer PYTHON [--from FOLDER] [--limit SECONDS] [--rounds N]

PYTHON is that of an environment where the peer is installed (`make bench-coverage` makes it:
GPL, so never the project's own). FOLDER holds the shared fixture, left out where it is absent.
Each time is given twice: on the clock, and in seconds of processor, which other programs disturb
less; ours are the medians of N rounds. The peer is timed from its call on, and stopped after
SECONDS, or 110 times ours if that is longer: it is then at least so many times slower.

Promises, for each size: a shortfall of 0 and a smallest chance never under the peer's, both proved;
at least 100 times faster on maximin. For 18 of 200: additions under 0.2 s and swaps under 20 ms.
What is missed is said last, and the answer is then 1.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from signal import SIGKILL
from threading import Timer
from time import perf_counter, process_time
from typing import Any

# This folder holds another `calendar` than the standard library's: it is looked into last.
sys.path.append(sys.path.pop(0))

from coverage_cases import PanelCase, cases

from fabrique.methods.coverage import (
    Category,
    Coverage,
    CoverageRequest,
    Part,
    Person,
    Proof,
    ValueTarget,
    assess_coverage,
)

HERE = Path(__file__).parent
SAME = 1e-6
"""Two chances nearer than this are the same."""


@dataclass(frozen=True, kw_only=True)
class Times:
    """Seconds on the clock, and of processor."""

    clock: float
    work: float

    def __str__(self) -> str:
        return f"{self.clock:8.3f} s (work {self.work:8.3f} s)"


def main() -> int:
    """Print every figure; 1 when a promise is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", required=True, help="Python that has the peer")
    parser.add_argument("--from", dest="folder", type=Path, default=HERE / "../../shared/data")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds the peer is given")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    missed = [
        f"{case.name}: {promise}"
        for case in cases(asked.folder)
        for promise in measure(case, peer=asked.peer, limit=asked.limit, rounds=asked.rounds)
    ]
    print("\n".join(["", "Missed:", *missed] if missed else ["", "Every promise is kept."]))
    return int(bool(missed))


def measure(case: PanelCase, *, peer: str, limit: float, rounds: int) -> Iterator[str]:
    """Print one case; the promises missed."""
    request = request_of(case)
    answer, adding = timed(replace(request, wanted=(Part.ADDITIONS,)), rounds)
    added = answer.additions
    print(
        f"{case.name:<11} additions  {adding}  shortfall {added.after.shortfall}"
        f" (bound {added.bound}, {added.status})"
    )
    seated = replace(
        request,
        members=request.candidates[: case.size],
        candidates=request.candidates[case.size :],
        wanted=(Part.SWAP,),
    )
    answer, swapping = timed(seated, rounds)
    print(
        f"{case.name:<11} swap       {swapping}  shortfall {answer.present.shortfall} to"
        f" {answer.swap.after.shortfall}"
    )
    answer, drawing = timed(replace(request, wanted=(Part.DRAW,)), rounds)
    drawn = answer.draw
    print(
        f"{case.name:<11} draw       {drawing}  smallest chance"
        f" {drawn.minimum_probability:.6f} (bound {drawn.bound:.6f}, {drawn.status},"
        f" {len(drawn.panels)} panels)"
    )
    limit = max(limit, 110 * drawing.clock, 110 * drawing.work)
    theirs = peer_answer(case, peer=peer, limit=limit)
    faster = report_peer(case, theirs, drawing)
    if added.after.shortfall or added.status != Proof.OPTIMAL:
        yield "a proved shortfall of 0"
    if case.size == 18 and (adding.clock > 0.2 or swapping.clock > 0.02):
        yield "additions under 0.2 s, swaps under 20 ms"
    if drawn.status != Proof.OPTIMAL:
        yield "the smallest chance proved the largest"
    if drawn.minimum_probability < theirs.get("minimum", 0) - SAME:
        yield "a smallest chance not under the peer's"
    if faster < 100:
        yield "100 times faster than the peer"


def report_peer(case: PanelCase, theirs: dict[str, Any], ours: Times) -> float:
    """Print the peer's line; how many times ours is faster, in work."""
    times = Times(clock=theirs["seconds"], work=theirs["work"])
    clock, work = times.clock / ours.clock, times.work / ours.work
    if "minimum" in theirs:
        says = f"smallest chance {theirs['minimum']:.6f} ({theirs['panels']} panels); ours"
    else:
        says = f"{theirs.get('refused', 'not finished, stopped')}; ours at least"
    print(
        f"{case.name:<11} peer draw  {times}  {says} {clock:.0f} times faster on the clock,"
        f" {work:.0f} in work\n",
        flush=True,
    )
    return work


def request_of(case: PanelCase) -> CoverageRequest:
    """The same case in our terms."""
    return CoverageRequest(
        members=(),
        candidates=tuple(
            Person(person=name, attributes=attributes) for name, attributes in case.people.items()
        ),
        categories=tuple(
            Category(
                category=category,
                values=tuple(
                    ValueTarget(value=value, minimum=least, maximum=most)
                    for value, (least, most) in values.items()
                ),
            )
            for category, values in case.quotas.items()
        ),
        minimum_size=case.size,
        maximum_size=case.size,
    )


def timed(request: CoverageRequest, rounds: int) -> tuple[Any, Times]:
    """The answer, and the medians of its times; a first round, not counted, loads the solver."""
    clocks, works = [], []
    answer: Coverage | None = None
    assess_coverage(request)
    for _ in range(rounds):
        begin, worked = perf_counter(), process_time()
        answer = assess_coverage(request)
        clocks.append(perf_counter() - begin)
        works.append(process_time() - worked)
    return answer, Times(clock=statistics.median(clocks), work=statistics.median(works))


def peer_answer(case: PanelCase, *, peer: str, limit: float) -> dict[str, Any]:
    """What the peer answers; its times alone when it was stopped."""
    worked = children_work()
    with subprocess.Popen(
        [peer, "-P", str(HERE / "coverage_peer.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(json.dumps(asdict(case)))
        running.stdin.close()
        begun = json.loads(running.stdout.readline())
        begin = perf_counter()
        alarm = Timer(limit, running.kill)
        alarm.start()
        said = running.stdout.read()
        seconds = perf_counter() - begin
        alarm.cancel()
    if running.returncode == -SIGKILL:
        return {"seconds": seconds, "work": children_work() - worked - begun["work"]}
    answer: dict[str, Any] = json.loads(said.splitlines()[-1])
    return answer


def children_work() -> float:
    """Seconds of processor of the programs that were started and ended."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
