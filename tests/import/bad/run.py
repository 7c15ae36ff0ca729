"""Imports every file of the corpus of bad input and compares with the expected answer beside it.

    run.py KITH_CLI IMPORT_PROBE [-v] [CASE...]    runs the named cases (or all); README.md says how they are written.
    With - for KITH_CLI only the probe is asked.
"""
import importlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
COUNTS = ("messages", "system", "skipped", "refused", "repaired", "votes", "people", "accounts", "unresolved", "seen",
          "all_ties")
KNOWN = set(COUNTS) | {"case", "answer", "kind", "about", "place", "words", "not", "choices", "problems", "names",
                       "texts", "authors", "times", "options", "then", "before", "megabytes", "pending", "reports", "open",
                       "formats", "why", "findings", "bytes"}
# What a library, a debugger or a lazy author would say.
RAW = re.compile(r"unknown error|simdjson|libzip|errno|std::|basic_string|vector::|what\(\)|parse_error|nlohmann|"
                 r"XML_|not well-formed|sqlite3?_|SQLITE_|SQL logic|expat|gmime|glib|terminate called|0x[0-9a-f]{6}|"
                 r"[Ee]xception|Kith made a mistake|assert|nullptr|core/\w+/", re.ASCII)


def makers():
    """Functions that make a case at test time, by its name: name -> function(folder) -> path."""
    found = {}
    for module in sorted(HERE.glob("make*.py")):
        for name, value in vars(importlib.import_module(module.stem)).items():
            if re.fullmatch(r"[a-z]\d\d\w*", name) and callable(value):
                found[name] = value
    return found


def the_file(name, folder, made):
    if name in made:
        return made[name](folder)
    files = [f for f in HERE.glob(name + ".*") if not f.name.endswith(".expect.json")]
    assert len(files) == 1, f"{name}: one file of that name should stand here or be made: {files}"
    return files[0]


class Wrong(Exception):
    pass


def demand(fine, *what):
    if not fine:
        raise Wrong(" ".join(map(str, what)))


def holds(place, wanted):
    return all(place.get(key) == value for key, value in wanted.items() if key in ("entry", "line", "byte"))


def check_sentence(name, done, expect):
    """Every refusal and question names the place and what to do, in words of ours."""
    demand(done["place"].get("file"), "the sentence does not name the file:", done["text"])
    demand(done["remedy"].strip(), "the sentence has no remedy:", done["text"])
    demand(not RAW.search(done["text"]), "raw text of a library:", done["text"])
    demand("\n" not in done["text"] and len(done["text"]) < 1500, "too long a sentence:", done["text"])
    for word in expect.get("words", []):
        demand(word in done["text"], f"{word!r} is missing in:", done["text"])
    for word in expect.get("not", []):
        demand(word not in done["text"], f"{word!r} stands in:", done["text"])
    demand(holds(done["place"], expect.get("place", {})), "place", done["place"], "instead of", expect.get("place"))
    for field in ("kind", "about"):
        demand(field not in expect or done.get(field) == expect[field], field, done.get(field), "in:", done["text"])
    offered = [value for value, meaning in done.get("choices", [])]
    for value in expect.get("choices", []):
        demand(value in offered, f"{value!r} is not among the choices", offered)
    demand(done.get("left", 0) == 0, "something was stored:", done.get("left"))


def check_counts(done, expect):
    reports = done["reports"]
    for field in COUNTS:
        total = sum(report[field] for report in reports)
        demand(field not in expect or total == expect[field], f"{field} is {total}, not {expect.get(field)}")
    for field, wanted in (("reports", len(reports)), ("formats", sorted({r["format"] for r in reports}))):
        demand(field not in expect or expect[field] == wanted, f"{field} is {wanted}, not {expect.get(field)}")
    for report in reports:
        arrived = sum(report[f] for f in ("messages", "system", "votes", "skipped", "refused"))
        graph = report["messages"] == 0
        demand(arrived == report["seen"] or graph, "records do not add up:", report["seen"], "seen,", arrived, "arrived")
        demand(not any("seemed to hold" in w for w in report["warnings"]), "records do not add up:", report["warnings"])


def check_problems(done, expect):
    problems = [problem for report in done["reports"] for problem in report["problems"]]
    warnings = [warning for report in done["reports"] for warning in report["warnings"]]
    for problem in problems:
        demand(not RAW.search(problem["what"]), "raw text of a library:", problem["what"])
        placed = any(key in problem for key in ("line", "byte", "entry"))
        demand(placed or problem["outcome"] in ("noted", "repaired"), "a record without its place:", problem)
    for wanted in expect.get("problems", []):
        fits = [p for p in problems if p["outcome"] == wanted.get("outcome", p["outcome"]) and holds(p, wanted)
                and all(word in p["what"] for word in wanted.get("words", []))]
        demand(fits, "no problem like", wanted, "among", problems[:8])
    said = "\n".join(warnings + [problem["what"] for problem in problems])
    for word in expect.get("words", []):
        demand(word in said, f"{word!r} is missing in:", said)
    everything = said + json.dumps(done.get("stored"), ensure_ascii=False) + json.dumps(done.get("names"), ensure_ascii=False)
    for word in expect.get("before", []):
        demand(any(word in warning for warning in done["before"]), f"{word!r} is not said before importing:", done["before"])
    for word in expect.get("not", []):
        demand(word not in everything, f"{word!r} stands in:", everything[:2000])


