"""Graphs of other programs, imported as files: the verbs give the values that others computed.

The graphs shipped with the tests are always checked. The public ones, and reference_values.csv, are
read from $KITH_DATA or ../shared/data beside the checkout; without them those checks say so.
"""
import csv
import os
import pathlib

from clikit import Town, ask, check, must_have, run

HERE = pathlib.Path(__file__).resolve()
SHIPPED = HERE.parents[1] / "cluster/data"


def public_data():
    """The folder of public data, or None."""
    places = [os.environ.get("KITH_DATA", "")] + [str(HERE.parents[2].parent / "shared/data")]
    for place in places:
        if place and (pathlib.Path(place) / "reference/reference_values.csv").exists():
            return pathlib.Path(place) / "reference"
    print("  (reference_values.csv is not here: only the shipped graphs are checked)")
    return None


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


class GraphFile:
    """A graph as nodes and edges, written as GML and imported."""

    def __init__(self, folder, name, trait=None, weighted=False, directed=False):
        self.nodes = rows(folder / f"{name}.nodes.tsv")
        self.edges = rows(folder / f"{name}.edges.tsv")
        self.label = {node["id"]: f"N{int(node['id']):04d}" for node in self.nodes}
        lines = ["graph [", f"  directed {int(directed)}"]
        for node in self.nodes:
            extra = f' {trait} "{node[trait]}"' if trait else ""
            lines.append(f'  node [ id {node["id"]} label "{self.label[node["id"]]}"{extra} ]')
        for edge in self.edges:
            extra = f' value {edge["weight"]}' if weighted and "weight" in edge else ""
            lines.append(f'  edge [ source {edge["source"]} target {edge["target"]}{extra} ]')
        stem = f"{name}-{'w' if weighted else 'u'}{'d' if directed else ''}"
        file = Town.folder / f"{stem}.gml"
        file.write_text("\n".join(lines + ["]"]) + "\n")
        self.workspace = Town.folder / f"{stem}.kith"
        run("import", self.workspace, file)

    def ask(self, verb, *arguments):
        return ask(verb, self.workspace, *arguments)


class Reference:
    def __init__(self, folder):
        with open(folder / "reference_values.csv", encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))

    def close(self, dataset, measure, parameters, value, least=2e-7):
        """True when the value is that of the first row whose parameters hold the text."""
        for row in self.rows:
            if (row["dataset"], row["measure"]) == (dataset, measure) and parameters in row["parameters"]:
                wanted, tolerance = float(row["value"]), max(float(row["tolerance"]), least)
                assert abs(value - wanted) <= tolerance, (row, value)
                return
        raise AssertionError(("no such row", dataset, measure, parameters))


def near(value, wanted, tolerance=1e-6):
    assert abs(value - wanted) <= tolerance, (value, wanted)


@check
def the_karate_club_through_the_command_line():
    karate = GraphFile(SHIPPED, "karate", "club")
    found = karate.ask("homophily", "--trait", "club")
    assert (found["people"], found["known"], found["read_as"]) == (34, 34, "groups")
    near(found["assortativity"], 0.7175308642)
    near(found["assortativity_se"], 0.0801078861)
    near(found["ei_index"], -0.7179487179)
    near(found["ei_expected"], 0.0303030303)
    near(found["odds_ratio"], 8.2598669623)
    near(found["freeman"], 0.7262443439)
    near(found["yule_q"], 0.7840141756)
    assert found["p"] == 0.001 and found["permutations"] == 999
    low, high = found["assortativity_interval"]
    assert low < found["assortativity"] < high
    assert found["evidence"] and "club" in found["evidence"][0]["finding"]
    assert found["clusters"] and all(0 <= row["q"] <= 1 for row in found["clusters"])

    sides = karate.ask("separation", "--trait", "club", "--sides", "Mr.Hi,Officer", "--hubs", "3")
    must_have(sides, "sides", "hubs", "rwc", "null_mean", "null_sd", "rwc_star", "z")
    near(sides["rwc"], 0.8284064921)
    near(sides["a"], 0.9331248914)
    near(sides["b"], 0.8940144479)
    near(sides["adaptive_ei"], 0.7323193916)
    near(sides["null_mean"], 0.5166, 0.04)
    near(sides["rwc_star"], 0.3118, 0.04)
    assert sides["small"] and "fewer than twenty" in sides["evidence"][0]["certainty"]
    near(karate.ask("separation", "--trait", "club", "--hubs", "5")["rwc"], 0.8921718223)

    clusters = karate.ask("clusters")
    near(clusters["modularity"], 0.4197896121)
    assert len(clusters["clusters"]) == 4 and clusters["null"]["p"] <= 0.05

    run("homophily", karate.workspace, "--trait", "club", "--as", "numbers", code=2)
    run("separation", karate.workspace, "--trait", "club", "--sides", "Mr.Hi,Nobody", code=1)
    run("separation", karate.workspace, "--trait", "club", "--hubs", "17", code=1)


