"""Could the fuzzing find anything? Builds a reader with three planted bugs (core/import/planted.h) and fuzzes it, as smoke.py
fuzzes every reader, until each of them, switched on alone, has been found: an overflow, an unbounded recursion, a quadratic
loop. Nothing of what trips them is in the seeds or the dictionary; without any of them nothing may be found.

    control.py [SECONDS]    most seconds for each (default 600)
"""
import pathlib
import subprocess
import sys
import tempfile
import time

import smoke

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "fuzz"
PLANTED = {"overflow": "stack-buffer-overflow", "recursion": "stack-overflow", "loop": "timeout after"}
OPTIONS = ["-max_len=4096", "-timeout=2"]


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    subprocess.run(["cmake", "--preset", "fuzz", "-DKITH_PLANTED_BUGS=ON"], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["nice", "ninja", "-C", BUILD, "-j2", "fuzz_planted"], check=True, stdout=subprocess.DEVNULL)
    missed = []
    for bug, sign in [("none", None), *PLANTED.items()]:
        with tempfile.TemporaryDirectory() as folder:
            most = 30 if sign is None else seconds
            begin = time.monotonic()
            done = smoke.run(BUILD / "bin", "reader_whatsapp", folder, most, folder, OPTIONS, "fuzz_planted", {"KITH_PLANTED": bug})
            took = time.monotonic() - begin
        fine = done.returncode == 0 if sign is None else sign in done.stderr
        if not fine:
            missed.append(bug)
        what = "as it should be" if fine and sign is None else "found" if fine else "WRONG"
        print(f"{bug}: {what} after {took:.0f} s;", " ".join(smoke.line("", done).split()), flush=True)
    print("every planted bug was found" if not missed else "wrong: " + ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
