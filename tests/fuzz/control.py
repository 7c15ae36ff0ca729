"""Could the fuzzing find anything? Builds a reader with three planted bugs (core/import/planted.h) and fuzzes until each of
them, switched on alone, has been found: an overflow, an unbounded recursion, a quadratic loop.

    control.py [SECONDS]    most seconds for each (default 600)
"""
import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "fuzz"
PLANTED = {"overflow": "stack-buffer-overflow", "recursion": "stack-overflow", "loop": "timeout after"}


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    subprocess.run(["cmake", "--preset", "fuzz", "-DKITH_PLANTED_BUGS=ON"], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["nice", "ninja", "-C", BUILD, "-j2", "fuzz_planted"], check=True, stdout=subprocess.DEVNULL)
    program = BUILD / "bin" / "fuzz_planted"
    missed = []
    for bug, sign in [("none", None), *PLANTED.items()]:
        with tempfile.TemporaryDirectory() as folder:
            corpus = pathlib.Path(folder) / "corpus"
            corpus.mkdir()
            (corpus / "seed").write_text("20/03/2024, 14:01 - Anna: one\n20/03/2024, 14:02 - Ben: two\n")
            most = 30 if sign is None else seconds
            done = subprocess.run([program, corpus, "-max_len=4096", "-timeout=2", "-rss_limit_mb=1024", "-seed=1", "-use_value_profile=1",
                                   f"-max_total_time={most}", f"-artifact_prefix={folder}/"],
                                  capture_output=True, text=True, errors="replace",
                                  env={**os.environ, "KITH_PLANTED": bug})
            fine = done.returncode == 0 if sign is None else sign in done.stderr
            if not fine:
                missed.append(bug)
            runs = [line for line in done.stderr.splitlines() if line.startswith("#")]
            print(bug + ":", "as it should be," if fine else "WRONG,", runs[-1] if runs else "")
    print("every planted bug was found" if not missed else "wrong: " + ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
