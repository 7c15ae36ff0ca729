"""A minute of fuzzing of one target on its saved corpus; what fails is left in CORPUS/../crashes.

    smoke.py PROGRAM TARGET CORPUS [SECONDS]
"""
import os
import pathlib
import subprocess
import sys

import seeds

program, target, corpus = sys.argv[1:4]
seconds = sys.argv[4] if len(sys.argv) > 4 else os.environ.get("KITH_FUZZ_SECONDS", "60")
folder = seeds.fill(target, corpus)
crashes = pathlib.Path(corpus).parent / "crashes"
crashes.mkdir(exist_ok=True)
done = subprocess.run([program, folder, "-max_len=65536", "-timeout=10", "-rss_limit_mb=1024", "-malloc_limit_mb=1024", "-seed=1",
                       f"-max_total_time={seconds}", f"-artifact_prefix={crashes}/{target}-", "-print_final_stats=1"],
                      capture_output=True, text=True, errors="replace",
                      env={"UBSAN_OPTIONS": "print_stacktrace=1", **os.environ, "ASAN_OPTIONS": "detect_leaks=1"})
lines = done.stderr.splitlines()
print("\n".join(lines[-60:] if done.returncode else [line for line in lines if line.startswith("stat::")]))
sys.exit(1 if done.returncode else 0)
