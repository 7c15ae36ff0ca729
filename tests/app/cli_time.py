"""Groups over time, on an invented year whose changes are known."""
import datetime
import json
import random

from clikit import Town, ask, check, run

START = datetime.datetime(2025, 1, 1, 9, 0)


def circle(name, people):
    return [f"{name}{i}" for i in range(people)]


def months():
    """Four months: Damp and Rent merge in the third, Bus is born in the second, Park ends after the second, and
    Choir stays as it is."""
    damp, rent, bus, park, choir = (circle(n, 10) for n in ("Damp", "Rent", "Bus", "Park", "Choir"))
    return [[damp, rent, park, choir], [damp, rent, bus, park, choir], [damp + rent, bus, choir],
            [damp + rent, bus, choir]]


def write(path, seed):
    """Everybody asks somebody of their own circle, and is answered; one in thirty talks across."""
    draw = random.Random(seed)
    lines = ["id,author,time,text,reply_to,conversation"]
    number = 0
    for month, circles in enumerate(months()):
        everybody = [person for some in circles for person in some]
        for some in circles:
            for person in some:
                for _ in range(12):
                    other = draw.choice([p for p in (everybody if draw.random() < 1 / 30 else some) if p != person])
                    time = START + datetime.timedelta(days=30 * month, minutes=draw.randrange(30 * 24 * 60 - 300))
                    number += 1
                    lines.append(f"m{number},{person},{time.isoformat()}Z,what now,,town")
                    lines.append(f"a{number},{other},{(time + datetime.timedelta(minutes=9)).isoformat()}Z,"
                                 f"like this,m{number},town")
    path.write_text("\n".join(lines) + "\n")


@check
def births_deaths_and_merges_are_found():
    for seed in (1, 2):
        file, workspace = Town.folder / f"months{seed}.csv", Town.folder / f"months{seed}.kith"
        write(file, seed)
        run("import", workspace, file)
        found = ask("timeline", workspace, "--window", "30d")
        assert [len(window["groups"]) for window in found["windows"]] == [4, 5, 3, 3], found["windows"]
        members = {}
        for at, window in enumerate(found["windows"]):
            for group in window["groups"]:
                members[at, group["id"]] = {name.rstrip("0123456789") for name in group["members"]}
        told = {(event["kind"], event["window"]): event for event in found["events"]}
        birth = told["birth", 1]
        assert members[1, birth["to"][0]] == {"Bus"} and birth["from"] == []
        death = told["death", 2]
        assert members[1, death["from"][0]] == {"Park"} and death["looked"]
        merge = told["merge", 2]
        assert members[2, merge["to"][0]] == {"Damp", "Rent"} and len(merge["from"]) == 2
        assert merge["jaccard"] > 0.9 and merge["firm"], merge
        # Choir has one name throughout, and nothing happens to it.
        choir = {group for (_, group), who in members.items() if who == {"Choir"}}
        assert len(choir) == 1
        assert not [event for event in found["events"] if choir & set(event["from"] + event["to"])]
        kinds = sorted(kind for kind, _ in told)
        assert set(kinds) <= {"birth", "death", "merge", "growth"}, kinds
        assert found["evidence"][1]["finding"]


@check
def a_month_without_change_has_no_events():
    file, workspace = Town.folder / "still.csv", Town.folder / "still.kith"
    draw = random.Random(3)
    lines = ["id,author,time,text,reply_to,conversation"]
    circles = [circle("North", 12), circle("South", 12)]
    for month in range(3):
        for some in circles:
            for person in some:
                for turn in range(10):
                    time = START + datetime.timedelta(days=30 * month, minutes=draw.randrange(30 * 24 * 60 - 300))
                    key = f"{month}-{person}-{turn}"
                    lines.append(f"m{key},{person},{time.isoformat()}Z,hello,,town")
                    other = draw.choice([p for p in some if p != person])
                    lines.append(f"a{key},{other},{(time + datetime.timedelta(minutes=5)).isoformat()}Z,yes,m{key},town")
    file.write_text("\n".join(lines) + "\n")
    run("import", workspace, file)
    found = ask("timeline", workspace, "--window", "30d")
    assert found["events"] == [], found["events"]
    assert "fewer than fifty" in found["evidence"][0]["certainty"]


@check
def planted_growth_is_told_from_a_campaign():
    """The worry sets off what the town's truth says, the campaign nothing; three other towns and this one."""
    towns = [(Town.workspace, Town.truth)]
    for seed in (21, 22, 23):
        folder, workspace = Town.folder / f"town{seed}", Town.folder / f"town{seed}.kith"
        ask("scenario", "millbrook", "--out", folder, "--seed", seed)
        exports = [f for f in sorted(folder.iterdir()) if f.name not in ("truth.json", "members.csv")]
        run("import", workspace, *exports)
        towns.append((workspace, json.loads((folder / "truth.json").read_text(encoding="utf-8"))))
    held = 0
    for workspace, truth in towns:
        for worry in truth["concerns"]:
            ask("concern", workspace, "add", worry["name"], worry["query"])
            found = ask("growth", workspace, "--concern", worry["name"])
            low, high = found["branching_interval"]
            held += low <= worry["branching_ratio"] <= high
            assert found["best"] == ("exponential" if worry["growth"] == "organic" else "linear"), (worry, found["best"])
            assert (found["branching_ratio"] > 0.3) == (worry["growth"] == "organic"), found["branching_ratio"]
            ask("concern", workspace, "remove", worry["name"])
    assert held >= 7, held
