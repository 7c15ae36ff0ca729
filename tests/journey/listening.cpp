#include "core/journey/listening.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/store/codes.h"
#include "core/store/history.h"
#include "core/store/messages.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

namespace {

std::vector<MessageId> messagesOf(const Workspace& workspace)
{
    std::vector<MessageId> ids;
    Task task;
    eachMessage(
        workspace, {}, [&](const MessageRow& row) { ids.push_back(row.id); }, task);
    return ids;
}

Coding coding(MessageId message, const std::string& coder, std::vector<Question> questions,
              const std::string& about = {})
{
    Coding made{message, coder, {}, {}};
    for (const auto question : questions) made.marks.push_back({question, about});
    return made;
}

}  // namespace

TEST_CASE("codes are put, replaced, taken back and brought again")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto ids = messagesOf(workspace);
    codeMessages(workspace, {coding(ids[0], "Ana", {Question::Wrong, Question::Matters}, "us")});
    codeMessages(workspace, {coding(ids[0], "Ben", {})});
    auto all = codings(workspace, {});
    REQUIRE(all.size() == 2);
    CHECK(all[0].coder == "Ana");
    CHECK(all[0].has(Question::Wrong));
    CHECK(all[0].marks[1].about == "us");
    CHECK(all[1].marks.empty());

    codeMessages(workspace, {coding(ids[0], " Ana ", {Question::Want})});
    all = codings(workspace, {});
    CHECK_FALSE(all[0].has(Question::Wrong));
    CHECK(all[0].has(Question::Want));
    CHECK(undo(workspace)->what == "Coded a message as want");
    CHECK(codings(workspace, {})[0].has(Question::Wrong));
    CHECK(redo(workspace));
    CHECK(codings(workspace, {})[0].has(Question::Want));

    CHECK(clearCodes(workspace, ids[0], "Ana"));
    CHECK_FALSE(clearCodes(workspace, ids[0], "Ana"));
    CHECK(codings(workspace, {}).size() == 1);
    CHECK(history(workspace).back().what == "Took the codes off a message");

    const auto before = codings(workspace, {}).size();
    CHECK_THROWS_AS(codeMessages(workspace, {coding(ids[1], "Ana", {Question::Wrong}),
                                             coding(MessageId{999'999}, "Ana", {})}),
                    Error);
    CHECK_THROWS_AS(codeMessages(workspace, {coding(ids[1], "  ", {})}), Error);
    CHECK_THROWS_AS(codeMessages(workspace, {coding(ids[1], "Ana", {Question::Wrong}, "moon")}),
                    Error);
    CHECK(codings(workspace, {}).size() == before);
    Task task;
    CHECK(verify(workspace, task).empty());
}

TEST_CASE("agreement is that of the units that two people coded")
{
    // Krippendorff's binary example: ten units, alpha 0.095.
    const std::vector<int> first{0, 1, 0, 0, 0, 0, 0, 0, 1, 0};
    const std::vector<int> second{1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
    std::vector<Coding> all;
    for (std::size_t i = 0; i < first.size(); ++i) {
        const MessageId id{static_cast<std::int64_t>(i + 1)};
        const auto of = [](int has) {
            return has != 0 ? std::vector<Question>{Question::Wrong} : std::vector<Question>{};
        };
        all.push_back(coding(id, "Ana", of(first[i])));
        all.push_back(coding(id, "Ben", of(second[i])));
    }
    Task task;
    const auto found = codingAgreement(all, 1, 0, task);
    CHECK(found.coders == std::vector<std::string>{"Ana", "Ben"});
    CHECK(found.units == 10);
    CHECK(found.few());
    const auto& wrong = found.questions.front();
    REQUIRE(wrong.alpha);
    CHECK(wrong.alpha->alpha == Approx(1 - 19 * 4.0 / (6 * 14)).margin(1e-9));
    CHECK(wrong.agreement == Approx(0.6));
    CHECK(wrong.present == 5);
    REQUIRE(wrong.kappa);
    CHECK(wrong.kappa->kappa == Approx((0.6 - (0.2 * 0.4 + 0.8 * 0.6)) / (1 - 0.56)));
    CHECK_FALSE(found.questions[1].alpha);
    CHECK(found.questions[1].present == 0);
    const auto sentences = agreementSentences(found);
    REQUIRE(sentences.size() == 1);
    CHECK(sentences[0].finding ==
          "“What's wrong?”: the coders do not agree enough; talk about what the code means.");

    all.push_back(coding(MessageId{11}, "Ana", {Question::Wrong}));
    const auto gap = codingAgreement(all, 1, 1, task);
    CHECK(gap.messages == 11);
    CHECK(gap.units == 10);
    CHECK_FALSE(gap.questions.front().kappa);
    CHECK(gap.questions.front().alpha->low == wrong.alpha->low);
}

TEST_CASE("coders who nearly always agree are firm, over a hundred messages")
{
    Random random(4);
    std::vector<Coding> all;
    for (std::int64_t i = 1; i <= 150; ++i) {
        const bool has = random.chance(0.4);
        for (const std::string coder : {"Ana", "Ben", "Cem"}) {
            const bool slips = random.chance(0.02);
            all.push_back(coding(
                MessageId{i}, coder,
                has != slips ? std::vector<Question>{Question::Want} : std::vector<Question>{}));
        }
    }
    Task task;
    const auto found = codingAgreement(all, 1, 0, task);
    CHECK_FALSE(found.few());
    const auto& want = found.questions[3];
    CHECK(want.question == Question::Want);
    CHECK(reading(want.alpha->alpha) == "firm");
    CHECK(want.alpha->low < want.alpha->alpha);
    CHECK_FALSE(want.kappa);
    CHECK(reading(0.7) == "tentative");
    CHECK(reading(0.2) == "not reliable");
}

TEST_CASE("codes come from a table, and a bad row is named")
{
    const TempFolder folder;
    const auto file = folder.path() / "codes.csv";
    writeFile(file,
              "message,coder,codes,about\n1,Ana,wrong matters,us\n2,Ana,none,\n3,Ben,WANT,\n");
    const auto all = readCodings(file);
    REQUIRE(all.size() == 3);
    CHECK(all[0].marks.size() == 2);
    CHECK(all[0].marks[0].about == "us");
    CHECK(all[1].marks.empty());
    CHECK(all[2].has(Question::Want));
    const auto refused = [&](const std::string& text, const std::string& words) {
        writeFile(file, text);
        CHECK_THROWS_WITH(readCodings(file), Catch::Contains(words));
    };
    refused("", "empty");
    refused("message,codes\n1,wrong\n", "needs the columns");
    refused("message,coder,codes\nx,Ana,wrong\n", "codes.csv, line 2");
    refused("message,coder,codes\n1,,wrong\n", "names no coder");
    refused("message,coder,codes\n1,Ana,sad\n", "no question called sad");
}

TEST_CASE("every question has a name and a title")
{
    for (const auto question : allQuestions) {
        CHECK(questionNamed(name(question)) == question);
        CHECK_FALSE(title(question).empty());
    }
    CHECK(questionNamed("WRONG") == Question::Wrong);
    CHECK_FALSE(questionNamed("none"));
    CHECK_FALSE(questionCalled("None"));
    CHECK_THROWS_AS(questionCalled("why"), Error);
}
