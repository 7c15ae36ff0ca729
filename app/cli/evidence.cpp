#include "app/cli/evidence.h"

#include <nlohmann/json.hpp>

namespace kith::cli {

void addEvidence(const std::vector<EvidenceSentence>& sentences, nlohmann::ordered_json& document,
                 std::vector<std::string>& lines)
{
    auto& array = document["evidence"] = nlohmann::ordered_json::array();
    for (const auto& sentence : sentences) {
        array.push_back({{"finding", sentence.finding},
                         {"certainty", sentence.certainty},
                         {"figures", sentence.figures},
                         {"method", sentence.method}});
        lines.push_back(sentence.finding + " " + sentence.certainty);
        lines.push_back("  " + sentence.figures);
    }
}

}  // namespace kith::cli
