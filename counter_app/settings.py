"""The counter's settings: one strict TOML file; what is left out has a safe default."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from counter_app.errors import CounterError, FailureCode
from counter_app.formats.toml_model import StrictModel, read_model

FILE_NAME = "settings.toml"


class Environment(StrEnum):
    """Where the program runs; simulators start everywhere but in production."""

    DEMO = "demo"
    TRAINING = "training"
    PILOT = "pilot"
    PRODUCTION = "production"


class BranchTable(StrictModel):
    """The branch as papers show it."""

    code: str = Field(default="110199", pattern=r"^\d{6}$")
    name: str = "演示服务中心"
    phone: str = "未设置"
    address: str = "未设置"
    hours: str = ""


class CounterTable(StrictModel):
    """The counter and what it tells customers."""

    number: str = Field(default="01", pattern=r"^\d{2}$")
    enquiry: str = "凭受理编号向受理网点查询"
    complaint: str = "请向受理网点或机构公示的投诉渠道反映"


STRIP_PRINTER = r"^((tcp|serial):[^:]+(:\d+)?|(device|cups):[^:]+)?$"


class DeviceTable(StrictModel):
    """Sources of the devices.

    Attributes:
        id_reader: `serial:auto`, `serial:<port>`, `pty:<path>`, `usb`, `tcp:<host>:<port>`,
            `service`.
        camera: Device index, file, image sequence, or MJPEG address on loopback.
        camera_rotation: Degrees clockwise, for cameras that look down on the desk.
        camera_width: Wished width of the picture in pixels; 0 for the camera's own.
        camera_height: Wished height; both or neither.
        printer: `auto`, `cups:<queue>`, `folder`, `folder:<path>`, `windows:<name>`.
        strip_printer: An 80 mm thermal printer for when the other one cannot print: `tcp:<host>`,
            `tcp:<host>:<port>`, `device:<path>` (/dev/usb/lp0), `serial:<port>`,
            `serial:<port>:<baud>`, `cups:<raw queue>`; empty for none.
        signature_pad: `none`, or `screen`: the customer may sign with a pen tablet or the mouse.
        codes: `none` or `simulated`.
        card_reader: Name of the PC/SC reader for passports, permits and bank cards; any reader
            when empty.
        photo_decoder: The vendor's library that decodes the portrait of resident-ID cards; empty
            for none, then the portrait is not shown.
        photo_call: How that library wants to be called: `unpack`, `wlt2Bmp` or `GetBmp`.
        photo_symbol: Exported name where it differs from the call's.
        photo_flag: Third argument of `unpack`, second of `GetBmp` (1 serial, 2 USB).
    """

    id_reader: str = "serial:auto"
    camera: str = "0"
    camera_rotation: int = Field(default=0, ge=0, le=270, multiple_of=90)
    camera_width: int = Field(default=0, ge=0, le=8192)
    camera_height: int = Field(default=0, ge=0, le=8192)
    printer: str = "auto"
    strip_printer: str = Field(default="", pattern=STRIP_PRINTER)
    signature_pad: str = Field(default="none", pattern=r"^(none|screen)$")
    codes: str = Field(default="none", pattern=r"^(none|simulated)$")
    card_reader: str = ""
    photo_decoder: str = ""
    photo_call: str = Field(default="unpack", pattern=r"^(unpack|wlt2Bmp|GetBmp)$")
    photo_symbol: str = ""
    photo_flag: int = 0


class OfficeTable(StrictModel):
    """Head office; without an address everything waits in the queue."""

    url: str = ""


class SealTable(StrictModel):
    """The branch's seal; PINs and passphrases never stand here.

    Attributes:
        key: `demo` (refused in production), `pkcs12:<file>`, `pkcs11:<library>`,
            `service:<address>`.
        token: Label of the token (pkcs11).
        label: Label that key and certificate share on the token (pkcs11).
        code_key: PKCS#12 file with the key that signs the codes on papers; needed unless `demo`.
        trust: Folder with `roots`, `codes` and `revoked`; needed unless `demo`.
        timestamps: Address of an RFC 3161 service; empty for none.
    """

    key: str = Field(default="demo", pattern=r"^(demo|(pkcs12|pkcs11|service):.+)$")
    token: str = ""
    label: str = ""
    code_key: str = ""
    trust: str = ""
    timestamps: str = Field(default="", pattern=r"^(https?://.+)?$")


class QueueTable(StrictModel):
    """When the queue stops new cases (R16)."""

    freeze_after_days: int = Field(default=3, ge=1, le=30)


class RetentionTable(StrictModel):
    """How long what is decided stays at the counter; never what head office has not decided."""

    case_days: int = Field(default=7, ge=1, le=30)


class WindowTable(StrictModel):
    """The window."""

    language: str = Field(default="zh_CN", pattern=r"^(zh_CN|en)$")
    idle_lock_minutes: int = Field(default=5, ge=1, le=60)


class Settings(StrictModel):
    """Everything that is set for one counter."""

    environment: Environment = Environment.DEMO
    branch: BranchTable = BranchTable()
    counter: CounterTable = CounterTable()
    devices: DeviceTable = DeviceTable()
    office: OfficeTable = OfficeTable()
    queue: QueueTable = QueueTable()
    seal: SealTable = SealTable()
    retention: RetentionTable = RetentionTable()
    window: WindowTable = WindowTable()


def read_settings(folder: Path) -> Settings:
    """Read the settings of a data folder; none means the defaults of a demonstration.

    Raises:
        CounterError: SETTINGS_INVALID with `file`, `line`, `key` and `allowed`.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CounterError(
            FailureCode.SETTINGS_INVALID, file=FILE_NAME, line=1, key="-", allowed="UTF-8 text"
        ) from error
    return read_model(FILE_NAME, text, Settings, FailureCode.SETTINGS_INVALID)
