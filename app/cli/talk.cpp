#include "app/cli/talk.h"

#include "core/analysis/talklikeness.h"

#include <nlohmann/json.hpp>

#include "app/cli/selection.h"

namespace kith::cli {

void addTalk(const Workspace& workspace, const Analysis& analysis, nlohmann::ordered_json& document,
             Task& task)
{
    const auto& options = analysis.options;
    if (options.selection.layer == Layer::Interest || analysis.people.messages == 0) return;
    auto rows = talkLikeness(workspace, analysis, task);
    std::vector<double> p;
    for (const auto& row : rows) p.push_back(row.p);
    for (const auto& cluster : analysis.clusters)
        for (const auto& other : cluster.alike) p.push_back(other.p);
    const auto q = benjaminiHochberg(p);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        row.q = q[i];
        auto& cluster = document.at("clusters").at(row.cluster);
        cluster.at("alike").push_back({{"trait", talkTrait},
                                       {"value", row.value},
                                       {"known", row.known},
                                       {"count", row.count},
                                       {"share", number(row.share)},
                                       {"expected", number(row.expected)},
                                       {"value_p", number(row.valueP)},
                                       {"h", number(row.h)},
                                       {"p", number(row.p)},
                                       {"q", number(row.q)},
                                       {"coverage", number(row.coverage)}});
        const auto sentence = talkSentence(analysis, row);
        cluster.at("sentences").push_back(sentence.finding + " " + sentence.certainty);
    }
}

}  // namespace kith::cli
