"""Drives kith-cli as a user or a script would, on Millbrook and on files written here.

    cli.py KITH_CLI NAME...    runs the named checks (or all)

Checks of the analysing verbs stand in the files cli_*.py beside this one, which are found by name.
"""
import importlib
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

from clikit import CHECKS, CLI, Town, ask, check, must_have, run


@check
def help_and_usage():
    assert "kith-cli" in run("--version").stdout
    assert "--preview" in run("import", "--help").stdout
    run("nonsense", code=2)
    run("info", code=2)
    run("clusters", "x.kith", "--resolution", "many", code=2)
    run("community", Town.workspace, "fly", code=2)
    run("info", Town.folder / "missing.kith", code=1)
    run("homophily", Town.workspace, "--trait", "shoe size", code=1)
    run("export", Town.workspace, "--out", Town.folder / "map.docx", code=2)
    run("scenario", "nowhere", "--out", Town.folder / "x", code=1)


@check
def the_manual_tells_of_every_format():
    page = (pathlib.Path(__file__).parents[2] / "resources/manual/formats.md").read_text(encoding="utf-8")
    formats = json.loads(run("formats", "--json").stdout)["formats"]
    assert len(formats) > 40
    for one in formats:
        assert f"`{one['id']}`" in page, one["id"]


@check
def every_verb_has_its_fields():
    for report in Town.imported:
        must_have(report, "file", "format", "messages", "new_messages", "system", "accounts", "people", "ties",
                  "unresolved_replies", "first", "last", "skipped", "warnings", "problems")
        assert report["seen"] == report["messages"] + report["system"] + report["skipped"] + report["refused"], report
    must_have(Town.traits, "matched", "unmatched", "traits")
    for format in ask("formats")["formats"]:
        must_have(format, "id", "name", "platforms", "extensions")
    must_have(ask("info", Town.workspace), "sources", "people", "accounts", "messages", "ties", "communities",
              "first", "last", "bytes", "indexed")
    clusters = ask("clusters", Town.workspace)
    must_have(clusters, "people", "ties", "modularity", "resolution", "seed", "runs", "stability", "null", "clusters")
    must_have(clusters["null"], "mean", "sd", "z", "p")
    for cluster in clusters["clusters"]:
        must_have(cluster, "id", "label", "size", "conductance", "stability", "members", "words", "alike", "verdict")
        assert cluster["size"] == len(cluster["members"])
        for row in cluster["alike"]:
            must_have(row, "trait", "value", "known", "share", "expected", "h", "p", "q")
    homophily = ask("homophily", Town.workspace, "--trait", "ward")
    must_have(homophily, "people", "known", "assortativity", "assortativity_se", "ei_index", "ei_expected",
              "odds_ratio", "freeman", "p", "permutations", "groups")
    must_have(homophily["groups"][0], "value", "size", "coleman")
    bridges = ask("bridges", Town.workspace, "--top", "5")["bridges"]
    assert len(bridges) == 5
    must_have(bridges[0], "person", "betweenness", "participation", "within_z", "constraint", "effective_size", "clusters")
    words = ask("words", Town.workspace)
    must_have(words["groups"][0], "id", "distinctive")
    must_have(words["groups"][0]["distinctive"][0], "word", "z", "authors")
    assert ask("verify", Town.workspace) == {"ok": True, "problems": []}


@check
def counts_equal_the_truth():
    """Every file's messages and system lines are those that were written."""
    planted = {pathlib.Path(f["file"]).name: f for f in Town.truth["files"]}
    assert len(planted) >= 8
    for report in Town.imported:
        name = pathlib.Path(report["file"].split(", ")[0]).name
        assert report["messages"] == planted[name]["messages"], (report["file"], report["messages"], planted[name])
        assert report["system"] == planted[name]["system"], (report["file"], report["system"], planted[name])


@check
def importing_again_adds_nothing():
    workspace = Town.copy("again.kith")
    before = ask("info", workspace)
    for report in ask("import", workspace, *Town.exports, "--zone", "Europe/London")["files"]:
        assert report["new_messages"] == 0, report["file"]
    after = ask("info", workspace)
    for field in ("people", "accounts", "messages", "ties"):
        assert before[field] == after[field], (field, before[field], after[field])


