"""What the harnesses in this folder share: paths, and a Python with packages from PyPI."""
import fcntl
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = ROOT.parent / "shared" / "fixtures"
# The program to test, or another that the environment names.
VIRGA = Path(os.environ.get("VIRGA") or ROOT / ".build" / "release" / "virga")


def python_with(*packages):
    """A Python that has `packages`, from the environment in .venv, which is made here; None with none.

    VIRGA_PYTHON names another, that has them already.
    """
    python = os.environ.get("VIRGA_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    imports = "import " + ", ".join(PACKAGES[package] for package in packages)

    def has_them():
        try:
            return subprocess.run([python, "-c", imports], capture_output=True).returncode == 0
        except OSError:
            return False
    if has_them():
        return python
    commands = [[sys.executable, "-m", "venv", str(ROOT / ".venv")],
                [str(ROOT / ".venv" / "bin" / "pip"), "install", "-q", *packages]]
    # Other tests put packages into the same folder at the same time.
    with open(ROOT / ".venv.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for command in commands:
            try:
                if subprocess.run(command, capture_output=True, timeout=300).returncode != 0:
                    return None
            except (OSError, subprocess.TimeoutExpired):
                return None
    python = str(ROOT / ".venv" / "bin" / "python")
    return python if has_them() else None


# The module that each package brings.
PACKAGES = {"wasmtime": "wasmtime", "componentize-py": "componentize_py", "pywasm3": "wasm3", "pyyaml": "yaml",
            "kubernetes-validate": "kubernetes_validate"}
