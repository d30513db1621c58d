"""The recognition models that the build copied into the program."""

from __future__ import annotations

from importlib.resources import as_file, files

import onnxruntime as ort

from counter_app.errors import CounterError, FailureCode

DETECTION = "det-tiny"
RECOGNITION = "rec-small"


def open_model(name: str, threads: int) -> ort.InferenceSession:
    """Load one model; takes about 0.2 s.

    Args:
        name: File name without `.onnx`.
        threads: Threads that one picture may use.

    Raises:
        CounterError: MODEL_MISSING, also when the file is damaged.
    """
    ort.disable_telemetry_events()
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        with as_file(files("counter_app") / "_resources" / "models" / f"{name}.onnx") as path:
            return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (OSError, RuntimeError, ValueError) as error:
        raise CounterError(FailureCode.MODEL_MISSING, model=name) from error


def characters(name: str) -> tuple[str, ...]:
    """Return what each output class of a recognition model stands for.

    Class 0 is the blank of the CTC alphabet, the last one the space; between them stands the
    list `character_dict` of the model's `.yml`, one character a line.

    Raises:
        CounterError: MODEL_MISSING.
    """
    path = files("counter_app") / "_resources" / "models" / f"{name}.yml"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        start = lines.index("  character_dict:") + 1
    except (OSError, ValueError) as error:
        raise CounterError(FailureCode.MODEL_MISSING, model=name) from error
    entries = [line[4:] for line in lines[start:] if line.startswith("  - ")]
    return ("", *(_unquoted(entry) for entry in entries), " ")


def _unquoted(entry: str) -> str:
    if len(entry) > 1 and entry[0] == entry[-1] == "'":
        return entry[1:-1].replace("''", "'")
    if len(entry) > 1 and entry[0] == entry[-1] == '"':
        return entry[1:-1]
    return entry
