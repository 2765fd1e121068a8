"""Group proposals and fair panels, beside the maximin of sortition-algorithms.

    python benchmarks/coverage.py --peer PYTHON [--from FOLDER] [--limit SECONDS] [--rounds N]

PYTHON is that of an environment where the peer is installed (`make bench-coverage` makes it:
GPL, so never the project's own). FOLDER holds the shared fixture, left out where it is absent.
Each time is given twice: on the clock (the median of N rounds for ours), and in seconds of
processor, which other programs disturb less. The peer is stopped after SECONDS. Promises: a
shortfall of 0 and a smallest chance never under the peer's, both proved; at least 100 times
faster on maximin; additions under 0.2 s and swaps under 20 ms for 18 of 200.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from coverage_cases import PanelCase, cases

from fabrique.methods.coverage import (
    Category,
    Coverage,
    CoverageRequest,
    Part,
    Person,
    ValueTarget,
    assess_coverage,
)

HERE = Path(__file__).parent
SAME = 1e-6
"""Two chances nearer than this are the same."""


def main() -> int:
    """Print every figure; 1 when ours is anywhere behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer", required=True, help="Python that has the peer")
    parser.add_argument("--from", dest="folder", type=Path, default=HERE / "../../shared/data")
    parser.add_argument("--limit", type=float, default=300.0, help="seconds the peer is given")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    behind = [
        measure(case, peer=asked.peer, limit=asked.limit, rounds=asked.rounds)
        for case in cases(asked.folder)
    ]
    return int(any(behind))


def measure(case: PanelCase, *, peer: str, limit: float, rounds: int) -> bool:
    """Print one case; whether ours is behind the peer."""
    request = request_of(case)
    several = rounds if len(case.people) <= 200 else 1
    answer, *times = timed(replace(request, wanted=(Part.ADDITIONS,)), several)
    added = answer.additions
    print(
        f"{case.name:<11} additions  {said(times)}  shortfall {added.after.shortfall}"
        f" (bound {added.bound}, {added.status})"
    )
    seated = replace(
        request,
        members=request.candidates[: case.size],
        candidates=request.candidates[case.size :],
        wanted=(Part.SWAP,),
    )
    answer, *times = timed(seated, several)
    print(
        f"{case.name:<11} swap       {said(times)}  shortfall {answer.present.shortfall} to"
        f" {answer.swap.after.shortfall}"
    )
    answer, *times = timed(replace(request, wanted=(Part.DRAW,)), several)
    drawn = answer.draw
    print(
        f"{case.name:<11} draw       {said(times)}  smallest chance"
        f" {drawn.minimum_probability:.6f} (bound {drawn.bound:.6f}, {drawn.status},"
        f" {len(drawn.panels)} panels)"
    )
    theirs = peer_answer(case, peer=peer, limit=limit)
    return report_peer(case, theirs, ours=drawn.minimum_probability, times=times, limit=limit)


def report_peer(
    case: PanelCase, theirs: dict[str, Any], *, ours: float, times: Sequence[float], limit: float
) -> bool:
    """Print the peer's line; whether ours is behind."""
    name = f"{case.name:<11} peer draw "
    if not theirs:
        print(f"{name}  not finished in {limit:.0f} s, {limit / times[0]:.1f} times ours")
        return False
    if "refused" in theirs:
        print(f"{name}  refused: {theirs['refused']}")
        return False
    clock, work = theirs["seconds"], theirs["work"]
    print(
        f"{name} {said((clock, work))}  smallest chance {theirs['minimum']:.6f}"
        f" ({theirs['panels']} panels); ours {clock / times[0]:.0f} times faster on the clock,"
        f" {work / times[1]:.0f} in work"
    )
    return bool(ours < theirs["minimum"] - SAME)


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


def timed(request: CoverageRequest, rounds: int) -> tuple[Any, float, float]:
    """The answer, and the medians of its time on the clock and in work, in seconds."""
    clocks, works = [], []
    answer: Coverage | None = None
    for _ in range(rounds):
        begin, worked = perf_counter(), process_time()
        answer = assess_coverage(request)
        clocks.append(perf_counter() - begin)
        works.append(process_time() - worked)
    return answer, statistics.median(clocks), statistics.median(works)


def said(times: Sequence[float]) -> str:
    clock, work = times
    return f"{clock:8.3f} s (work {work:7.3f} s)"


def peer_answer(case: PanelCase, *, peer: str, limit: float) -> dict[str, Any]:
    """What the peer answers; nothing when it was stopped."""
    try:
        done = subprocess.run(
            [peer, str(HERE / "coverage_peer.py")],
            input=json.dumps(asdict(case)),
            capture_output=True,
            text=True,
            timeout=limit,
            check=True,
        )
    except subprocess.TimeoutExpired:
        return {}
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    sys.exit(main())