@check
def ukfaculty_through_the_command_line():
    binary = GraphFile(SHIPPED, "ukfaculty", "group")
    found = binary.ask("homophily", "--trait", "group")
    near(found["assortativity"], 0.6700761523)
    near(found["odds_ratio"], 13.0982429335)
    coleman = {group["value"]: group["coleman"] for group in found["groups"]}
    for value, wanted in {"1": 0.7014925373, "2": 0.73030387, "3": 0.6689748353, "4": 0.0652385589}.items():
        near(coleman[value], wanted)
    weighted = GraphFile(SHIPPED, "ukfaculty", "group", weighted=True)
    near(weighted.ask("clusters")["modularity"], 0.5622017336)
    again = weighted.ask("homophily", "--trait", "group")
    near(again["assortativity_ties"], 0.6700761523)
    assert abs(again["assortativity"] - 0.6700761523) > 1e-3  # by weight it is another figure


@check
def public_graphs_give_the_values_of_other_programs():
    folder = public_data()
    if not folder:
        return
    reference = Reference(folder)
    directed = GraphFile(folder, "ukfaculty_directed", "group", directed=True)
    arcs = directed.ask("homophily", "--trait", "group", "--graph-only")["arcs"]
    reference.close("ukfaculty_directed", "EI_index", "arcs", arcs["ei_index"])
    reference.close("ukfaculty_directed", "odds_ratio_within_group", "", arcs["odds_ratio"])
    for group in arcs["groups"]:
        reference.close("ukfaculty_directed", "coleman_homophily", f"group={group['value']},", group["coleman_ties"])

    for name in ("karate", "dolphins", "lesmis"):
        trait = "club" if name == "karate" else None
        graph = GraphFile(folder, name, trait)
        clusters = graph.ask("clusters")
        reference.close(name, "modularity_optimum", "", clusters["modularity"])
        reference.close(name, "modularity_optimum_clusters", "", len(clusters["clusters"]))
    lesmis = GraphFile(folder, "lesmis", weighted=True)
    reference.close("lesmis", "modularity_best_leiden", "weighted gamma=1", lesmis.ask("clusters")["modularity"])


@check
def traits_worked_out_from_the_ties_are_refused():
    karate = GraphFile(SHIPPED, "karate", "club")
    table = Town.folder / "degrees.csv"
    degree = {}
    for edge in karate.edges:
        for end in (edge["source"], edge["target"]):
            degree[end] = degree.get(end, 0) + 1
    lines = ["name,Degree,age"] + [f"{karate.label[i]},{degree[i]},{20 + int(i) * 7 % 31}.5" for i in degree]
    table.write_text("\n".join(lines) + "\n")
    run("traits", karate.workspace, table)
    error = run("homophily", karate.workspace, "--trait", "Degree", code=2).stderr
    assert "worked out from the ties" in error, error
    ages = karate.ask("homophily", "--trait", "age")
    assert ages["read_as"] == "numbers" and ages["odds_ratio"] is None
    near(ages["assortativity"], ages["scalar"]["assortativity"], 0)
    must_have(ages["neighbour_correlation"], "people", "correlation", "p")
    as_groups = karate.ask("homophily", "--trait", "age", "--as", "groups", "--graph-only")
    assert as_groups["read_as"] == "groups" and "clusters" not in as_groups


