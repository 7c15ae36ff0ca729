"""Fails when a room of core/ includes from a room it may not look into, or from ui/, app/ or Qt;
when ui/ includes from app/; or when anything includes by a relative path."""
import pathlib
import re
import sys

top = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")

# The street. A room may look back along it, never ahead.
STREET = ["base", "model", "scenario", "import", "store", "text", "graph", "cluster", "measure",
          "layout", "analysis", "journey", "report"]
# Rooms that may look at less than everything behind them.
ONLY = {
    "base": [],
    "model": ["base"],
    "scenario": ["base", "model"],
    "import": ["base", "model"],
    "store": ["base", "model", "import"],
    "text": ["base", "model"],
    "layout": ["base", "model", "store", "text", "graph"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]', re.M)


def allowed(room):
    back = ONLY.get(room)
    if back is None:
        back = [r for r in STREET[:STREET.index(room)] if r != "scenario"]
    return set(back) | {room}


def faults(source):
    place = source.relative_to(top).parts
    for quote, header in INCLUDE.findall(source.read_text()):
        parts = header.split("/")
        if header == "core/version.h":
            continue
        if quote == '"' and parts[0] not in ("core", "ui", "app", "tests"):
            yield f"include {header} by its address from the top"
        if place[0] == "core":
            if parts[0] in ("ui", "app", "tests") or re.match(r"Q[A-Z]", parts[0]):
                yield f"core may not include {header}"
            if parts[0] == "core" and parts[1] not in allowed(place[1]):
                yield f"{place[1]} may not look into {parts[1]}: {header}"
        if place[0] == "ui" and parts[0] in ("app", "tests"):
            yield f"ui may not include {header}"


def main():
    rooms = {p.name for p in (top / "core").iterdir() if p.is_dir() and any(p.iterdir())}
    wrong = [f"core/{room}: not on the street" for room in sorted(rooms - set(STREET))]
    for folder in ("core", "ui", "app"):
        for source in sorted((top / folder).rglob("*.[hc]*")):
            if source.suffix in (".h", ".cpp"):
                wrong += [f"{source.relative_to(top)}: {fault}" for fault in faults(source)]
    print("\n".join(wrong) or "every room looks back, none ahead")
    return bool(wrong)


sys.exit(main())
