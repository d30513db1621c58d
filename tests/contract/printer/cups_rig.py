"""A real cupsd and a real IPP Everywhere printer on loopback, with private files and a private bus.

ippeveprinter insists on DNS-SD, so it gets an avahi-daemon of its own on a D-Bus of its own.
Faults are injected by the command that ippeveprinter runs for each job.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

NEEDED = ("cupsd", "ippeveprinter", "lpadmin", "avahi-daemon", "dbus-daemon", "unshare")
QUEUE = "A4"
_PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={bus}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/><allow own="*"/>
    <allow send_type="method_call"/><allow send_type="signal"/>
    <allow send_requested_reply="true"/>
    <allow receive_type="method_call"/><allow receive_type="method_return"/>
    <allow receive_type="signal"/><allow receive_type="error"/>
  </policy>
</busconfig>
"""
_AVAHI = """[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
enable-dbus=yes
[wide-area]
enable-wide-area=no
[publish]
publish-workstation=no
"""
_CUPS_FILES = """ServerRoot {home}/root
CacheDir {home}/cache
StateDir {home}/state
RequestRoot {home}/spool
TempDir {home}/tmp
DataDir /usr/share/cups
ServerBin /usr/lib/cups
ErrorLog {home}/log/error
AccessLog {home}/log/access
PageLog {home}/log/page
SystemGroup root
Sandboxing relaxed
"""
_CUPSD = """LogLevel info
MaxLogSize 0
Listen 127.0.0.1:{port}
WebInterface No
Browsing Off
BrowseLocalProtocols none
DefaultAuthType None
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""


def missing() -> list[str]:
    """List what the rig needs and this machine lacks."""
    lacking = [name for name in NEEDED if shutil.which(name, path=_PATH) is None]
    return lacking if os.geteuid() == 0 else [*lacking, "root"]


def eventually(holds: Callable[[], bool], within_s: float = 20) -> bool:
    """Poll until something holds."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return False


@dataclass
class CupsRig:
    """The running daemons."""

    home: Path
    port: int
    printer_port: int
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _printer: subprocess.Popen[bytes] | None = None

    @property
    def received(self) -> Path:
        """The last document the printer printed."""
        return self.home / "received.pdf"

    def behave(self, script: str) -> None:
        """Set what the printer does with the next jobs: `print` stands for printing."""
        printing = f'cat "$1" > {self.received}'
        fresh = self.home / "behaviour.new"
        fresh.write_text(script.replace("PRINT", printing) + "\n")
        fresh.replace(self.home / "behaviour")

    def switch_on(self) -> None:
        """Start the printer and wait until it answers."""
        command = ["ippeveprinter", "-p", str(self.printer_port), "-n", "localhost"]
        command += ["-f", "application/pdf", "-c", str(self.home / "command.sh")]
        command += ["-d", str(self.home / "jobs"), f"Sim {self.printer_port}"]
        self._printer = self._start(command)
        assert eventually(lambda: _answers(self.printer_port)), "the printer did not start"

    def switch_off(self) -> None:
        """Stop the printer."""
        if self._printer:
            self._printer.kill()
            self._printer.wait(10)
            self._printer = None

    def run(self, *command: str) -> None:
        """Run an administration command against the private cupsd."""
        server = ["-h", f"127.0.0.1:{self.port}"]
        subprocess.run(
            [command[0], *server, *command[1:]],
            check=True,
            env=self._env(),
            timeout=60,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )

    def start(self) -> None:
        """Start everything."""
        self._write_files()
        self._start(
            ["dbus-daemon", f"--config-file={self.home}/bus.conf", "--nofork", "--nopidfile"]
        )
        assert eventually((self.home / "bus").exists), "no bus"
        avahi = f"avahi-daemon --no-drop-root --no-chroot --no-rlimits -f {self.home}/avahi.conf"
        Path("/run/avahi-daemon").mkdir(exist_ok=True)
        self._start(
            ["unshare", "-m", "sh", "-c", f"mount -t tmpfs none /run/avahi-daemon; exec {avahi}"]
        )
        files = f"{self.home}/cups-files.conf"
        self._start(["cupsd", "-f", "-c", f"{self.home}/cupsd.conf", "-s", files])
        assert eventually(lambda: _answers(self.port)), "cupsd did not start"
        self.behave("PRINT")
        self.switch_on()
        uri = f"ipp://localhost:{self.printer_port}/ipp/print"
        self.run("lpadmin", "-p", QUEUE, "-E", "-v", uri, "-m", "everywhere")

    def stop(self) -> None:
        """Stop everything, the last started first."""
        self.switch_off()
        for process in reversed(self._running):
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait(10)

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self.home / "log" / f"{command[0]}.out").open("ab")
        process = subprocess.Popen(command, env=self._env(), stdout=log, stderr=log)
        log.close()
        self._running.append(process)
        return process

    def _env(self) -> dict[str, str]:
        bus = f"unix:path={self.home}/bus"
        return {"PATH": _PATH, "DBUS_SYSTEM_BUS_ADDRESS": bus, "LANG": "C"}

    def _write_files(self) -> None:
        for name in ("root/ppd", "cache", "state", "spool", "tmp", "log", "jobs"):
            (self.home / name).mkdir(parents=True)
        for path in (self.home, *self.home.rglob("*")):
            path.chmod(0o777)
        texts = {
            "bus.conf": _BUS.format(bus=self.home / "bus"),
            "avahi.conf": _AVAHI,
            "cups-files.conf": _CUPS_FILES.format(home=self.home),
            "cupsd.conf": _CUPSD.format(port=self.port),
            "command.sh": f'#!/bin/sh\nexec /bin/sh {self.home}/behaviour "$@"\n',
        }
        for name, text in texts.items():
            (self.home / name).write_text(text)
        (self.home / "command.sh").chmod(0o755)
        (self.home / "cups-files.conf").chmod(0o640)


@contextlib.contextmanager
def cups_rig(home: Path) -> Iterator[CupsRig]:
    """Run the rig in a short folder of its own."""
    rig = CupsRig(home, _free_port(), _free_port())
    try:
        rig.start()
        yield rig
    finally:
        rig.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