@check
def two_sides_that_are_not_there_are_refused():
    # Everybody tied with everybody nearby on a ring: no two sides.
    ring = Town.folder / "ring.csv"
    people = 60
    ring.write_text("source,target\n" + "".join(
        f"r{i},r{(i + step) % people}\n" for i in range(people) for step in (1, 7, 23)))
    workspace = Town.folder / "ring.kith"
    run("import", workspace, ring)
    error = run("separation", workspace, code=1).stderr
    assert "two sides" in error, error


@check
def bridges_of_known_graphs():
    karate = GraphFile(SHIPPED, "karate", "club")
    found = karate.ask("bridges", "--everyone", "--top", "0")
    must_have(found, "people", "ties", "exact", "cut_people", "cut_ties", "local_bridges", "bridges", "evidence")
    assert found["exact"] and (found["cut_people"], found["cut_ties"], found["local_bridges"]) == (1, 1, 11)
    person = {row["person"]: row for row in found["bridges"]}
    assert len(person) == 34
    near(person["N0000"]["betweenness"], 231.0714285714)
    near(person["N0000"]["betweenness_normalised"], 231.0714285714 / (33 * 32 / 2))
    near(person["N0033"]["betweenness"], 160.5515873016)
    near(person["N0000"]["constraint"], 0.1554232976)
    near(person["N0000"]["effective_size"], 13.75)
    near(person["N0005"]["constraint"], 0.477484809)
    # The best partition by modularity is unique here.
    near(person["N0000"]["participation"], 0.5390625)
    near(person["N0000"]["within_z"], 2.1357076617)
    assert person["N0000"]["cut"] and person["N0000"]["role"] == "mostly inside"
    near(person["N0028"]["participation"], 2 / 3)
    near(person["N0028"]["within_z"], -1.788854382)
    few = karate.ask("bridges", "--top", "3")["bridges"]
    assert [row["person"] for row in few] == [row["person"] for row in found["bridges"][:3]]

    folder = public_data()
    if not folder:
        return
    reference = Reference(folder)
    for name in ("lesmis", "dolphins"):
        rows = GraphFile(folder, name).ask("bridges", "--everyone", "--top", "0")
        for measure, value in (("articulation_points", rows["cut_people"]), ("bridges", rows["cut_ties"]),
                               ("local_bridges", rows["local_bridges"])):
            reference.close(name, measure, "", value)
        known = {row["person"]: row for row in rows["bridges"]}
        for node in (0, 5, 11, 36):
            row = known.get(f"N{node:04d}")
            for measure, field in (("betweenness", "betweenness"), ("burt_constraint", "constraint"),
                                   ("burt_effective_size", "effective_size")):
                if any((r["dataset"], r["measure"]) == (name, measure) and f"node={node}," in r["parameters"]
                       for r in reference.rows):
                    reference.close(name, measure, f"node={node},", row[field])
    weighted = GraphFile(folder, "lesmis", weighted=True).ask("bridges", "--everyone", "--top", "0")
    valjean = next(row for row in weighted["bridges"] if row["person"] == "N0011")
    reference.close("lesmis", "burt_constraint_weighted", "", valjean["constraint"])


