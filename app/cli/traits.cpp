#include "core/base/text.h"
#include "core/store/people.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli/verb.h"

namespace kith::cli {
namespace {

class Traits final : public Verb {
public:
    std::string_view name() const override { return "traits"; }
    std::string_view about() const override
    {
        return "Adds people's traits from a table with a header row";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("table", table_,
                             "CSV or TSV: name, handle, email, phone or id, then a column a trait");
    }

    void run(const Console& console) override
    {
        auto workspace = Workspace::open(workspace_);
        const auto report = importTraits(workspace, table_, console.task);
        std::vector<std::string> lines{fmt::format("{} of {} rows found their person; traits: {}",
                                                   report.matched, report.rows,
                                                   join(report.traits, ", "))};
        if (report.merged > 0) {
            lines.push_back(
                fmt::format("{} people were joined because one row named accounts of both; "
                            "`history undo` takes it back",
                            report.merged));
        }
        for (const auto& row : report.unmatched) lines.push_back("  not found: " + row);
        for (const auto& warning : report.warnings) lines.push_back("  note: " + warning);
        console.answer({{"rows", report.rows},
                        {"matched", report.matched},
                        {"unmatched", report.unmatched},
                        {"traits", report.traits},
                        {"merged", report.merged},
                        {"warnings", report.warnings}},
                       lines);
    }

private:
    std::string workspace_;
    std::string table_;
};

}  // namespace

std::unique_ptr<Verb> traitsVerb()
{
    return std::make_unique<Traits>();
}

}  // namespace kith::cli
