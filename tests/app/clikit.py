"""What the checks of the command line share: how to call it, and the invented town."""
import json
import pathlib
import subprocess
import sys

CLI = sys.argv[1]
CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


def run(*arguments, code=0, typed=None):
    done = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, input=typed)
    assert done.returncode == code, (arguments, done.returncode, done.stdout[-2000:], done.stderr)
    if code:
        lines = done.stderr.strip().split("\n")
        assert len(lines) == 1 and lines[0].startswith("kith-cli: "), done.stderr
    return done


def ask(*arguments):
    done = run(*arguments, "--json")
    assert done.stderr == "", done.stderr
    return json.loads(done.stdout)


def must_have(document, *fields):
    missing = [field for field in fields if field not in document]
    assert not missing, (missing, list(document))


class Town:
    """Millbrook, imported once and copied for each check that changes it."""
    folder = None

    @classmethod
    def make(cls, base):
        cls.folder = base
        written = ask("scenario", "millbrook", "--out", base / "exports")
        cls.exports = [f for f in written["files"] if f != written["members"]]
        cls.members = written["members"]
        cls.truth = json.loads(pathlib.Path(written["truth"]).read_text())
        cls.workspace = base / "town.kith"
        cls.imported = ask("import", cls.workspace, *cls.exports, "--zone", "Europe/London")["files"]
        cls.traits = ask("traits", cls.workspace, cls.members)

    @classmethod
    def copy(cls, name):
        target = cls.folder / name
        target.write_bytes(cls.workspace.read_bytes())
        return target
