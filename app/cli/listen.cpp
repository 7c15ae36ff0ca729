#include "core/base/error.h"
#include "core/base/text.h"
#include "core/journey/listening.h"
#include "core/store/codes.h"
#include "core/store/messages.h"

#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/evidence.h"
#include "app/cli/selection.h"
#include "app/cli/verb.h"

namespace kith::cli {
namespace {

using nlohmann::ordered_json;

ordered_json codingObject(const Coding& coding)
{
    auto codes = ordered_json::array();
    for (const auto& mark : coding.marks) {
        ordered_json row{{"question", name(mark.question)}};
        if (!mark.about.empty()) row["about"] = mark.about;
        codes.push_back(std::move(row));
    }
    return {{"message", coding.message.value},
            {"coder", coding.coder},
            {"codes", codes},
            {"added", isoText(coding.added)}};
}

/// How many messages answer each question.
ordered_json codesArray(const std::vector<Coding>& codings)
{
    std::map<Question, std::set<MessageId>> messages;
    std::map<Question, std::map<std::string, std::uint64_t>> about;
    for (const auto& coding : codings) {
        for (const auto& mark : coding.marks) {
            messages[mark.question].insert(coding.message);
            if (!mark.about.empty()) ++about[mark.question][mark.about];
        }
    }
    auto array = ordered_json::array();
    for (const Question question : allQuestions) {
        array.push_back({{"question", name(question)},
                         {"title", title(question)},
                         {"messages", messages[question].size()},
                         {"about", about[question]}});
    }
    return array;
}

class ListenVerb final : public Verb {
public:
    std::string_view name() const override { return "listen"; }
    std::string_view about() const override
    {
        return "Codes messages to the six questions: code MESSAGE QUESTION... | list | agreement";
    }
    void declare(Arguments& arguments) override
    {
        arguments.positional("workspace", workspace_, "the .kith file");
        arguments.positional("action", action_, "code, list or agreement");
        arguments.rest("words", words_,
                       "code: the message's number, then wrong, right, would, want, doing, "
                       "matters; or none");
        arguments.option("--coder", coder_, "who codes; list: only this coder's");
        arguments.option("--about", about_, "code: self, us, them or place");
        arguments.option("--file", file_,
                         "code: a table with the columns message, coder and codes instead");
        arguments.option("--question", question_, "list: only messages that answer this one");
        arguments.flag("--clear", clear_, "code: takes this coder's codes off the message");
        flags_.declare(arguments);
    }

    void run(const Console& console) override
    {
        if (action_ == "code") return code(console);
        if (action_ == "list") return list(console);
        if (action_ == "agreement") return agreement(console);
        throw Error(Error::Kind::Usage, "listen cannot " + action_, {},
                    "It can code, list and compare coders (agreement).");
    }

private:
    std::string coder() const { return coder_.empty() ? "me" : coder_; }

    Coding typed() const
    {
        const auto id = words_.empty() ? std::nullopt : parseInteger(words_.front());
        if (!id || (words_.size() < 2 && !clear_)) {
            throw Error(Error::Kind::Usage,
                        "listen code needs the number of a message and a question", {},
                        "For instance: listen W code 17 wrong. Or none, when it answers none.");
        }
        Coding coding{MessageId{*id}, coder(), {}, {}};
        for (std::size_t i = 1; i < words_.size(); ++i) {
            if (const auto question = questionCalled(words_[i])) {
                coding.marks.push_back({*question, about_});
            }
        }
        return coding;
    }

    void code(const Console& console)
    {
        std::vector<Coding> wanted;
        if (file_.empty()) {
            wanted.push_back(typed());
        } else {
            wanted = readCodings(file_);
        }
        auto workspace = Workspace::open(workspace_);
        if (clear_) {
            const bool cleared = clearCodes(workspace, wanted.front().message, coder());
            return console.answer(
                {{"message", wanted.front().message.value},
                 {"coder", coder()},
                 {"cleared", cleared}},
                {cleared ? "Took the codes off the message." : "There were no codes on it."});
        }
        codeMessages(workspace, wanted);
        if (!file_.empty()) {
            return console.answer({{"messages", wanted.size()}},
                                  {fmt::format("Coded {} messages.", wanted.size())});
        }
        for (const auto& coding : codings(workspace, {})) {
            if (coding.message != wanted.front().message || coding.coder != wanted.front().coder) {
                continue;
            }
            return console.answer(codingObject(coding), {"Coded."});
        }
    }