@check
def threads_never_change_an_answer():
    for verb in (["clusters"], ["bridges"], ["words"], ["homophily", "--trait", "union"]):
        one, two, again = (run(verb[0], Town.workspace, *verb[1:], "--json", "--threads", n).stdout for n in (1, 2, 2))
        assert one == two == again, verb
    for name in ("a.svg", "b.svg"):
        ask("map", Town.workspace, "--out", Town.folder / name, "--threads", "1" if name == "a.svg" else "2")
    assert (Town.folder / "a.svg").read_bytes() == (Town.folder / "b.svg").read_bytes()


@check
def the_planted_town_is_found():
    clusters = ask("clusters", Town.workspace)
    planted = {}
    for person in Town.truth["people"]:
        planted[person["name"]] = person["cluster"]
    found = {}
    for cluster in clusters["clusters"]:
        for member in cluster["members"]:
            found[member] = cluster["id"]
    both = [name for name in found if planted.get(name) is not None]
    assert len(both) > 200, len(both)
    score = ami([found[n] for n in both], [planted[n] for n in both])
    assert score >= 0.9, score
    expected = {t for c in Town.truth["clusters"] if c.get("trait") for t in [c["trait"]]}
    flagged = {row["trait"] for c in clusters["clusters"] for row in c["alike"]
               if row["q"] <= 0.05 and row["h"] >= 0.1}
    assert expected <= flagged, (expected, flagged)
    assert not flagged & {"age band", "tenure"}, flagged
    top = {b["person"] for b in ask("bridges", Town.workspace, "--top", "10")["bridges"]}
    names = {person["id"]: person["name"] for person in Town.truth["people"]}
    planted_bridges = {names[b] for b in Town.truth["bridges"]}
    assert planted_bridges <= top, (planted_bridges, top)


def ami(a, b):
    """Adjusted mutual information, arithmetic mean, written plainly from its definition."""
    from collections import Counter
    from math import exp, lgamma, log
    n = len(a)
    rows, columns, cells = Counter(a), Counter(b), Counter(zip(a, b))
    entropy = lambda counts: -sum(c / n * log(c / n) for c in counts.values())
    mutual = sum(c / n * log(n * c / (rows[i] * columns[j])) for (i, j), c in cells.items())
    expected = 0
    for x in rows.values():
        for y in columns.values():
            for c in range(max(1, x + y - n), min(x, y) + 1):
                p = exp(lgamma(x + 1) + lgamma(y + 1) + lgamma(n - x + 1) + lgamma(n - y + 1) - lgamma(n + 1)
                        - lgamma(c + 1) - lgamma(x - c + 1) - lgamma(y - c + 1) - lgamma(n - x - y + c + 1))
                expected += p * c / n * log(n * c / (x * y))
    return (mutual - expected) / ((entropy(rows) + entropy(columns)) / 2 - expected)


@check
def keeping_a_group_and_taking_it_back():
    workspace = Town.copy("journey.kith")
    adopted = ask("community", workspace, "adopt", "--cluster", 0, "--name", "Damp homes")
    assert len(adopted["members"]) == ask("clusters", workspace)["clusters"][0]["size"]
    assert ask("community", workspace, "tag", "Damp homes", "housing", "urgent")["tags"] == ["housing", "urgent"]
    rated = ask("community", workspace, "assess", "Damp homes", "goals", 2, "--note", "a date was set")
    assert [(r["characteristic"], r["level"]) for r in rated["assessments"]] == [("goals", 2)]
    run("community", workspace, "assess", "Damp homes", "goals", 7, code=2)
    run("community", workspace, "adopt", "--cluster", 0, "--name", "Damp homes", code=2)
    run("community", workspace, "show", "Nobody", code=1)
    steps = ask("history", workspace, "list")["steps"]
    ask("history", workspace, "undo")
    assert ask("community", workspace, "show", "Damp homes")["assessments"] == []
    ask("history", workspace, "redo")
    assert len(ask("community", workspace, "show", "Damp homes")["assessments"]) == 1
    assert len(steps) == len(ask("history", workspace, "list")["steps"])
    while any(not s["undone"] for s in ask("history", workspace, "list")["steps"]):
        ask("history", workspace, "undo")
    assert ask("community", workspace, "list")["communities"] == []


