"""Runs the maximin of sortition-algorithms on the case read from standard input.

Started by `benchmarks/coverage.py` with the Python of the benchmark's own environment: the
package is GPL, so nothing of the project imports it. Says on standard output when it begins, then
its answer, a line of JSON each.
"""

import json
import sys
from time import perf_counter, process_time

from sortition_algorithms.committee_generation.maximin import find_distribution_maximin
from sortition_algorithms.errors import InfeasibleQuotasError
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings


def main() -> None:
    """Read the case, time the call alone, print the answer."""
    case = json.load(sys.stdin)
    rows = [
        {"feature": feature, "value": value, "min": str(least), "max": str(most)}
        for feature, values in case["quotas"].items()
        for value, (least, most) in values.items()
    ]
    features, *_ = read_in_features(list(rows[0]), rows, case["size"])
    settings = Settings(id_column="id", columns_to_keep=[], check_same_address=False)
    body = [{"id": person, **values} for person, values in case["people"].items()]
    people, _ = read_in_people(list(body[0]), body, features, settings)
    begin, worked = perf_counter(), process_time()
    print(json.dumps({"work": worked}), flush=True)
    try:
        panels, chances, _ = find_distribution_maximin(features, people, case["size"], [])
    except InfeasibleQuotasError as refusal:
        print(json.dumps({"refused": str(refusal), **since(begin, worked)}))
        return
    times = since(begin, worked)
    likely = dict.fromkeys(case["people"], 0.0)
    for panel, chance in zip(panels, chances, strict=True):
        for person in panel:
            likely[person] += chance
    covered = set().union(*panels)
    answer = {
        **times,
        "panels": len(panels),
        "minimum": min(likely[person] for person in covered),
    }
    print(json.dumps(answer))


def since(begin: float, worked: float) -> dict[str, float]:
    """Seconds on the clock, and of processor."""
    return {"seconds": perf_counter() - begin, "work": process_time() - worked}


if __name__ == "__main__":
    main()
