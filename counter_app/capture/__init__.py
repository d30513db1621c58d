"""From image to evidence: find, straighten, judge and read documents.

The engine's packages report their use to their maker unless told not to before they are first
imported (onnxruntime 1.32 on Linux keeps a device id and uploads events); a counter talks to its
head office and to nobody else, so that is switched off here, before any module that imports it.
"""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["ORT_TELEMETRY_DISABLED"] = "1"