    bool listed(const Coding& coding) const
    {
        if (!coder_.empty() && coding.coder != coder_) return false;
        const auto wanted = question_.empty() ? std::nullopt : questionCalled(question_);
        return !wanted || coding.has(*wanted);
    }

    void list(const Console& console)
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        std::vector<Coding> shown;
        for (auto& coding : codings(workspace, options.selection)) {
            if (listed(coding)) shown.push_back(std::move(coding));
        }
        std::set<MessageId> messages;
        ordered_json document{
            {"messages", 0}, {"codes", codesArray(shown)}, {"codings", ordered_json::array()}};
        std::vector<std::string> lines;
        for (const auto& coding : shown) {
            messages.insert(coding.message);
            auto row = codingObject(coding);
            const auto found = message(workspace, coding.message);
            row["text"] = found ? found->text : std::string();
            std::vector<std::string> words;
            for (const auto& mark : coding.marks) words.emplace_back(kith::name(mark.question));
            lines.push_back(fmt::format("{} ({}): {} | {}", coding.message.value, coding.coder,
                                        words.empty() ? "none" : join(words, ", "),
                                        shorten(found ? found->text : std::string(), 80)));
            document["codings"].push_back(std::move(row));
        }
        document["messages"] = messages.size();
        if (lines.empty()) lines.emplace_back("No message has been coded yet.");
        console.answer(document, lines);
    }

    static ordered_json questionObject(const QuestionAgreement& one)
    {
        ordered_json row{{"question", kith::name(one.question)},
                         {"units", one.units},
                         {"present", one.present},
                         {"agreement", number(one.agreement)}};
        if (one.alpha) {
            row["alpha"] = number(one.alpha->alpha);
            row["interval"] = {number(one.alpha->low), number(one.alpha->high)};
            row["reading"] = reading(one.alpha->alpha);
        } else {
            row["alpha"] = nullptr;
            row["refused"] = one.refused;
        }
        row["kappa"] = nullptr;
        if (one.kappa) {
            row["kappa"] = number(one.kappa->kappa);
            row["kappa_interval"] = {number(one.kappa->low), number(one.kappa->high)};
        }
        return row;
    }

    void agreement(const Console& console)
    {
        const auto workspace = Workspace::open(workspace_, Workspace::Mode::ReadOnly);
        const auto options = flags_.options(workspace);
        const auto shown = codings(workspace, options.selection);
        const auto found = codingAgreement(shown, options.seed, options.threads, console.task);
        if (found.units == 0) {
            throw Error(Error::Kind::TooLittleData, "no message was coded by two people", {},
                        "Let somebody else code the same messages, with --coder NAME.");
        }
        ordered_json document{{"coders", found.coders},
                              {"messages", found.messages},
                              {"units", found.units},
                              {"draws", found.draws},
                              {"seed", found.seed},
                              {"codes", codesArray(shown)},
                              {"alpha", ordered_json::object()},
                              {"questions", ordered_json::array()},
                              {"warnings", ordered_json::array()}};
        for (const auto& one : found.questions) {
            auto row = questionObject(one);
            document["alpha"][std::string(kith::name(one.question))] = row["alpha"];
            document["questions"].push_back(std::move(row));
        }
        if (found.few()) {
            document["warnings"].push_back(
                fmt::format("only {} messages were coded by two people; a hundred drawn at random "
                            "are needed",
                            found.units));
        }
        std::vector<std::string> lines;
        addEvidence(agreementSentences(found), document, lines);
        console.answer(document, lines);
    }

    std::string workspace_;
    std::string action_;
    std::vector<std::string> words_;
    std::string coder_;
    std::string about_;
    std::string file_;
    std::string question_;
    bool clear_ = false;
    SelectionFlags flags_;
};

}  // namespace

std::unique_ptr<Verb> listenVerb()
{
    return std::make_unique<ListenVerb>();
}

}  // namespace kith::cli
