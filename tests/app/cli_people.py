"""Diversity, who stays, opinion groups, listening and growth on the command line."""
import contextlib
import sqlite3

from clikit import Town, ask, check, must_have, run


@check
def diversity_against_a_profile():
    plain = ask("diversity", Town.workspace, "--trait", "ward")
    must_have(plain, "trait", "people", "known", "seed", "groups", "evidence")
    for group in plain["groups"]:
        must_have(group, "id", "kind", "known", "hill1", "hill2", "blau", "jsd", "jsd_chance95", "p")
        assert group["jsd"] is None
    assert "ward" in plain["combination"]["traits"] and 0 < plain["combination"]["share"] <= 1
    everyone = plain["groups"][0]
    assert everyone["kind"] == "everyone" and everyone["known"] == plain["known"]
    assert everyone["hill1_interval"][0] <= everyone["hill1"] <= everyone["hill1_interval"][1]
    wards = [row["value"] for row in everyone["counts"]]
    profile = Town.folder / "wards.csv"
    profile.write_text("value,share\n" + "".join(f"{ward},1\n" for ward in wards) + "Elsewhere,1\n")
    compared = ask("diversity", Town.workspace, "--trait", "ward", "--profile", profile)
    assert compared["profile"] == "wards.csv" and compared["unlisted"] == []
    for group in compared["groups"]:
        if "refused" in group:
            assert group["known"] < 5 and group["hill1"] is None
            continue
        assert 0 <= group["jsd"] <= 1 and 0 < group["p"] <= 1 and group["seen_share"] < 1
    assert min(g["p"] for g in compared["groups"] if g["p"]) < 0.05
    words = " ".join(one["finding"] for one in compared["evidence"])
    assert "representative" not in words
    profile.write_text("value,share\nEastfield,lots\n")
    assert "wards.csv, line 2" in run("diversity", Town.workspace, "--trait", "ward", "--profile", profile,
                                      code=1).stderr
    run("diversity", Town.workspace, "--trait", "shoe size", code=1)
    run("diversity", Town.workspace, code=2)


@check
def who_stays():
    stays = ask("retention", Town.workspace)
    must_have(stays, "people", "messages", "seed", "quiet_after_days", "survival", "cohorts", "newcomers",
              "answered_within_48h", "returned", "median_days", "restricted_mean", "concentration", "tiers",
              "reciprocity", "k_core", "core_periphery", "groups", "log_rank", "evidence")
    must_have(stays["returned"], "answered", "unanswered")
    assert stays["quiet_after_days"] >= 30
    before = 1
    for step in stays["survival"]:
        must_have(step, "days", "s", "low", "high")
        assert step["low"] <= step["s"] <= step["high"] and step["s"] <= before
        before = step["s"]
    assert sum(stays["tiers"].values()) == stays["people"]
    assert sum(cohort["size"] for cohort in stays["cohorts"]) == stays["people"] - stays["left_truncated"]
    assert sum(window["newcomers"] for window in stays["newcomers"]) == stays["people"]
    for cohort in stays["cohorts"]:
        assert cohort["windows"][0]["n"] == cohort["size"] and cohort["windows"][0]["after"] == 0
    assert sum(row["people"] for row in stays["k_core"]["histogram"]) >= stays["people"]
    later = ask("retention", Town.workspace, "--from", stays["newcomers"][4]["from"], "--window", "30d")
    assert later["left_truncated"] > 0 and later["window_days"] == 30
    run("retention", Town.workspace, "--window", "1h", code=2)
    run("retention", Town.workspace, "--to", "1999-01-01", code=1)


@check
def the_graph_as_a_whole():
    info = ask("info", Town.workspace, "--graph")
    graph = info["graph"]
    must_have(graph, "people", "ties", "density", "components", "largest_component", "diameter", "transitivity",
              "clustering", "degree_assortativity", "articulation_points", "bridge_ties", "reciprocity", "k_core")
    assert graph["people"] == ask("clusters", Town.workspace)["people"]
    assert "graph" not in ask("info", Town.workspace)
    edges = Town.folder / "arcs.csv"
    edges.write_text("source,target,weight\na,b,3\nb,a,2\na,c,1\nc,d,4\n")
    other = Town.folder / "arcs.kith"
    ask("import", other, edges)
    small = ask("info", other, "--graph")["graph"]
    assert (small["people"], small["ties"], small["components"], small["diameter"]) == (4, 3, 1, 3), small
    back = small["reciprocity"]
    assert (back["arcs"], back["mutual"], back["one_way"], back["weighted_share"]) == (4, 1, 2, 0.4), back


