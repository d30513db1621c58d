"""How much the program adds to a resident-ID read, and how soon a stop is seen.

`python -m tests.bench.id_reader` reads invented cards over a pseudo-terminal, which has no wire
time, and compares with the time the same bytes take on a wire.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from counter_app.devices.id_reader.factory import open_id_card_reader
from counter_app.devices.id_reader.frame import encode_frame
from counter_app.devices.id_reader.sam_v import Command
from counter_app.devices.id_reader.simulator.module import Latency, SimulatedIdCardReader
from counter_app.devices.id_reader.simulator.people import AGENT, PRINCIPAL
from counter_app.devices.id_reader.simulator.pty_line import SimulatedIdCardReaderPty
from counter_app.devices.id_reader.simulator.specimen import ResidentCardSpecimen
from counter_app.ports.id_reader import IdCardReader
from counter_app.ports.stop import never

READS = 200
STOPS = 20
SPEED = 115_200
BITS_PER_BYTE = 10
ANSWER_BYTES = {Command.FIND: 15, Command.SELECT: 19, Command.READ: 1_295}
APPENDED_BYTES = 11


def main() -> None:
    """Print the figures."""
    simulated = SimulatedIdCardReader(environment="bench")
    with SimulatedIdCardReaderPty(simulated) as line:
        reader = open_id_card_reader(f"pty:{line.path}")
        reader.health()
        read_s = sorted(_read_times(simulated, reader))
        reader.close()
    stop_s = sorted(_stop_times())
    median_s, wire_s = statistics.median(read_s), _wire_time()
    sys.stdout.write(
        f"id reader: {READS} reads over a pty, median {median_s * 1_000:.2f} ms,"
        f" slowest {read_s[-1] * 1_000:.2f} ms\n"
        f"id reader: wire time of the same bytes at {SPEED} {wire_s * 1_000:.1f} ms,"
        f" ratio program to wire {median_s / wire_s:.3f}\n"
        f"id reader: {STOPS} stops while an answer is due,"
        f" median {statistics.median(stop_s) * 1_000:.0f} ms,"
        f" slowest {stop_s[-1] * 1_000:.0f} ms\n"
    )


def _read_times(simulated: SimulatedIdCardReader, reader: IdCardReader) -> list[float]:
    times = []
    for index in range(READS):
        simulated.insert(ResidentCardSpecimen.of((PRINCIPAL, AGENT)[index % 2]))
        started = time.perf_counter()
        reader.wait_for_card(never(), lambda _progress: None)
        times.append(time.perf_counter() - started)
    return times


def _stop_times() -> list[float]:
    """Stop waits in which the module owes an answer, the slowest case there is."""
    times = []
    for index in range(STOPS):
        simulated = SimulatedIdCardReader(environment="bench", latency=Latency(find_s=60.0))
        stop = threading.Event()
        with SimulatedIdCardReaderPty(simulated) as line, ThreadPoolExecutor(1) as lane:
            reader = open_id_card_reader(f"pty:{line.path}")
            wait = lane.submit(reader.wait_for_card, stop, lambda _progress: None)
            while Command.FIND.value not in simulated.requests:
                time.sleep(0.001)
            time.sleep(index * 0.01)
            started = time.perf_counter()
            stop.set()
            wait.exception()
            times.append(time.perf_counter() - started)
            reader.close()
    return times


def _wire_time() -> float:
    requests = (*ANSWER_BYTES, Command.READ_APPENDED)
    sent = sum(len(encode_frame(bytes(command.value))) for command in requests)
    received = sum(ANSWER_BYTES.values()) + APPENDED_BYTES
    return (sent + received) * BITS_PER_BYTE / SPEED


if __name__ == "__main__":
    main()
