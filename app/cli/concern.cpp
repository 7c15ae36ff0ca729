#include "core/analysis/concernstudy.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json concernObject(const Concern& concern)
{
    return {{"id", concern.id.value}, {"name", concern.name}, {"query", concern.query}};
}

ordered_json weeksArray(const ConcernStudy& study)
{
    auto array = ordered_json::array();
    if (!study.weeks) return array;
    const Bins& weeks = *study.weeks;
    for (std::size_t i = 0; i < weeks.messages.size(); ++i)
        array.push_back({{"t", isoText(weeks.from + weeks.length * static_cast<std::int64_t>(i))},
                         {"messages", weeks.messages[i]},
                         {"people", weeks.people[i]}});
    return array;
}

ordered_json clustersArray(const Analysis& analysis, const ConcernStudy& study)
{
    auto array = ordered_json::array();
    for (const auto& one : study.clusters)
        array.push_back({{"id", one.cluster},
                         {"label", analysis.clusters[one.cluster].label},
                         {"people", one.people},
                         {"members", one.members},
                         {"messages", one.messages},
                         {"share", number(one.share)},
                         {"expected", number(one.expected)},
                         {"p", number(one.p)},
                         {"q", number(one.q)}});
    return array;
}

class ConcernVerb final : public Verb {
public:
    std::string_view name() const override { return "concern"; }
    std::string_view about() const override
    {
        return "Keeps questions to the messages: list | add NAME QUERY | show NAME | remove NAME";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("action", action_, "list, add, show or remove");
        arguments.rest("words", words_,
                       "add: NAME QUERY, such as Damp \"damp OR mould\"; show, remove: NAME");
        arguments.option("--topic", topic_, "add: the words of this topic of `topics`");
        arguments.option("--k", k_, "add: the --k that was given to `topics`");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        if (action_ == "list") return list(console);
        if (action_ == "add") return add(console);
        if (action_ == "show") return show(console);
        if (action_ == "remove") return remove(console);
        throw Error(Error::Kind::Usage, "concern cannot " + action_, {},
                    "It can list, add, show and remove.");
    }

private:
    void want(std::size_t words, const char* what) const
    {
        if (words_.size() != words)
            throw Error(Error::Kind::Usage, "concern " + action_ + " needs " + what, {},
                        "Put quotation marks around names and queries of several words.");
    }

    static Concern called(const Workspace& workspace, const std::string& text)
    {
        std::vector<std::string> known;
        for (auto& concern : concerns(workspace)) {
            if (concern.name == text) return concern;
            known.push_back(concern.name);
        }
        throw Error(Error::Kind::NotFound, "there is no concern called " + text, {},
                    known.empty() ? "None has been named yet."
                                  : "The concerns are: " + join(known, ", ") + ".");
    }

    void list(const Console& console) const
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        auto array = ordered_json::array();
        std::vector<std::string> lines;
        for (const auto& concern : concerns(workspace)) {
            array.push_back(concernObject(concern));
            lines.push_back(concern.name + ": " + concern.query);
        }
        console.answer({{"concerns", array}}, lines);
    }

    std::string queryOfTopic(const Workspace& workspace, const Console& console) const
    {
        const auto options = flags_.options(workspace);
        TopicOptions wanted;
        wanted.k = k_;
        wanted.seed = options.seed;
        wanted.threads = options.threads;
        const auto model = studyTopics(workspace, options.selection, wanted, console.task);
        const auto number = parseInteger(topic_);
        if (!number || *number < 0 || *number >= std::ssize(model.topics))
            throw Error(Error::Kind::NotFound, "there is no topic " + topic_, {},
                        fmt::format("`topics` lists 0 to {}.", model.topics.size() - 1));
        return model.topics[static_cast<std::size_t>(*number)].query;
    }

    void add(const Console& console) const
    {
        const bool fromTopic = !topic_.empty();
        want(fromTopic ? 1 : 2, fromTopic ? "a name" : "a name and a query, or --topic");
        auto workspace = Workspace::open(workspace_);
        const auto query = fromTopic ? queryOfTopic(workspace, console) : words_[1];
        addConcern(workspace, words_[0], query);
        const auto concern = called(workspace, std::string(trim(words_[0])));
        console.answer(concernObject(concern), {concern.name + ": " + concern.query});
    }

    void remove(const Console& console) const
    {
        want(1, "a name");
        auto workspace = Workspace::open(workspace_);
        const auto concern = called(workspace, words_[0]);
        removeConcern(workspace, concern.id);
        console.answer({{"removed", concernObject(concern)}},
                       {"Removed " + concern.name + "; `history undo` brings it back."});
    }

    void show(const Console& console) const
    {
        want(1, "a name");
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto concern = called(workspace, words_[0]);
        auto options = flags_.options(workspace);
        options.selection.concern.reset();
        options.null = options.traits = options.bridges = options.layout = false;
        const auto analysis = analyse(workspace, options, console.task);
        const auto study = studyConcern(workspace, *analysis, concern, console.task);
        auto document = concernObject(concern);
        document["people"] = study.people;
        document["writers"] = study.writers;
        document["messages"] = study.messages;
        document["all_messages"] = study.allMessages;
        document["seed"] = options.seed;
        document["clusters"] = clustersArray(*analysis, study);
        document["weeks"] = weeksArray(study);
        std::vector<std::string> lines;
        addEvidence(concernSentences(*analysis, study), document, lines);
        console.answer(document, lines);
    }

    std::string workspace_;
    std::string action_;
    std::vector<std::string> words_;
    std::string topic_;
    unsigned k_ = 0;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> concernVerb()
{
    return std::make_unique<ConcernVerb>();
}

}  // namespace kith::cli
