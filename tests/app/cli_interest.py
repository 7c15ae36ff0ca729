"""What people talk about: the layer interest, the gap, topics, concerns, drafts."""
import csv
import json
import random

from clikit import Town, ask, check, must_have, run

DAMP = "damp mould landlord boiler repair tenancy plaster condensation ventilation deposit".split()
SUBJECTS = {
    "bus": "timetable fare driver route depot diesel conductor ticket shelter transit".split(),
    "choir": "piano concert rehearsal soprano melody chorus tenor hymn applause organist".split(),
    "plots": "spade beetroot compost seedling greenhouse slugs pruning raspberry mulch trowel".split(),
    "river": "heron towpath lock barge otter kingfisher reeds dredging mooring weir".split(),
}


def planted(path, seed=1):
    """Six groups of twelve who talk only among themselves: two of them, far apart, about damp."""
    chance = random.Random(seed)
    groups = {"North": DAMP, "South": DAMP, **{name.title(): words for name, words in SUBJECTS.items()}}
    filler = "yesterday kitchen photo corner paper garden window coffee supper winter".split()
    rows, number = [], 0
    for week in range(12):
        for group, words in groups.items():
            for person in range(12):
                number += 1
                text = " ".join(chance.sample(words, 4) + chance.sample(filler, 1))
                day, hour = 1 + week * 2 + person % 2, 8 + person % 10
                rows.append([f"m{number}", f"{group}{person}", f"2025-03-{day:02}T{hour:02}:{number % 60:02}:00Z", text,
                             f"m{number - chance.randint(1, person)}" if person else "", group])
    # Bus and Choir know each other, and Plots and River; nobody knows both North and South.
    for a, b in (("Bus", "Choir"), ("Plots", "River")):
        number += 1
        rows.append([f"m{number}", f"{a}0", "2025-03-26T10:00:00Z", "hello from next door", f"m{1 + 12 * list(groups).index(b)}", b])
    with open(path, "w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["id", "author", "time", "text", "reply_to", "conversation"])
        writer.writerows(rows)
    return path


def planted_workspace(name):
    workspace = Town.folder / f"{name}.kith"
    if not workspace.exists():
        ask("import", workspace, planted(Town.folder / f"{name}.csv"))
    return workspace


def group_of(person):
    return person.rstrip("0123456789")


@check
def the_planted_gap_is_found_first():
    workspace = planted_workspace("gap")
    found = ask("gap", workspace, "--top", 10)
    must_have(found, "people", "messages", "profiled", "seed", "permutations", "exact", "recall", "pairs", "clusters",
              "evidence")
    assert len(found["pairs"]) == 10, found["pairs"]
    for pair in found["pairs"]:
        must_have(pair, "a", "b", "cosine", "distance", "shared_words", "shared_concerns", "cluster_a", "cluster_b")
        assert {group_of(pair["a"]), group_of(pair["b"])} == {"North", "South"}, pair
        assert pair["distance"] is None or pair["distance"] >= 3, pair
        assert set(pair["shared_words"]) <= set(DAMP), pair
    first = found["clusters"][0]
    must_have(first, "a", "b", "cosine", "expected", "p", "q", "ties", "ties_expected", "shared_words", "gap")
    assert first["gap"] and first["q"] <= 0.05 and first["ties"] == 0, first
    assert set(first["shared_words"]) <= set(DAMP), first
    assert [c["gap"] for c in found["clusters"]].count(True) == 1, found["clusters"]
    clusters = {c["id"]: c for c in ask("clusters", workspace)["clusters"]}
    names = {group_of(clusters[first[side]]["members"][0]) for side in "ab"}
    assert names == {"North", "South"}, names
    assert "talk about the same things" in found["evidence"][0]["finding"], found["evidence"][0]
    one, two = (run("gap", workspace, "--json", "--threads", n).stdout for n in (1, 2))
    assert one == two
    run("gap", workspace, "--layer", "interest", code=2)


@check
def the_layer_interest_holds_everywhere():
    workspace = planted_workspace("gap")
    found = ask("clusters", workspace, "--layer", "interest")
    together = [c for c in found["clusters"] if any(group_of(m) == "North" for m in c["members"])]
    assert len(together) == 1, [c["members"] for c in together]
    assert {group_of(m) for m in together[0]["members"]} == {"North", "South"}, together[0]["members"]
    assert ask("clusters", workspace)["people"] == found["people"] == 72
    must_have(ask("bridges", workspace, "--layer", "interest"), "bridges")
    out = Town.folder / "interest.graphml"
    answer = ask("export", workspace, "--layer", "interest", "--out", out)
    assert answer["edges"] == found["ties"] > 0, answer
    must_have(ask("map", workspace, "--layer", "interest", "--out", Town.folder / "interest.svg"), "territories")
    run("clusters", workspace, "--layer", "gossip", code=2)
    run("clusters", workspace, "--layer", "interest", "--kind", "reply", code=2)
    one, two = (run("clusters", Town.workspace, "--layer", "interest", "--json", "--threads", n).stdout for n in (1, 2))
    assert one == two
    small = Town.folder / "small.csv"
    small.write_text("author,time,text\nAnn,2024-04-03 10:01,hello there\nTom,2024-04-03 10:02,good morning\n")
    ask("import", Town.folder / "small.kith", small)
    done = run("clusters", Town.folder / "small.kith", "--layer", "interest", code=1)
    assert "10 are needed" in done.stderr, done.stderr


@check
def topics_are_suggested_and_kept():
    workspace = planted_workspace("topics")
    found = ask("topics", workspace, "--k", 5)
    must_have(found, "k", "seed", "texts", "fitted", "tried", "topics", "evidence")
    assert len(found["topics"]) == 5
    planted_words = [set(DAMP)] + [set(words) for words in SUBJECTS.values()]
    for topic in found["topics"]:
        must_have(topic, "id", "words", "weight", "messages", "people", "stability", "npmi", "query")
        top = {w["word"] for w in topic["words"][:5]}
        assert any(top <= words for words in planted_words), topic
        assert topic["stability"] > 0.8, topic
    assert abs(sum(t["weight"] for t in found["topics"]) - 1) < 1e-6
    damp = next(t for t in found["topics"] if {w["word"] for w in t["words"][:5]} <= set(DAMP))
    assert damp["people"] >= 24, damp
    kept = ask("concern", workspace, "add", "Damp homes", "--topic", damp["id"], "--k", 5)
    assert kept["query"] == damp["query"] and " OR " in kept["query"], kept
    shown = ask("concern", workspace, "show", "Damp homes")
    must_have(shown, "name", "query", "people", "messages", "clusters", "weeks", "evidence")
    assert shown["people"] == 24 and shown["messages"] > 200, shown
    lives = [c for c in shown["clusters"] if c["q"] <= 0.05]
    assert len(lives) == 2 and all(c["share"] == 1 for c in lives), shown["clusters"]
    assert sum(w["messages"] for w in shown["weeks"]) == shown["messages"]
    pair = ask("gap", workspace, "--top", 1)["pairs"][0]
    assert pair["shared_concerns"] == ["Damp homes"], pair
    assert ask("clusters", workspace, "--concern", "Damp homes")["people"] == 24
    run("concern", workspace, "add", "Damp homes", "damp", code=2)
    run("concern", workspace, "add", "Nothing", code=2)
    run("concern", workspace, "show", "Nothing", code=1)
    run("concern", workspace, "fly", code=2)
    assert "Damp homes" in run("clusters", workspace, "--concern", "Dampness", code=1).stderr
    ask("concern", workspace, "remove", "Damp homes")
    assert ask("concern", workspace, "list")["concerns"] == []
    ask("history", workspace, "undo")
    assert ask("concern", workspace, "list")["concerns"][0]["query"] == damp["query"]
    for _ in range(1):
        ask("history", workspace, "undo")
    assert ask("concern", workspace, "list")["concerns"] == []
    run("topics", workspace, "--k", 41, code=2)
    chosen = ask("topics", Town.workspace)
    assert 5 <= chosen["k"] <= 40 and len(chosen["tried"]) >= 3, chosen["tried"]
    one, two = (run("topics", workspace, "--json", "--threads", n).stdout for n in (1, 2))
    assert one == two


@check
def drafts_and_newcomers():
    draft = Town.folder / "draft.txt"
    draft.write_text("The landlord and the mould, bins and the zyzzyva committee: bring photos to the meeting.")
    found = ask("check-draft", Town.workspace, draft)
    must_have(found, "content_words", "sender", "groups", "evidence")
    assert json.loads(run("check-draft", Town.workspace, "-", "--json", typed=draft.read_text()).stdout) == found
    clusters = ask("clusters", Town.workspace)["clusters"]
    assert [g["id"] for g in found["groups"]] == [c["id"] for c in clusters]
    told = [g for g in found["groups"] if g["cover"] is not None]
    for group in found["groups"]:
        must_have(group, "id", "kind", "name", "authors", "tokens", "cover", "unknown_words")
        enough = group["authors"] >= 30 and group["tokens"] >= 5000
        assert (group["cover"] is not None) == enough and ("refused" in group) != enough, group
        if enough:
            assert 0 <= group["cover"] <= 1 and "zyzzyva" in group["unknown_words"], group
    assert found["sender"] is None
    sender = ask("check-draft", Town.workspace, draft, "--sender", clusters[0]["label"])["sender"]
    assert sender["name"] == clusters[0]["label"]
    run("check-draft", Town.workspace, draft, "--sender", "Nobody", code=1)
    run("check-draft", Town.workspace, Town.folder / "none.txt", code=1)
    (Town.folder / "empty.txt").write_text("and the 12 of")
    run("check-draft", Town.workspace, Town.folder / "empty.txt", code=1)
    words = ask("words", Town.workspace)
    must_have(words, "groups", "shared", "uptake", "evidence")
    assert len(words["uptake"]) == len(clusters)
    for one in words["uptake"]:
        must_have(one, "id", "insider_words", "newcomers", "weeks", "settled", "settled_share")
        assert bool(one["weeks"]) != ("refused" in one), one
        for week in one["weeks"]:
            assert 0 <= week["share"] <= 1 and 0 < week["people"] <= one["newcomers"], week
    return told
