"""The same bytes in any locale and time zone of the computer, on any number of threads, each time."""
import os
import pathlib
import shutil
import subprocess

from clikit import CLI, Town, ask, check
from cli_people import polis, said_in

VERBS = [["info", "--graph"], ["clusters"], ["homophily", "--trait", "ward"], ["bridges"], ["words"],
         ["growth"], ["diversity", "--trait", "ward"], ["retention"], ["listen", "list"]]


def german(folder):
    """A locale with a decimal comma, made in the folder where the system has none; None where it cannot be."""
    if "de_DE.utf8" in subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout:
        return {"LC_ALL": "de_DE.utf8"}
    if shutil.which("localedef") is None:
        return None
    made = subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(folder / "de_DE.utf8")], capture_output=True)
    return {"LC_ALL": "de_DE.utf8", "LOCPATH": str(folder)} if made.returncode in (0, 1) else None


def settings(folder):
    yield {"LC_ALL": "C", "TZ": "UTC"}, 1
    comma = german(folder)
    if comma is None:
        print("no locale with a decimal comma here: only time zones and threads were compared")
        comma = {"LC_ALL": "C.UTF-8"}
    yield {**comma, "TZ": "Asia/Kathmandu"}, 2
    yield {**comma, "TZ": "America/St_Johns"}, 1


def answer(environment, threads, verb, workspace):
    done = subprocess.run([CLI, verb[0], str(workspace), *verb[1:], "--json", "--threads", str(threads)],
                          capture_output=True, env={**os.environ, **environment})
    assert done.returncode == 0, (verb, environment, done.stderr)
    return done.stdout


@check
def the_same_bytes_anywhere():
    locales = pathlib.Path(Town.folder) / "locales"
    locales.mkdir(exist_ok=True)
    workspace = Town.copy("bytes.kith")
    first, second = said_in(workspace, 2)
    for message, coder, code in ((first, "Ana", "wrong"), (first, "Ben", "wrong"), (second, "Ana", "none"),
                                 (second, "Ben", "wrong")):
        ask("listen", workspace, "code", message, code, "--coder", coder)
    votes = Town.folder / "bytes-votes.kith"
    ask("import", votes, polis(Town.folder / "bytes-polis"))
    asked = [(verb, workspace) for verb in VERBS]
    ask("concern", workspace, "add", "Damp", "damp OR mould")
    draft = Town.folder / "bytes-draft.txt"
    draft.write_text("The landlord and the mould, and the zyzzyva committee.")
    asked += [(verb, workspace) for verb in (["gap"], ["topics", "--k", "6"], ["clusters", "--layer", "interest"],
                                             ["concern", "show", "Damp"], ["check-draft", str(draft)])]
    asked += [(["listen", "agreement"], workspace), (["opinions", "--shuffles", "20"], votes)]
    for verb, where in asked:
        answers = [answer(environment, threads, verb, where) for environment, threads in settings(locales)]
        assert answers[0] == answers[1] == answers[2], verb


@check
def the_same_files_anywhere():
    """Exports in another locale are those of this one."""
    (Town.folder / "locales").mkdir(exist_ok=True)
    for ending in ("graphml", "gexf", "csv", "json", "net"):
        texts = []
        for i, (environment, threads) in enumerate(settings(Town.folder / "locales")):
            out = Town.folder / f"bytes{i}.{ending}"
            done = subprocess.run([CLI, "export", str(Town.workspace), "--out", str(out), "--threads", str(threads)],
                                  capture_output=True, env={**os.environ, **environment})
            assert done.returncode == 0, done.stderr
            texts.append(out.read_bytes())
        assert texts[0] == texts[1] == texts[2], ending


def rings(path):
    """1,200 people in rings of twelve, each ring tied to the next, and their wards."""
    rows = [f"p{12 * ring + a},p{12 * ring + b}" for ring in range(100) for a in range(12) for b in range(a)]
    rows += [f"p{12 * ring},p{(12 * ring + 13) % 1200}" for ring in range(100)]
    path.write_text("source,target\n" + "\n".join(rows) + "\n")
    wards = path.with_name("rings-wards.csv")
    wards.write_text("name,ward\n" + "".join(f"p{i},{'north' if i % 24 < 11 else 'south'}\n" for i in range(1200)))
    return wards


@check
def the_same_bytes_from_what_is_kept():
    """A verb gives the same bytes from groups that another verb has kept as from groups of its own."""
    fresh = Town.folder / "rings.kith"
    wards = rings(Town.folder / "rings.csv")
    ask("import", fresh, Town.folder / "rings.csv")
    ask("traits", fresh, wards)
    used = Town.folder / "rings-used.kith"
    alone = Town.folder / "rings-alone.kith"
    shutil.copy(fresh, used)
    here = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
    for verb in (["clusters"], ["bridges"], ["homophily", "--trait", "ward"], ["diversity", "--trait", "ward"],
                 ["introductions", "--top", "2"], ["separation"], ["words"], ["clusters", "--seed", "2"]):
        shutil.copy(fresh, alone)
        answers = [answer(here, 2, verb, where) for where in (alone, used, used)]
        assert answers[0] == answers[1] == answers[2], verb
    assert not list(Town.folder.glob("rings*.lock")) and not list(Town.folder.glob("rings*-*al")), "something stayed"
    assert ask("verify", used)["ok"]
