"""Where everything stands."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"
LOCAL = ROOT / ".local"
VENV = LOCAL / "venv"
PYTHON = VENV / "bin" / "python"
SOLVER = LOCAL / "solver"

# Tells this checkout from another one on the same machine.
CHECKOUT = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
