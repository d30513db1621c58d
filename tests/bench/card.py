"""What the program adds to reading a passport's chip, and how soon a card is told.

`python -m tests.bench.card` reads simulated passports in-process and takes the simulator's own time
off; the wire is modelled at 106 kbit/s: 9 bit times a byte, 0.3 ms turnaround, and 15 ms for chip
and reader with each command (assumed). With root and pcscd it also times the watcher against
pcscd's own poll, in a namespace of its own.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from counter_app.devices.card.crypto.suite import Suite
from counter_app.devices.card.emrtd.reading import read_travel_document
from counter_app.devices.card.emrtd.security_infos import Mapping
from counter_app.devices.card.emrtd.trust import TrustStore, bundled_trust
from counter_app.devices.card.simulator import passport_data as data
from counter_app.devices.card.simulator.card import SimulatedLink
from counter_app.devices.card.simulator.demo_issuer import demo_authority, document_signer
from counter_app.devices.card.simulator.passport import SimulatedPassport
from counter_app.devices.card.simulator.passport_files import Offer, demo_holder, make_passport

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
PHOTO_BYTES = 20_000
READS = 15
BIT_RATE, BITS_PER_BYTE, TURNAROUND_S, CHIP_S = 106_000, 9, 0.0003, 0.015
POLL_S = 0.4
INSERTIONS = 8
INSIDE = "COUNTER_APP_BENCH_INSIDE"
PREPARE = 'mkdir -p /run/pcscd && mount -t tmpfs tmpfs /run/pcscd && exec "$@"'
OFFERS = {
    "BAC 3DES, short": (Offer(pace=None), 256),
    "PACE AES-128, short": (Offer(), 256),
    "PACE AES-256, short": (Offer((Mapping.ECDH_GENERIC, Suite.AES_256, 15)), 256),
    "PACE AES-128, extended": (Offer(extended=True), 65536),
}


@dataclass
class Measured:
    """Hands commands to a card and keeps its time, the count and the bytes."""

    link: SimulatedLink
    most_answer: int
    card_s: float = 0.0
    bytes_sent: int = 0
    commands: int = field(default=0)

    def transmit(self, sent: bytes) -> bytes:
        started = time.perf_counter()
        answer = self.link.transmit(sent)
        self.card_s += time.perf_counter() - started
        self.commands += 1
        self.bytes_sent += len(sent) + len(answer)
        return answer

    def reset(self) -> None:
        self.link.reset()

    def wire_s(self) -> float:
        return self.bytes_sent * BITS_PER_BYTE / BIT_RATE + self.commands * TURNAROUND_S

    def whole_s(self) -> float:
        return self.wire_s() + self.commands * CHIP_S


def main() -> None:
    """Print the figures."""
    if os.environ.get(INSIDE):
        _watch()
        return
    trust = TrustStore([demo_authority()])
    for name, (offer, most_answer) in OFFERS.items():
        _read(name, offer, most_answer, trust)
    started = time.perf_counter()
    count = len(bundled_trust())
    print_line(
        f"card: {count} authorities loaded in {(time.perf_counter() - started) * 1e3:.0f} ms"
    )
    _watch_in_namespace()


def print_line(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _read(name: str, offer: Offer, most_answer: int, trust: TrustStore) -> None:
    photo = data.demo_photo(noise=2_000)
    photo += bytes(max(0, PHOTO_BYTES - len(photo)))
    holder = replace(demo_holder(NOW.date()), photo=photo)
    content = make_passport(holder, document_signer(NOW), offer)
    host_s = []
    for _ in range(READS):
        measured = Measured(SimulatedLink(SimulatedPassport(content), most_answer), most_answer)
        started = time.perf_counter()
        chip = read_travel_document(measured, holder.key(), trust, lambda _step: None)
        host_s.append(time.perf_counter() - started - measured.card_s)
    assert chip.is_authentic()
    median_s = statistics.median(host_s)
    print_line(
        f"card: {name}: {chip.bytes_read} bytes, {measured.commands} commands,"
        f" program {median_s * 1e3:.1f} ms, wire at 106 kbit/s {measured.wire_s() * 1e3:.0f} ms,"
        f" with chip {measured.whole_s() * 1e3:.0f} ms,"
        f" ratio {median_s / measured.wire_s():.3f} of wire,"
        f" {median_s / measured.whole_s():.3f} of the whole"
    )


def _watch_in_namespace() -> None:
    if os.geteuid() != 0 or not shutil.which("pcscd") or not shutil.which("unshare"):
        print_line("card: watcher not timed (needs root, pcscd and unshare)")
        return
    inner = [sys.executable, "-m", "tests.bench.card"]
    subprocess.run(
        ["unshare", "-n", "-m", "sh", "-c", PREPARE, "sh", *inner],
        env={**os.environ, INSIDE: "1"},
        check=True,
    )


def _watch() -> None:
    from counter_app.devices.card.simulator.bank_card import SimulatedBankCard
    from counter_app.devices.card.watcher import PcscWatcher
    from counter_app.ports.travel_document import CardEvent, CardInserted, CardTakenAway
    from tests.contract.card.pcscd_world import Pcscd, card_in, raise_loopback, until

    raise_loopback()
    service, watcher, events = Pcscd(), PcscWatcher(), list[tuple[float, CardEvent]]()
    service.start()
    watcher.start(lambda event: events.append((time.perf_counter(), event)))
    late: dict[type, list[float]] = {CardInserted: [], CardTakenAway: []}

    def wait_for(kind: type, since: float) -> None:
        until(lambda: any(isinstance(event, kind) for _, event in events), what=kind.__name__)
        at = next(at for at, event in events if isinstance(event, kind))
        late[kind].append(at - since)
        events.clear()

    for _ in range(INSERTIONS):
        started = time.perf_counter()
        with card_in(SimulatedBankCard()):
            wait_for(CardInserted, started)
            started = time.perf_counter()
        wait_for(CardTakenAway, started)
    watcher.close()
    service.close()
    for kind, found in late.items():
        median_s = statistics.median(found)
        print_line(
            f"card: {kind.__name__} told after {median_s * 1e3:.0f} ms (slowest"
            f" {max(found) * 1e3:.0f} ms), ratio to pcscd's poll {median_s / POLL_S:.2f}"
        )


if __name__ == "__main__":
    main()
