#include "core/analysis/concernstudy.h"

#include <nlohmann/json.hpp>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json topicsArray(const TopicModel& model)
{
    auto array = ordered_json::array();
    for (const auto& topic : model.topics) {
        auto words = ordered_json::array();
        for (const auto& word : topic.words)
            words.push_back({{"word", word.word}, {"weight", number(word.weight)}});
        array.push_back({{"id", array.size()},
                         {"words", words},
                         {"weight", number(topic.weight)},
                         {"messages", topic.messages},
                         {"people", topic.people},
                         {"texts", topic.pools},
                         {"stability", number(topic.stability)},
                         {"npmi", number(topic.npmi)},
                         {"query", topic.query}});
    }
    return array;
}

class Topics final : public Verb {
public:
    std::string_view name() const override { return "topics"; }
    std::string_view about() const override
    {
        return "Suggests what people talk about; `concern add NAME --topic N` keeps one";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.option("--k", k_, "how many topics, 2 to 40; 0 = as many as come out again");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        TopicOptions wanted;
        wanted.k = k_;
        wanted.seed = options.seed;
        wanted.threads = options.threads;
        const auto model = studyTopics(workspace, options.selection, wanted, console.task);
        ordered_json document{{"k", model.topics.size()},       {"chosen", k_ == 0},
                              {"seed", options.seed},           {"texts", model.pools},
                              {"fitted", model.fitted},         {"error", number(model.error)},
                              {"tried", ordered_json::array()}, {"topics", topicsArray(model)}};
        for (const auto& trial : model.trials)
            document["tried"].push_back({{"k", trial.k},
                                         {"stability", number(trial.stability)},
                                         {"sd", number(trial.sd)},
                                         {"npmi", number(trial.npmi)}});
        std::vector<std::string> lines;
        addEvidence(topicSentences(model, options.seed), document, lines);
        console.answer(document, lines);
    }

private:
    std::string workspace_;
    unsigned k_ = 0;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> topicsVerb()
{
    return std::make_unique<Topics>();
}

}  // namespace kith::cli
