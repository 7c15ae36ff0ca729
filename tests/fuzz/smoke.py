"""Fuzzes every target for a while on its saved corpus, two at a time. What fails is left in CORPUS/../crashes.

    smoke.py BIN CORPUS [SECONDS [TARGET...]]    default: 60 seconds each, or KITH_FUZZ_SECONDS; seed 1, or KITH_FUZZ_SEED

Seconds are those of the processor: a machine with other work makes no run shorter. One line a target: how often it ran, how many
branches it met, and what it found.
"""
import concurrent.futures
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import dictionary
import seeds

OTHERS = ["recognise", "archive", "workspace", "dates", "names", "json"]
# The sanitizers stop at what is wrong; memory that nobody gives back counts.
SETTINGS = {"UBSAN_OPTIONS": "print_stacktrace=1", "ASAN_OPTIONS": "detect_leaks=1"}


def targets(programs):
    """Of every format that the program for readers lists, and the rest."""
    environment = {name: value for name, value in os.environ.items() if name != "KITH_FORMAT"}
    done = subprocess.run([programs / "fuzz_reader"], capture_output=True, text=True, check=True, env=environment)
    return ["reader_" + line.split()[0] for line in done.stdout.splitlines()] + OTHERS


def spent(pid):
    """Seconds of the processor that a program has used so far."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def watched(command, settings, seconds):
    """A run of the fuzzer, which is asked to stop after so many seconds of the processor."""
    with tempfile.TemporaryFile() as said:
        program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=settings)
        try:
            asked = False
            while program.poll() is None:
                time.sleep(0.2)
                if not asked and spent(program.pid) >= seconds:
                    program.send_signal(signal.SIGUSR1)
                    asked = True
        finally:
            if program.poll() is None:
                program.kill()
                program.wait()
        said.seek(0)
        return subprocess.CompletedProcess(command, program.returncode, "", said.read().decode(errors="replace"))


def run(programs, target, corpus, seconds, crashes, options=(), program=None, environment=()):
    """One run of the fuzzer; options come after our own and so win."""
    folder = seeds.fill(target, corpus)
    format = target.removeprefix("reader_")
    settings = {**SETTINGS, **os.environ, **dict(environment)}
    command = [programs / (program or "fuzz_" + ("reader" if format != target else target)), folder]
    if format != target:
        settings["KITH_FORMAT"] = format
        words = pathlib.Path(corpus) / (target + ".dict")
        words.write_text("\n".join(dictionary.words(format)) + "\n")
        command.append(f"-dict={words}")
    command += ["-max_len=65536", "-timeout=60", "-rss_limit_mb=1024", "-malloc_limit_mb=1024", "-entropic=0",
                f"-seed={os.environ.get('KITH_FUZZ_SEED', '1')}",
                f"-artifact_prefix={crashes}/{target}-", "-print_final_stats=1", *options]
    return watched(command, settings, float(seconds))


def line(target, done):
    """What a run came to."""
    statuses = re.findall(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+)", done.stderr, re.M)
    runs, branches, _ = statuses[-1] if statuses else ("0", "0", "0")
    total = re.search(r"stat::number_of_executed_units: +(\d+)", done.stderr)
    found = "nothing"
    if done.returncode:
        signs = re.findall(r"^(?:SUMMARY: .*|broken promise: .*|.*terminate called.*)$", done.stderr, re.M)
        file = re.search(r"Test unit written to (\S+)", done.stderr)
        found = "FOUND " + "; ".join([*signs, file[1] if file else "no input kept"] if signs or file else done.stderr.splitlines()[-3:])
    return f"{target:28} {total[1] if total else runs:>9} runs {branches:>6} branches  {found}"


def main():
    programs, corpus = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    seconds = sys.argv[3] if len(sys.argv) > 3 else os.environ.get("KITH_FUZZ_SECONDS", "60")
    crashes = corpus.parent / "crashes"
    crashes.mkdir(parents=True, exist_ok=True)

    def one(target):
        done = run(programs, target, corpus, seconds, crashes)
        print(line(target, done), flush=True)
        return done.returncode

    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("KITH_FUZZ_JOBS", "2"))) as pool:
        codes = list(pool.map(one, sys.argv[4:] or targets(programs)))
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
