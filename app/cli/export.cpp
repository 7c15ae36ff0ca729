#include "core/graph/export.h"

#include "core/base/error.h"
#include "core/report/tables.h"

#include <nlohmann/json.hpp>

#include "app/cli/outfile.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using Writer = void (*)(std::ostream&, const GraphExport&);

Writer writerFor(const std::string& file)
{
    const auto extension = extensionOf(file);
    if (extension == ".graphml") return writeGraphml;
    if (extension == ".csv") return writeEdgeCsv;
    if (extension == ".json") return writeNodeLinkJson;
    if (extension == ".gexf") return writeGexf;
    if (extension == ".net") return writePajek;
    throw Error(Error::Kind::Usage, "the ending of " + file + " names no format", {},
                "End it in .graphml, .gexf, .csv, .json or .net.");
}

class Export final : public Verb {
public:
    std::string_view name() const override { return "export"; }
    std::string_view about() const override
    {
        return "Writes the map of people and ties for other programs; names are protected";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.required("--out", out_,
                           "the file to write: .graphml, .gexf, .csv, .json or .net");
        arguments.option("--names", names_, "pseudonym, real or none");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto write = writerFor(out_);
        const auto naming = namingOf(names_);
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto options = flags_.options(workspace);
        options.text = false;
        const auto analysis = analyse(workspace, options, console.task);
        const auto data = graphExport(workspace, *analysis, naming);
        writeWhole(out_, [&](std::ostream& out) { write(out, data); });
        const auto nodes = analysis->persons.size();
        const auto edges = analysis->people.graph.ties();
        console.answer(
            {{"nodes", nodes}, {"edges", edges}, {"file", out_}, {"names", names_}},
            {out_ + ": " + std::to_string(nodes) + " people, " + std::to_string(edges) + " ties"});
    }

private:
    std::string workspace_;
    std::string out_;
    std::string names_ = "pseudonym";
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> exportVerb()
{
    return std::make_unique<Export>();
}

}  // namespace kith::cli
