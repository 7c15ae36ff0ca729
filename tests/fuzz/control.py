"""Could the fuzzing find anything? Fuzzes the reader of WhatsApp chats with one planted bug at a time (planted.h), as smoke.py
fuzzes every reader, until each has been found: an overflow, an unbounded recursion and a quadratic loop, and one for every other
promise that is checked (check.h). No seed trips them: there are runs of 24 of every sign (seeds.py) and words of 48
(dictionary.py), and it takes more. Without any of them nothing may be found.

    control.py [SECONDS [BUG...]]    most seconds for each (default 600); every run has a seed of its own, or KITH_FUZZ_SEED
"""
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile

import smoke

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "fuzz"
# Bug -> what a run must say of it. An input that is slow enough may not even end in time.
PLANTED = {
    "overflow": "stack-buffer-overflow", "recursion": "stack-overflow", "loop": "an input that takes too long|libFuzzer: timeout",
    "undefined": "signed integer overflow", "leak": "detected memory leaks", "memory": "out-of-memory", "foreign": "std::out_of_range",
    "remedy": "an error without a remedy", "sum": "records do not add up", "pieces": "bytes that arrive in pieces are read otherwise",
    "text": "a text that is no UTF-8", "tie": "a tie to nothing", "weight": "a weight that is no number", "time": "a time out of range",
    "place": "a line before the first"}


def build():
    if not (BUILD / "build.ninja").is_file():
        subprocess.run(["cmake", "--preset", "fuzz"], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["nice", "ninja", "-C", BUILD, "-j2", "fuzz_planted"], check=True, stdout=subprocess.DEVNULL)


def spent():
    """CPU seconds of the programs that were run."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    build()
    missed = []
    for bug in sys.argv[2:] or ["none", *PLANTED]:
        sign = PLANTED.get(bug)
        seed = os.environ.get("KITH_FUZZ_SEED") or str(random.SystemRandom().randrange(1, 1 << 31))
        with tempfile.TemporaryDirectory() as folder:
            most = min(seconds, 60) if sign is None else seconds
            begin = spent()
            done = smoke.run(BUILD / "bin", "reader_whatsapp", folder, most, folder, [f"-seed={seed}"], "fuzz_planted",
                             {"KITH_PLANTED": bug})
            took = spent() - begin
        fine = done.returncode == 0 if sign is None else re.search(sign, done.stderr) is not None
        if not fine:
            missed.append(bug)
        what = "as it should be" if fine and sign is None else "found" if fine else "WRONG"
        print(f"{bug}: {what} after {took:.0f} s of CPU, seed {seed};", " ".join(smoke.line("", done).split()), flush=True)
    print("every planted bug was found" if not missed else "wrong: " + ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
