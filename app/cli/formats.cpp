#include "core/import/catalogue.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

class Formats final : public Verb {
public:
    std::string_view name() const override { return "formats"; }
    std::string_view about() const override { return "Lists the formats that Kith reads"; }
    void declare(Arguments&) override {}

    void run(const Console& console) override
    {
        auto list = nlohmann::ordered_json::array();
        std::vector<std::string> lines;
        for (const auto* reader : readers()) {
            const auto& info = reader->info();
            list.push_back({{"id", info.id},
                            {"name", info.name},
                            {"platforms", info.platforms},
                            {"extensions", info.extensions},
                            {"made_from_documentation", info.documented}});
            lines.push_back(fmt::format("{:<20} {}{}", info.id, info.name,
                                        info.documented ? " (made from the documentation)" : ""));
        }
        console.answer({{"formats", list}}, lines);
    }
};

}  // namespace

std::unique_ptr<Verb> formatsVerb()
{
    return std::make_unique<Formats>();
}

}  // namespace kith::cli
