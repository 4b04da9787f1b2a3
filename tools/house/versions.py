"""What versions.toml says."""

import tomllib

from .paths import ROOT

_read = tomllib.loads((ROOT / "versions.toml").read_text())

ODOO = _read["odoo"]
DEBIAN = _read["debian"]
PYTHON = _read["python"]
TOOLS = _read["tools"]
IMAGES = _read["images"]
