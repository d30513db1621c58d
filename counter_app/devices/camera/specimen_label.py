"""A terminal's type label."""

from __future__ import annotations

import zxingcpp
from PIL import Image, ImageDraw

from counter_app.devices.camera.specimen_ink import INK, font


def draw(serial: str) -> Image.Image:
    """Return the label: maker, model, serial number as Code 128 and in plain text.

    Args:
        serial: Printable ASCII.
    """
    image = Image.new("RGB", (1100, 560), (244, 244, 240))
    pen = ImageDraw.Draw(image)
    pen.rectangle((8, 8, 1091, 551), outline=INK, width=3)
    pen.text((50, 36), "样本终端  POS Terminal", INK, font(46, "Bold"))
    pen.text((50, 116), "Model: YB-100   Input: DC 5V 2A", INK, font(34))
    code = zxingcpp.create_barcode(serial, zxingcpp.BarcodeFormat.Code128)
    bars = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    scale = max(2, 960 // bars.width)
    bars = bars.convert("L").resize((bars.width * scale, 170), Image.Resampling.NEAREST)
    image.paste(bars.convert("RGB"), ((1100 - bars.width) // 2, 190))
    pen.text((550, 420), f"SN: {serial}", INK, font(48), anchor="mm")
    pen.text((550, 500), "样本 · 仅供演示", INK, font(32), anchor="mm")
    return image