def polis(folder, groups=True):
    """Two camps of 30 and 18 who disagree on six of ten statements."""
    import random
    chance = random.Random(3)
    folder.mkdir()
    comments, votes, people = ["timestamp,comment-id,author-id,moderated,comment-body"], \
        ["timestamp,comment-id,voter-id,vote"], ["participant,group-id"]
    for s in range(10):
        comments.append(f"1500000000,{s},0,1,We should do thing {s}")
    for person in range(48):
        left = person < 30
        people.append(f"{person},{0 if left else 1}")
        for s in range(10):
            agrees = (left == (s % 2 == 0)) == (chance.random() < 0.98) if s < 6 else chance.random() < 0.9
            if chance.random() < 0.97:
                votes.append(f"1500000000,{s},{person},{1 if agrees else -1}")
    (folder / "comments.csv").write_text("\n".join(comments) + "\n")
    (folder / "votes.csv").write_text("\n".join(votes) + "\n")
    if groups:
        (folder / "participants-votes.csv").write_text("\n".join(people) + "\n")
    return folder


@check
def people_who_vote_alike():
    workspace = Town.folder / "votes.kith"
    ask("import", workspace, polis(Town.folder / "polis"))
    found = ask("opinions", workspace, "--shuffles", "60")
    must_have(found, "groups", "k", "silhouettes", "variances", "consensus", "representative", "null", "stability",
              "supported", "seed", "evidence")
    assert found["k"] == 2 and [g["size"] for g in found["groups"]] == [30, 18], found["groups"]
    assert found["supported"] and found["null"]["p"] < 0.05 and found["likeness_to_export"] == 1
    assert found["consensus"][0]["statement"] >= 6
    assert found["consensus"][0]["value"] <= found["consensus"][0]["lowest_group"]
    for one in found["representative"]:
        must_have(one, "group", "statement", "value", "side")
        assert one["statement"] < 6
    theirs = ask("opinions", workspace, "--groups", "export", "--shuffles", "60")
    assert theirs["groups_from"] == "export" and [g["size"] for g in theirs["groups"]] == [30, 18]
    assert "no votes" in run("opinions", Town.workspace, code=1).stderr
    run("opinions", workspace, "--conversation", "nothing", code=1)
    run("opinions", workspace, "--groups", "mine", code=2)


def said_in(workspace, count):
    """Numbers of the first messages that somebody said."""
    with contextlib.closing(sqlite3.connect(f"file:{workspace}?mode=ro", uri=True)) as base:
        return [row[0] for row in base.execute("SELECT id FROM message WHERE flags & 1 = 0 ORDER BY id LIMIT ?", [count])]


@check
def coders_agree_or_not():
    workspace = Town.copy("listen.kith")
    run("listen", workspace, "agreement", code=1)
    burst = ask("growth", workspace)["bursts"][0]["first_messages"]
    coded = ask("listen", workspace, "code", burst[0], "wrong", "MATTERS", "--coder", "Ana", "--about", "us")
    assert coded["message"] == burst[0]
    assert [row["question"] for row in coded["codes"]] == ["wrong", "matters"]
    ask("listen", workspace, "code", burst[0], "none", "--coder", "Ben")
    listed = ask("listen", workspace, "list", "--coder", "Ana")
    assert listed["messages"] == 1 and listed["codings"][0]["text"]
    assert {row["question"]: row["messages"] for row in listed["codes"]}["wrong"] == 1
    run("listen", workspace, "code", 99999999, "wrong", code=1)
    run("listen", workspace, "code", burst[0], "sad", code=2)
    run("listen", workspace, "fly", code=2)
    steps = ask("history", workspace, "list")["steps"]
    assert steps[-1]["what"].startswith("Coded a message"), steps[-1]
    ask("history", workspace, "undo")
    assert len(ask("listen", workspace, "list")["codings"]) == 1
    ask("history", workspace, "redo")
    table = Town.folder / "codes.csv"
    rows = ["message,coder,codes"]
    said = said_in(workspace, 120)
    for at, number in enumerate(said):
        rows.append(f"{number},Ana,{'want' if at % 3 == 0 else 'none'}")
        rows.append(f"{number},Ben,{'want' if at % 3 == 0 and at % 30 else 'none'}")
    table.write_text("\n".join(rows) + "\n")
    ask("listen", workspace, "code", "--file", table)
    agreement = ask("listen", workspace, "agreement")
    must_have(agreement, "codes", "alpha", "coders", "units", "questions", "seed", "evidence")
    assert agreement["units"] >= 120 and 0.8 < agreement["alpha"]["want"] < 1, agreement["alpha"]
    assert agreement["warnings"] == [], agreement["warnings"]
    want = [row for row in agreement["questions"] if row["question"] == "want"][0]
    assert want["interval"][0] <= want["alpha"] <= want["interval"][1]
    cleared = ask("listen", workspace, "code", said[3], "--clear", "--coder", "Ana")
    assert cleared["cleared"]
    assert ask("verify", workspace)["ok"]


@check
def growth_month_by_month():
    growth = ask("growth", Town.workspace)
    must_have(growth, "bins", "fits", "best", "doubling_seconds", "doubling_interval", "branching_ratio",
              "branching_interval", "bursts", "months", "signs", "seed", "evidence")
    assert len(growth["signs"]) == 4
    assert sum(month["messages"] for month in growth["months"]) == growth["messages"]
    for month in growth["months"]:
        assert (month["branching_ratio"] is None) == ("refused" in month)
