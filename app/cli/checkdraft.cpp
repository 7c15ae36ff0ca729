#include "core/analysis/languagestudy.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t mostBytes = 1U << 20U;

std::string draftIn(const std::string& file)
{
    std::ifstream opened;
    if (file != "-") opened.open(file, std::ios::binary);
    std::istream& in = file == "-" ? std::cin : opened;
    if (!in)
        throw Error(Error::Kind::FileUnreadable, "the draft cannot be read", {file, {}, {}, {}},
                    "Check the name, and that you may read it.");
    std::ostringstream text;
    text << in.rdbuf();
    auto draft = text.str();
    if (draft.size() > mostBytes)
        throw Error(Error::Kind::LimitReached, "the draft is longer than 1 MB", {file, {}, {}, {}},
                    "Pass the text alone, without pictures.");
    return repairUtf8(draft);
}

ordered_json groupObject(const DraftGroup& group)
{
    const DraftFit& fit = group.fit;
    ordered_json object{{"id", group.id},
                        {"kind", group.community ? "community" : "cluster"},
                        {"name", group.name},
                        {"authors", fit.authors},
                        {"tokens", fit.tokens}};
    object["cover"] = fit.enough ? number(fit.cover) : ordered_json(nullptr);
    object["surprise"] = fit.enough ? number(fit.surprise) : ordered_json(nullptr);
    object["unknown_words"] = ordered_json::array();
    object["unknown"] = ordered_json::array();
    object["insider_words"] = ordered_json::array();
    for (const auto& word : fit.unknown) {
        object["unknown_words"].push_back(word.word);
        object["unknown"].push_back(
            {{"word", word.word}, {"times", word.times}, {"reach", number(word.reach)}});
    }
    for (const auto& word : fit.insider)
        object["insider_words"].push_back({{"word", word.word},
                                           {"reach_sender", number(word.reachSender)},
                                           {"reach", number(word.reach)},
                                           {"z", number(word.z)}});
    if (!fit.enough)
        object["refused"] = "30 people and 5,000 words are needed to say how a draft sounds";
    return object;
}

class CheckDraft final : public Verb {
public:
    std::string_view name() const override { return "check-draft"; }
    std::string_view about() const override
    {
        return "Says whose language a draft speaks, and which words need explaining to whom";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("draft", draft_, "a plain text file; - reads what is typed or piped in");
        arguments.option("--sender", sender_, "the community or group that speaks");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto draft = draftIn(draft_);
        auto options = flags_.options(workspace);
        options.null = options.traits = options.bridges = options.layout = false;
        const auto analysis = analyse(workspace, options, console.task);
        const auto study = studyDraft(workspace, *analysis, draft, sender_, console.task);
        ordered_json document{{"content_words", study.contentWords},
                              {"people", analysis->persons.size()},
                              {"messages", analysis->people.messages},
                              {"seed", options.seed},
                              {"sender", nullptr},
                              {"groups", ordered_json::array()}};
        if (study.sender) document["sender"] = groupObject(study.groups[*study.sender]);
        for (const auto& group : study.groups) document["groups"].push_back(groupObject(group));
        std::vector<std::string> lines;
        addEvidence(draftSentences(study), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    std::string draft_;
    std::string sender_;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> checkDraftVerb()
{
    return std::make_unique<CheckDraft>();
}

}  // namespace kith::cli
