"""Imports every file of a folder, whole and cut at random bytes, and says where a promise is broken. No part of the tests.

    sweep.py KITH_CLI FOLDER [CUTS [SEED]]    default: 10 cuts a file, seed 1; 0 cuts: whole files only

Broken: a crash, a run of more than a minute, a document that is no JSON, an exit code that is none of ours, a refusal in a library's
words or without the file's name, records that do not add up, a file of which a longer cut gives fewer records (but for one, since half
a name is another name), and a workspace that does not verify. The exit code is 1 when anything was. What was refused is listed, to be
read by eye.
"""
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "bad"))
from run import RAW  # noqa: E402  what a library, a debugger or a lazy author would say

SECONDS = 60


class Broken(Exception):
    pass


def run(*command):
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise Broken(f"more than {SECONDS} s") from None


def sums(report):
    kept = report["messages"] + report["system"] + report["votes"] + report["skipped"] + report["refused"]
    # Graph files and tables of votes count people, ties and rows as seen.
    if report["messages"] and kept != report["seen"]:
        raise Broken(f"seen {report['seen']}, but {kept} add up: {report}")


def imported(cli, folder, path):
    """@return (records kept, None) or (None, the sentence of the refusal)"""
    workspace = pathlib.Path(folder) / "town.kith"
    done = run(cli, "import", workspace, path, "--json")
    said = done.stderr.decode(errors="strict").strip()
    if done.returncode not in (0, 1, 2, 3, 4):
        raise Broken(f"exit code {done.returncode}: {said[-300:]}")
    if RAW.search(said.replace(path.name, "")):
        raise Broken("a library's words: " + said)
    if done.returncode != 0:
        if path.name not in said or said.count("\n") > 0:
            raise Broken("a refusal of one line that names the file was wanted: " + said)
        return None, said
    reports = json.loads(done.stdout)["files"]
    for report in reports:
        sums(report)
    if (checked := run(cli, "verify", workspace)).returncode != 0:
        raise Broken("verify: " + (checked.stdout + checked.stderr).decode(errors="replace")[-300:])
    return sum(one["messages"] + one["system"] + one["votes"] + one["people"] for one in reports), None


def tried(cli, path, size=None):
    with tempfile.TemporaryDirectory() as folder:
        file = path
        if size is not None:
            file = pathlib.Path(folder) / path.name
            file.write_bytes(path.read_bytes()[:size])
        return imported(cli, folder, file)


def swept(cli, path, cuts, seed):
    """@return what is broken, and why the whole file was refused, if it was"""
    broken, refusal = [], None
    before = (0, 0)
    choose = random.Random(f"{seed} {path.name}")
    size = path.stat().st_size
    for cut in [*sorted(choose.randrange(size) for _ in range(cuts if size > 0 else 0)), None]:
        where = "whole" if cut is None else f"cut at {cut} of {size}"
        try:
            kept, refusal = tried(cli, path, cut)
            if kept is not None and kept < before[0] - 1:
                broken.append(f"{where}: {kept} kept, {before[0]} when cut at {before[1]}")
            if kept is not None:
                before = (kept, cut)
        except (Broken, ValueError, KeyError) as error:
            broken.append(f"{where}: {error}")
    return broken, refusal


def main():
    cli, folder = sys.argv[1:3]
    cuts = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    seed = sys.argv[4] if len(sys.argv) > 4 else "1"
    files = sorted(one for one in pathlib.Path(folder).rglob("*") if one.is_file())
    failed = refused = 0
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path, (broken, refusal) in zip(files, pool.map(lambda one: swept(cli, one, cuts, seed), files)):
            failed += len(broken)
            if refusal is not None:
                refused += 1
                print(f"refused: {refusal}")
            for one in broken:
                print(f"BROKEN {path.relative_to(folder)}: {one}")
    print(f"{len(files)} files, {refused} refused, {len(files) * cuts} cuts at most, {failed} broken promises")
    sys.exit(1 if failed else 0)


main()
