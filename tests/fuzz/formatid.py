"""Prints the format id of a reader: the first text of the FormatInfo in the file that defines the function.

    formatid.py TOP whatsappReader
"""
import pathlib
import re
import sys

top, function = sys.argv[1:]
folder = pathlib.Path(top) / "core" / "import"
for file in sorted(folder.glob("*.cpp")):
    text = file.read_text()
    defined = re.search(r"^const Reader& " + function + r"\(\)\s*\{(.*?)^\}", text, re.M | re.S)
    if not defined:
        continue
    # Several readers may stand in one file: the class that this function makes.
    made = re.search(r"static const (\w+)", defined.group(1))
    start = text.find("class " + made.group(1)) if made else 0
    found = re.search(r'static const FormatInfo \w+\s*\{\s*"([a-z0-9_-]+)"', text[max(start, 0):])
    if found:
        print(found.group(1))
        sys.exit(0)
sys.exit(f"no format id for {function}")
