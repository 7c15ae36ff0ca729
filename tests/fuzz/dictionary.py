"""The dictionary of a reader: the words that its own source asks for.

    dictionary.py FORMAT    prints it
"""
import pathlib
import re
import sys

import literals

IMPORT = pathlib.Path(__file__).resolve().parents[2] / "core" / "import"
# These hold no words of a format.
COMMON = {"catalogue", "catalogueothers", "reader", "readers", "records", "sink", "source", "question", "shows", "package"}
# What a folder of several files needs to be taken apart, in any format (package.h).
SEPARATORS = ['"\\x1c"', '"\\x1d"']

# A run of every sign there is, for whatever a reader counts, nests or compares each with each.
RUNS = ['"' + f"\\x{code:02x}" * 48 + '"' for code in range(0x21, 0x7f) if not chr(code).isalnum()]


def beside(file):
    """The sources of the headers that a file includes."""
    return [IMPORT / (name + end) for name in re.findall(r'#include "core/import/(\w+)\.h"', file.read_text())
            if name not in COMMON for end in (".cpp", ".h") if (IMPORT / (name + end)).is_file()]


def words(format):
    first = re.compile(r'FormatInfo \w+\s*\{\s*"' + re.escape(format) + '"')
    own = [file for file in sorted(IMPORT.glob("*.cpp")) if first.search(file.read_text())]
    if not own:
        sys.exit(f"no reader says that its format is {format}")
    files = set(own)
    for file in own:
        files.update(beside(file))
    return literals.words(sorted(files)) + SEPARATORS + RUNS


if __name__ == "__main__":
    print("\n".join(words(sys.argv[1])))
