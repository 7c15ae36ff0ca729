#include "core/report/report.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include "app/cli/outfile.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

class Report final : public Verb {
public:
    std::string_view name() const override { return "report"; }
    std::string_view about() const override
    {
        return "Writes a report that can be handed on; names are protected";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.required("--out", out_, "the file to write, .html");
        arguments.option("--names", names_, "pseudonym, real or none");
        arguments.option("--title", title_, "title of the report");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto naming = namingOf(names_);
        if (extensionOf(out_) != ".html") {
            throw Error(Error::Kind::Usage, "a report is written as .html, not " + out_);
        }
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto analysis = analyse(workspace, flags_.options(workspace), console.task);
        ReportOptions options;
        options.names = naming;
        options.title = title_;
        std::vector<std::string> parts;
        const auto bytes = writeWhole(out_, [&](std::ostream& out) {
            parts = writeHtmlReport(out, workspace, *analysis, options, console.task);
        });
        console.answer({{"file", out_}, {"bytes", bytes}, {"names", names_}, {"parts", parts}},
                       {out_ + ": " + join(parts, ", ")});
    }

private:
    std::string workspace_;
    std::string out_;
    std::string names_ = "pseudonym";
    std::string title_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> reportVerb()
{
    return std::make_unique<Report>();
}

}  // namespace kith::cli
