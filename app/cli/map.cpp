#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/report.h"

#include <nlohmann/json.hpp>

#include "app/cli/outfile.h"
#include "app/cli/picture.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

struct Size {
    int width = 0;
    int height = 0;
};

Size sizeOf(const std::string& text)
{
    const auto parts = split(text, 'x');
    if (parts.size() == 2) {
        const auto width = parseInteger(parts[0]);
        const auto height = parseInteger(parts[1]);
        if (width && height && *width >= 200 && *height >= 200 && *width <= 16000 &&
            *height <= 16000) {
            return {static_cast<int>(*width), static_cast<int>(*height)};
        }
    }
    throw Error(Error::Kind::Usage, "--size " + text + " makes no sense", {},
                "Write it as 1600x1200; each side from 200 to 16000.");
}

class Map final : public Verb {
public:
    std::string_view name() const override { return "map"; }
    std::string_view about() const override
    {
        return "Draws the map as a picture; names are protected";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.required("--out", out_, "the file to write: .png or .svg");
        arguments.option("--size", size_, "WIDTHxHEIGHT in pixels");
        arguments.option("--names", names_, "pseudonym, real or none");
        arguments.flag("--labels", labels_, "label everybody, not only those who cross");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto size = sizeOf(size_);
        const auto naming = namingOf(names_);
        const auto extension = extensionOf(out_);
        if (extension != ".png" && extension != ".svg") {
            throw Error(Error::Kind::Usage, "a map is written as .png or .svg, not " + out_);
        }
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto analysis = analyse(workspace, flags_.options(workspace), console.task);
        auto scene = sceneOf(*analysis, naming);
        if (!labels_) labelOnlyBridges(scene);
        writeWhole(out_, [&](std::ostream& out) {
            if (extension == ".svg") {
                writeMapSvg(out, scene, size.width, size.height);
            } else {
                writeMapPng(out, scene, size.width, size.height);
            }
        });
        console.answer({{"nodes_drawn", scene.people.size()},
                        {"ties_drawn", scene.ties.size()},
                        {"territories", scene.territories.size()},
                        {"file", out_}},
                       {out_ + ": " + std::to_string(scene.people.size()) + " people in " +
                        std::to_string(scene.territories.size()) + " territories"});
    }

private:
    std::string workspace_;
    std::string out_;
    std::string size_ = "1600x1200";
    std::string names_ = "pseudonym";
    bool labels_ = false;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> mapVerb()
{
    return std::make_unique<Map>();
}

}  // namespace kith::cli
