"""Fills the corpus of a target with what is known: fixtures, the texts of the readers' tests (literals.py), the corpus of bad
input, inputs that once failed."""
import hashlib
import importlib
import pathlib
import sys
import tempfile
import zipfile

import literals

HERE = pathlib.Path(__file__).resolve().parent
IMPORT = HERE.parent / "import"
BAD = IMPORT / "bad"
LARGEST = 65536
# Which cases of bad input suit which reader; the others get all that are files.
LETTERS = {"whatsapp": "w", "telegram": "t", "slack": "s", "mail": "m", "table": "c", "edgelist": "c", "graphml": "g",
           "gexf": "g", "x": "x", "discord": "d"}
# Where fixtures and tests have another name than the first word of the format.
DATA = {"facebook": ["messenger"], "slack": ["slackdump"], "edgelist": ["graph", "table"], "graphml": ["graph"],
        "gexf": ["graph"], "gml": ["graph"], "vna": ["graph"], "gdf": ["graph"],
        "dot": ["graph"], "lgl": ["graph"], "x": ["x", "tweets"], "4cat": ["fourcat"]}
TESTS = {"facebook": ["messenger"], "google": ["otherchats"], "signal": ["otherchats"], "mattermost": ["otherchats", "publicchats"],
         "rocketchat": ["otherchats", "publicchats"], "irc": ["irc", "publicchats"], "discourse": ["forums"], "teams": ["forums"],
         "zulip": ["forums"], "matrix": ["forums"], "convokit": ["forums"], "x": ["tweets", "xposts"], "mastodon": ["posts"],
         "bluesky": ["posts"], "youtube": ["posts"], "vna": ["smallgraphs"], "gdf": ["smallgraphs"],
         "lgl": ["smallgraphs"], "4cat": ["posts", "xposts"], "slack": ["slack", "slackdump"],
         "table": ["table", "tabledamage", "csv"]}
TEXTS = {
    "dates": ["2024-03-01T18:04:09.123Z", "2024-03-01 18:04", "Wed Mar 20 14:01:00 +0000 2024", "[20/03/2024, 14:01:02] ",
              "3/20/24, 2:01\u202fPM - Anna: one", "1710943260", "From a@b Mon Nov  7 18:44:27 2016", "1.7e9",
              "20. m\u00e4rz 2024", "\u0662\u0660/\u0663/\u0662\u0660\u0662\u0664, \u0661\u0664:\u0660\u0661 - "],
    "names": ["Jos\u00e9", "Jose\u0301", "\u202eneB", "+44 7700 900123", "Anna \U0001f98a", "<b>x</b>&amp;&#65;", "\u0130stanbul",
              "stra\u00dfe", "\ufb01n", "a\u200bb"],
    "json": ['{"messages":[{"id":1,"text":["a",{"type":"b","text":"c"}]}]}', '[1,2.5e3,"\\ud83d\\ude00",null,true]',
             '{"chats":{"list":[{"name":"x","messages":[{}]}]}}'],
}

# A short run of each sign before a chat goes on: near to what counts and nests, and harmless in itself.
TEXTS["reader_whatsapp"] = ["20/03/2024, 14:01 - Anna: one\n" + chr(code) * 24 + "\n20/03/2024, 14:02 - Ben: two\n"
                            for code in range(0x21, 0x7f) if not chr(code).isalnum()]


def packed(folder):
    """The files of a folder in the form of package.h."""
    files = sorted(f for f in folder.rglob("*") if f.is_file() and f.stat().st_size <= LARGEST)
    return b"\x1c".join(str(f.relative_to(folder)).encode() + b"\x1d" + f.read_bytes() for f in files)


def unzipped(path):
    with zipfile.ZipFile(path) as archive:
        return b"\x1c".join(info.filename.encode() + b"\x1d" + archive.read(info) for info in archive.infolist())


def archives():
    """The cases that are archives: name -> bytes."""
    sys.path.insert(0, str(BAD))
    sys.dont_write_bytecode = True
    module = importlib.import_module("make_archives")
    for name, make in vars(module).items():
        if len(name) >= 3 and name[0] in "sz" and name[1:3].isdigit() and name not in ("z01", "z02", "z03"):
            with tempfile.TemporaryDirectory() as folder:
                yield name, make(pathlib.Path(folder)).read_bytes()


def bad_files(letter=""):
    for file in sorted(BAD.iterdir()):
        if file.suffix not in (".py", ".md", ".cpp") and not file.name.endswith(".expect.json") and file.name.startswith(letter):
            if file.is_file():
                yield file


def seeds(target):
    format = target.removeprefix("reader_")
    if format != target:
        family = format.split("-")[0]
        for data in [IMPORT / "data" / name for name in DATA.get(family, [family])]:
            yield from ((f.name, f.read_bytes()) for f in sorted(data.rglob("*")) if f.is_file())
            if data.is_dir():
                yield from (("folder-" + f.name, packed(f)) for f in sorted(data.iterdir()) if f.is_dir())
                yield "folder-" + data.name, packed(data)
        for test in TESTS.get(family, [family]):
            yield from literals.seeds(IMPORT / (test + ".cpp"))
        yield from ((f.name, f.read_bytes()) for f in bad_files(LETTERS.get(family, "")))
    if format in ("slack", "recognise"):
        for name, data in archives():
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "a.zip"
                path.write_bytes(data)
                if name.startswith("s"):
                    yield name, unzipped(path)
    if target == "archive":
        yield from archives()
    if target == "recognise":
        yield from ((f.name, f.read_bytes()) for f in bad_files())
        yield from ((f.name, f.read_bytes()) for f in sorted((IMPORT / "data").rglob("*")) if f.is_file())
        yield from (seed for test in sorted(IMPORT.glob("*.cpp")) for seed in literals.seeds(test))
    if target == "workspace":
        for place in (0, 18, 24, 28, 60, 68, 100, 4096, 8192, 70000):
            yield str(place), place.to_bytes(3, "little") + b"\x04\x00\x00\x00\x01"
    for i, text in enumerate(TEXTS.get(target, [])):
        yield str(i), text.encode("utf-8", "surrogatepass")
    found = HERE / "found" / target
    if found.is_dir():
        yield from (("found-" + f.name, f.read_bytes()) for f in sorted(found.iterdir()))


def fill(target, corpus):
    folder = pathlib.Path(corpus) / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in seeds(target):
        if len(data) <= LARGEST:
            (folder / f"seed-{hashlib.sha1(data).hexdigest()[:8]}-{name}").write_bytes(data)
    return folder


if __name__ == "__main__":
    for target in sys.argv[2:]:
        print(fill(target, sys.argv[1]))