def check_stored(done, expect):
    stored = done["stored"]
    demand(all(one["utf8"] for one in stored), "a stored text is no UTF-8")
    for field, key in (("texts", "text"), ("authors", "author"), ("times", "time"), ("bytes", "bytes")):
        got = [one[key] for one in stored]
        demand(field not in expect or got == expect[field], f"{field}:", got, "instead of", expect.get(field))
    if "names" in expect:
        demand(sorted(done["names"]) == sorted(expect["names"]), "people:", done["names"])
    wanted = expect.get("findings", 0)
    demand(len(done.get("findings", [])) == wanted, "damage:", done.get("findings"))
    demand(done.get("again", 0) == 0, "importing it again added", done.get("again"))


def ask_probe(probe, folder, file, expect, number):
    workspace = folder / f"probe{number}.kith"
    words = ["open", file] if expect.get("open") else ["import", workspace, file, *expect.get("options", [])]
    temporary = folder / f"tmp{number}"
    temporary.mkdir()
    done = subprocess.run([probe, *map(str, words)], capture_output=True, text=True, timeout=300,
                          env={**os.environ, "TMPDIR": str(temporary), "LC_ALL": "C"})
    demand(done.returncode == 0, "the program ended with", done.returncode, done.stderr[-1500:])
    demand(not list(temporary.iterdir()), "left in the temporary folder:", list(temporary.iterdir()))
    return json.loads(done.stdout)


def check_cli(cli, folder, file, expect, text, number):
    """The command line gives the same answer: its exit code, and one line or one document."""
    workspace = folder / f"cli{number}.kith"
    words = ["info", file] if expect.get("open") else ["import", workspace, file, *expect.get("options", [])]
    done = subprocess.run([cli, *map(str, words), "--json"], capture_output=True, text=True, timeout=300)
    code = 0 if expect["answer"] == "accept" else 2 if expect.get("kind") == "Usage" else 1
    demand(done.returncode == code, f"kith-cli exits with {done.returncode}:", done.stderr[-600:])
    if code == 0:
        json.loads(done.stdout)
        return
    demand(done.stdout == "" and done.stderr == "kith-cli: " + text + "\n", "kith-cli says:", done.stdout[:300], done.stderr)
    demand(expect.get("open") or not workspace.exists(), "kith-cli leaves a workspace behind")


def check(cli, probe, name, folder, file, expect, number=0, show=False):
    unknown = set(expect) - KNOWN
    demand(not unknown, "the expectation has unknown fields", unknown)
    done = ask_probe(probe, folder, file, expect, number)
    if show:
        print(json.dumps(done, indent=1, ensure_ascii=False))
    demand(done["answer"] == expect["answer"], f"{done['answer']} instead of {expect['answer']}:",
           done.get("text") or json.dumps(done.get("reports"), ensure_ascii=False)[:1500])
    if expect["answer"] == "accept":
        if not expect.get("open"):
            check_counts(done, expect)
            check_problems(done, expect)
        check_stored(done, expect)
    else:
        check_sentence(name, done, expect)
    if "megabytes" in expect and not done["sanitized"]:
        demand(done["peak_kb"] <= expect["megabytes"] * 1024, "took", done["peak_kb"] // 1024, "MB")
    if cli != "-":
        check_cli(cli, folder, file, expect, done.get("text"), number)
    for i, more in enumerate(expect.get("then", [])):
        check(cli, probe, name, folder, file, more, number * 10 + i + 1, show)


def main():
    cli, probe, *names = sys.argv[1:]
    os.environ["IMPORT_PROBE"] = probe
    show = "-v" in names
    names = [name for name in names if name != "-v"]
    sys.path.insert(0, str(HERE))
    sys.dont_write_bytecode = True
    made = makers()
    all_names = sorted(f.name.removesuffix(".expect.json") for f in HERE.glob("*.expect.json"))
    orphans = sorted(set(made) - set(all_names))
    failed, pending = [], []
    for name in names or all_names:
        expect = json.loads((HERE / (name + ".expect.json")).read_text())
        waiting = expect.pop("pending", None)
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            (folder / "in").mkdir()
            try:
                check(cli, probe, name, folder, the_file(name, folder / "in", made), expect, show=show)
                trouble = "is marked as pending, but passes: take the mark away" if waiting else None
            except (Wrong, AssertionError, KeyError, subprocess.TimeoutExpired) as wrong:
                trouble = None if waiting else f"{type(wrong).__name__}: {wrong}"
                if waiting:
                    pending.append(name)
                    if show:
                        print(name, "pending:", wrong)
        if trouble:
            failed.append(name)
            print(f"{name} ({expect['case']}): {trouble}")
    for name in orphans:
        failed.append(name)
        print(f"{name} is made but nothing says what to expect of it")
    print(f"{len(names or all_names)} cases, {len(failed)} wrong, {len(pending)} pending: {' '.join(pending)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
