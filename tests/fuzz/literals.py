"""The string literals of C++ sources: the words of a format out of its reader, its examples out of its tests."""
import codecs
import re

ONE = r'R"(?P<mark>[^\s()\\]*)\((?P<raw>.*?)\)(?P=mark)"|(?:u8)?"(?P<plain>(?:[^"\\\n]|\\.)*)"'
TOKEN = re.compile(r"//[^\n]*|#include[^\n]*|'(?:[^'\\\n]|\\.)'|" + ONE, re.S)
LEAST = 12  # a shorter one is no example


def value(match):
    if match["raw"] is not None:
        return match["raw"].encode()
    # Escapes of a universal character are told apart from bytes: both may stand in one literal.
    text = re.sub(r"\\u\{?([0-9a-fA-F]{4})\}?|\\U([0-9a-fA-F]{8})",
                  lambda m: chr(int(m[1] or m[2], 16)), match["plain"])
    return codecs.escape_decode(text.encode("utf-8", "surrogatepass"))[0]


def literals(path):
    """Each literal of a file as (bytes, where it begins, where it ends), those side by side as one."""
    source = path.read_text()
    found = []
    for match in TOKEN.finditer(source):
        if match["raw"] is None and match["plain"] is None:
            continue
        if found and not source[found[-1][2]:match.start()].strip():
            found[-1] = (found[-1][0] + value(match), found[-1][1], match.end())
        else:
            found.append((value(match), match.start(), match.end()))
    return source, found


def files(source, found):
    """What stands as {name, text} in the cases of a test: case -> name -> text. The text may be a constant of the file."""
    cases = [match.start() for match in re.finditer(r"^(?:TEST_CASE|[\w:<>, ]+\()", source, re.M)]
    constants = {}
    packs = {}
    for at, (text, start, end) in enumerate(found):
        if assigned := re.search(r"(\w+)\s*=\s*$", source[:start]):
            constants[assigned[1]] = text
        if not re.fullmatch(rb"[^\"{}\n]*\.(?:json|csv|js|txt|md|html|jsonl)", text):
            continue
        behind = None
        if constant := re.match(r",\s*(\w+)\s*\}", source[end:]):
            behind = constants.get(constant[1])
        elif at + 1 < len(found) and source[end:found[at + 1][1]].strip() == ",":
            behind = found[at + 1][0]
        if behind is not None:
            packs.setdefault(sum(case < start for case in cases), {}).setdefault(text, behind)
    return packs


def seeds(path):
    """Each example of a test by itself, and the files of one case packed as in package.h."""
    if not path.is_file():
        return
    source, found = literals(path)
    for i, (text, *_) in enumerate(found):
        if len(text) >= LEAST:
            yield f"{path.stem}-{i}", text
    for i, pack in files(source, found).items():
        yield f"{path.stem}-folder-{i}", b"\x1c".join(name + b"\x1d" + text for name, text in pack.items())


def words(paths):
    """Short literals that are no sentences, as lines of a dictionary of the fuzzer."""
    known = set()
    for path in paths:
        known.update(text for text, *_ in literals(path)[1] if 2 <= len(text) <= 40 and text.count(b" ") < 4 and b"{}" not in text)
    return ['"' + "".join(chr(c) if 32 <= c < 127 and c not in b'"\\' else f"\\x{c:02x}" for c in word) + '"' for word in sorted(known)]