@check
def one_person_in_two_places():
    """Suggestions with reasons, and joining, keeping apart and splitting, all of it undone."""
    chat, letters = Town.folder / "phones.txt", Town.folder / "people.csv"
    workspace = Town.folder / "people.kith"
    chat.write_text("".join(f"2024-04-0{d}, 10:00 - {who}: hello\n" for d, who in
                            enumerate(["+44 7700 900123", "Ann Shaw", "07700 900123", "Tom", "Ann Shaw"], 1)))
    letters.write_text("author,time,text\nAnn Shaw,2024-04-03 10:01,hello\nTom,2024-04-03 10:02,hi\n")
    ask("import", workspace, chat, "--zone", "Europe/London", "--dates", "ymd")
    ask("import", workspace, letters, "--zone", "Europe/London")
    found = ask("person", workspace, "suggestions")["suggestions"]
    assert all(s["reasons"] and not s["look_alike"] for s in found), found
    pairs = [(s["first"]["name"], s["second"]["name"]) for s in found]
    assert pairs[0] == ("+44 7700 900123", "07700 900123") and len(pairs) == 3, found
    wrong = run("person", workspace, "show", "Ann Shaw", code=2).stderr
    ann, other = found[1]["first"], found[1]["second"]
    assert ann["pseudonym"] in wrong and other["pseudonym"] in wrong, wrong
    must_have(ask("person", workspace, "show", ann["pseudonym"]), "id", "name", "pseudonym", "kind", "sector",
              "note", "messages", "accounts", "traits")
    merged = ask("person", workspace, "merge", ann["pseudonym"], other["pseudonym"])
    assert len(merged["accounts"]) == 2 and merged["messages"] == 3, merged
    assert ask("person", workspace, "show", "ann shaw") == merged
    run("person", workspace, "merge", "Ann Shaw", "Ann Shaw", code=2)
    apart = ask("person", workspace, "apart", "07700 900123", "+44 7700 900123")["apart"]
    assert len(apart) == 2
    left = ask("person", workspace, "suggestions")["suggestions"]
    assert [s["first"]["name"] for s in left] == ["Tom"], left
    split = ask("person", workspace, "split", "Ann Shaw")
    assert len(split["accounts"]) == 1 and [p["name"] for p in split["split"]] == ["Ann Shaw"], split
    run("person", workspace, "split", "07700 900123", code=2)
    run("person", workspace, "show", "Nobody", code=1)
    run("person", workspace, "merge", "Ann Shaw", code=2)
    run("person", workspace, "fly", code=2)
    for _ in range(3):
        ask("history", workspace, "undo")
    again = ask("person", workspace, "suggestions")["suggestions"]
    assert [s["reasons"] for s in again] == [s["reasons"] for s in found]
    assert ask("verify", workspace)["ok"]


@check
def what_leaves_is_protected():
    names = {p["name"] for p in Town.truth["people"] if " " in p["name"]}
    report = Town.folder / "report.html"
    answer = ask("report", Town.workspace, "--out", report)
    must_have(answer, "file", "bytes", "parts")
    page = report.read_text()
    assert answer["bytes"] == report.stat().st_size
    assert "<script" not in page and "http://" not in page.replace("http://www.w3.org", "") and "src=" not in page
    leaked = [name for name in names if name in page]
    assert not leaked, leaked
    ask("report", Town.workspace, "--out", report, "--names", "real")
    assert any(name in report.read_text() for name in names)
    for ending in ("graphml", "csv", "json"):
        target = Town.folder / f"graph.{ending}"
        answer = ask("export", Town.workspace, "--out", target)
        must_have(answer, "nodes", "edges", "file")
        text = target.read_text()
        assert not [name for name in names if name in text], ending
    svg = Town.folder / "map.svg"
    must_have(ask("map", Town.workspace, "--out", svg), "nodes_drawn", "ties_drawn", "territories", "file")
    assert not [name for name in names if name in svg.read_text()]


@check
def the_map_is_a_picture():
    png = Town.folder / "map.png"
    ask("map", Town.workspace, "--out", png, "--size", "800x600")
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n" and head[16:24] == (800).to_bytes(4, "big") + (600).to_bytes(4, "big")


