"""Starts the desktop program in a real window on the invented town and looks at what is painted.

    window.py KITH PICTURE    needs a display; exits with 77 (skipped) without one
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time


def colours(picture):
    """How many pixels there are of each colour, by ImageMagick."""
    text = subprocess.run(["convert", picture, "-resize", "400x", "-colors", "64", "-format", "%c", "histogram:info:-"],
                          capture_output=True, text=True, check=True).stdout
    return [int(line.split(":")[0]) for line in text.splitlines() if ":" in line]


def main():
    program, picture = sys.argv[1:]
    if not os.environ.get("DISPLAY"):
        print("skipped: there is no display")
        return 77
    pathlib.Path(picture).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kith-window-") as home:
        environment = dict(os.environ, HOME=home, XDG_DATA_HOME=home + "/data", XDG_CONFIG_HOME=home + "/config",
                           XDG_RUNTIME_DIR=home, QT_QPA_PLATFORM="xcb")
        child = subprocess.Popen([program, "--scenario", "millbrook"], env=environment)
        try:
            for attempt in range(60):
                time.sleep(1)
                assert child.poll() is None, f"the program ended with {child.returncode}"
                subprocess.run(["import", "-window", "root", picture], check=True)
                town = list(pathlib.Path(home).rglob("Millbrook.kith"))
                # A map in seven colours on paper: no single colour but the paper fills the window.
                if town and len(colours(picture)) >= 32 and attempt >= 8:
                    print(f"the window shows the town after {attempt + 1} s: {picture}")
                    return 0
            raise AssertionError("the window never showed the town")
        finally:
            child.terminate()
            child.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
