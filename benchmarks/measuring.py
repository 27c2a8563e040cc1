"""Timing on a shared, noisy machine: all ways in turn, several turns, the median of each."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

Act = Callable[[], object]


def milliseconds(act: Act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def in_turns(*acts: Act, turns: int = 7) -> list[float]:
    """Median milliseconds of each act. They alternate, so that a busy spell of the
    machine falls on all of them; a first turn warms up and is not counted."""
    for act in acts:
        act()
    taken = [[milliseconds(act) for act in acts] for _ in range(turns)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def tell(name: str, ours: float, floor: float, usual: float | None = None) -> None:
    told = f"{name}: ours {ours:.1f} ms, floor {floor:.1f} ms, ratio {ours / floor:.1f}"
    if usual is not None:
        told += f", the usual way {usual:.1f} ms, its ratio {usual / floor:.1f}"
    print(told, flush=True)


def peak_mib() -> int:
    """The most memory that this process has held, as Linux keeps it. Not `ru_maxrss`:
    that one a child takes over from the process that started it."""
    told = Path("/proc/self/status").read_text()
    (kib,) = (line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))
    return int(kib) // 1024