@check
def exports_come_back():
    """A graph that was written can be read, with the same people and ties."""
    answer = ask("export", Town.workspace, "--out", Town.folder / "out.graphml")
    back = Town.folder / "back.kith"
    ask("import", back, Town.folder / "out.graphml")
    again = ask("clusters", back, "--runs", "5")
    assert (again["people"], again["ties"]) == (answer["nodes"], answer["edges"])


@check
def bad_files_are_refused_and_leave_nothing():
    folder = Town.folder / "bad"
    folder.mkdir()
    for name, content in {"empty.txt": b"", "page.html": b"<!DOCTYPE html><html><body>hi</body></html>",
                          "noise.bin": bytes(random.Random(1).randbytes(5000)), "picture.png": b"\x89PNG\r\n\x1a\n" + b"0" * 100,
                          "list.json": b"[1, 2, 3]", "broken.json": b'{"messages": [', "notes.txt": b"buy milk\n" * 50}.items():
        (folder / name).write_bytes(content)
        target = folder / (name + ".kith")
        run("import", target, folder / name, code=1)
        assert not target.exists(), name
    run("import", folder / "x.kith", folder / "missing.txt", code=1)
    ambiguous = folder / "chat.txt"
    ambiguous.write_text("".join(f"03/04/2024, 10:0{d} - Ann: hello {d}\n" for d in range(1, 6)))
    run("import", folder / "y.kith", ambiguous, code=1)
    dmy = ask("import", folder / "y.kith", ambiguous, "--dates", "dmy")["files"][0]
    mdy = ask("import", folder / "z.kith", ambiguous, "--dates", "mdy")["files"][0]
    assert (dmy["messages"], dmy["first"][:10], mdy["first"][:10]) == (5, "2024-04-03", "2024-03-04")
    unclear = folder / "unclear.csv"
    unclear.write_text("who,when,what\nAnn,2024-04-03 10:01,hello\nBob,2024-04-03 10:02,hi\n")
    run("import", folder / "u.kith", unclear, code=1)
    roles = [word for role in ("author=who", "time=when", "text=what") for word in ("--column", role)]
    assert ask("import", folder / "u.kith", unclear, *roles)["files"][0]["messages"] == 2
    before = ask("info", Town.workspace)
    done = run("import", Town.workspace, Town.exports[0], folder / "page.html", code=1)
    assert "page.html" in done.stderr
    assert ask("info", Town.workspace) == before
    assert ask("import", folder / "p.kith", Town.exports[0], "--preview")["files"][0]["preview"]
    assert not (folder / "p.kith").exists()


@check
def a_killed_import_leaves_nothing():
    """Kills an import at many moments: the workspace is whole and holds whole files only."""
    chance = random.Random(7)
    sizes = [r["messages"] for r in Town.imported]
    whole = {0}
    for size in sizes:
        whole.add(size)
    rounds = int(os.environ.get("KITH_KILLS", "12"))
    started = time.monotonic()
    subprocess.run([CLI, "import", str(Town.folder / "k0.kith"), Town.exports[0], "--zone", "Europe/London"], check=True, capture_output=True)
    typical = time.monotonic() - started
    for round in range(rounds):
        workspace = Town.folder / f"kill{round}.kith"
        child = subprocess.Popen([CLI, "import", str(workspace), Town.exports[0], "--zone", "Europe/London"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.random() * typical * 1.1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        if workspace.exists():
            assert ask("verify", workspace)["ok"], round
            assert ask("info", workspace)["messages"] in (0, sizes[0]), round


def main():
    for more in sorted(pathlib.Path(__file__).parent.glob("cli_*.py")):
        importlib.import_module(more.stem)
    names = sys.argv[2:] or list(CHECKS)
    with tempfile.TemporaryDirectory(prefix="kith-cli-") as folder:
        Town.make(pathlib.Path(folder))
        failed = 0
        for name in names:
            try:
                CHECKS[name]()
                print("ok  ", name, flush=True)
            except AssertionError as wrong:
                failed += 1
                print("FAIL", name, str(wrong)[:1500], flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
