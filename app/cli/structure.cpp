#include "app/cli/structure.h"

#include <nlohmann/json.hpp>

#include "app/cli/selection.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json reciprocityObject(const StructureStudy& study)
{
    if (!study.reciprocity) return nullptr;
    const auto& found = *study.reciprocity;
    return {{"arcs", found.arcs},
            {"mutual", found.mutual},
            {"one_way", found.oneWay},
            {"arc_share", number(found.arcShare)},
            {"pair_share", number(found.pairShare)},
            {"weighted_share", number(found.weightedShare)}};
}

ordered_json coresObject(const StructureStudy& study)
{
    auto histogram = ordered_json::array();
    for (const auto& [core, people] : study.cores) {
        histogram.push_back({{"core", core}, {"people", people}});
    }
    return {
        {"deepest", study.deepest()}, {"people", study.deepestPeople()}, {"histogram", histogram}};
}

ordered_json corePeripheryObject(const StructureStudy& study, const PeopleGraph& people)
{
    if (!study.corePeriphery) return {{"refused", study.corePeripheryRefused}};
    const auto& found = *study.corePeriphery;
    auto core = ordered_json::array();
    for (const Vertex member : found.core) core.push_back(people.people[member].value);
    return {
        {"fit", number(found.fit)},
        {"core", core},
        {"null",
         {{"mean", number(found.nullMean)}, {"sd", number(found.nullSd)}, {"p", number(found.p)}}},
        {"samples", found.samples}};
}

}  // namespace

nlohmann::ordered_json structureObject(const StructureStudy& study, const PeopleGraph& people)
{
    const auto& shape = study.shape;
    return {{"people", shape.people},
            {"ties", shape.ties},
            {"density", number(shape.density)},
            {"components", shape.components},
            {"largest_component", shape.largest},
            {"diameter", shape.diameter},
            {"diameter_exact", shape.diameterExact},
            {"transitivity", number(shape.transitivity)},
            {"clustering", number(shape.clustering)},
            {"degree_assortativity", number(shape.degreeAssortativity)},
            {"articulation_points", shape.cutPeople},
            {"bridge_ties", shape.cutTies},
            {"local_bridges", shape.localBridges},
            {"reciprocity", reciprocityObject(study)},
            {"k_core", coresObject(study)},
            {"core_periphery", corePeripheryObject(study, people)}};
}

}  // namespace kith::cli