@check
def introductions_in_the_karate_club():
    karate = GraphFile(SHIPPED, "karate", "club")
    asked = ("--trait", "club", "--between", "Mr.Hi,Officer", "--hubs", "3", "--top", "4")
    found = karate.ask("introductions", *asked)
    must_have(found, "pairs", "largest_drop", "introducers", "reliance", "chance_formula", "evidence", "seed")
    near(found["separation_before"], 0.8284064921)
    best = found["largest_drop"]
    assert (best["a"], best["b"]) == ("N0016", "N0029"), best
    near(best["separation_after"], 0.7617510555)
    assert len(found["pairs"]) == 4
    before = found["separation_before"]
    for pair in found["pairs"]:
        must_have(pair, "a", "b", "shared_concerns", "separation_before", "separation_after", "chance", "introducers")
        near(pair["separation_before"], before)
        assert pair["separation_after"] < before and 0 < pair["chance"] < 1
        before = pair["separation_after"]
    near(found["separation_after"], before)
    # Somebody who does not want to be proposed is not, and names nobody else either.
    without = karate.ask("introductions", *asked, "--leave-out", best["a"])
    named = {pair[end] for pair in without["pairs"] for end in ("a", "b")}
    assert best["a"] not in named and without["left_out"] == 1
    table = Town.folder / "left.csv"
    table.write_text(f"name,leave out\n{best['b']},yes\nN0001,no\n")
    run("traits", karate.workspace, table)
    marked = karate.ask("introductions", *asked)
    assert marked["left_out"] == 1 and marked["largest_drop"]["b"] != best["b"]
    run("introductions", karate.workspace, "--between", "0,77", code=1)
    run("introductions", karate.workspace, "--between", "0", code=2)


@check
def introductions_in_the_town():
    found = ask("introductions", Town.workspace, "--top", "5")
    assert len(found["pairs"]) == 5 and found["introducers"], found["evidence"]
    assert found["separation_after"] < found["separation_before"]
    assert all(0 < row["share"] <= 1 for row in found["reliance"])
    sides = ask("separation", Town.workspace)
    must_have(sides, "sides", "hubs", "rwc", "null_mean", "null_sd", "rwc_star", "z", "stability", "evidence")
    assert len(sides["sides"]) == 2 and sides["rwc_star"] > 0.1 and not sides["small"]


@check
def the_town_over_time():
    found = ask("timeline", Town.workspace, "--window", "28d")
    must_have(found, "people", "windows", "links", "events", "lengths", "seed", "evidence", "median_people")
    assert len(found["windows"]) >= 2 and found["lengths"] == [28 * 86400, 14 * 86400, 56 * 86400]
    for window in found["windows"]:
        must_have(window, "from", "to", "people", "ties", "groups", "instability")
        for group in window["groups"]:
            assert group["size"] == len(group["members"]) >= 5
    kinds = {"birth", "death", "dormant", "return", "split", "merge", "growth", "contraction"}
    for event in found["events"]:
        must_have(event, "kind", "from", "to", "jaccard", "firm")
        assert event["kind"] in kinds and 1 <= event["seen_in"] <= 3
    assert any(link["from"] == link["to"] for link in found["links"])  # names last
    run("timeline", Town.workspace, "--window", "1m", code=2)
    run("timeline", GraphFile(SHIPPED, "karate").workspace, code=1)


@check
def groups_at_several_scales():
    found = ask("clusters", Town.workspace, "--levels", "--check-weights")
    must_have(found, "levels", "sweep", "also_close_to", "weights", "messages", "evidence")
    assert len(found["sweep"]) == 25 and len(found["levels"]) <= 3
    for coarse, fine in zip(found["levels"], found["levels"][1:]):
        homes = {member: group["id"] for group in coarse["groups"] for member in group["members"]}
        for group in fine["groups"]:
            assert {homes.get(member) for member in group["members"]} == {group["inside"]}
    must_have(found["weights"], "kinds", "draws", "agreement", "lowest", "settled")
    assert all(0.25 <= row["share"] <= 1 for row in found["also_close_to"])


@check
def groups_and_sides_are_the_same_on_any_number_of_threads():
    for verb in (["clusters", "--levels"], ["separation"], ["introductions", "--top", "3"], ["bridges", "--everyone"],
                 ["timeline", "--window", "28d"], ["homophily", "--trait", "ward"]):
        one, two = (run(verb[0], Town.workspace, *verb[1:], "--json", "--threads", n).stdout for n in (1, 2))
        assert one == two, verb
