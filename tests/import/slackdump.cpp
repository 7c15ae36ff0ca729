#include "core/import/catalogue.h"
#include "core/import/readers.h"
#include "tests/import/robust.h"
#include "tests/import/tableparts.h"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::tests;

TEST_CASE("a conversation dumped by slackdump is read, answers once")
{
    const auto text = readFile(fixture("import/data/slackdump/C01EAST.json"));
    const auto all = collect(slackDumpReader(), text, {}, "C01EAST.json");
    CHECK(recognition(slackDumpReader(), text).confidence > 90);
    CHECK(all.adds());
    CHECK(all.report.platform == "slack");
    CHECK(all.systems.size() == 1);
    REQUIRE(all.messages.size() == 4);
    CHECK(all.count(Outcome::Skipped) == 1);  // the answer that is also in the channel
    CHECK(all.messages[0].conversation == "damp");
    CHECK(all.messages[1].ties.at(0).message == "1709280100.000200");
    CHECK(all.messages[1].ties.at(0).account == "U1");
    CHECK(all.messages[2].thread == "1709280100.000200");
    CHECK(all.messages[3].reactions.size() == 1);
}

TEST_CASE("a dump and an export of Slack give the same messages")
{
    const auto dump = collect(
        slackDumpReader(), readFile(fixture("import/data/slackdump/C01EAST.json")), {}, "C.json");
    const auto package = packageOf(
        "export.zip",
        {{"channels.json", R"([{"id":"C01EAST","name":"damp"}])"},
         {"users.json", "[]"},
         {"damp/2024-03-01.json",
          R"([{"type":"message","user":"U1","text":"Is it wet, <@U2>?","ts":"1709280100.000200","thread_ts":"1709280100.000200"},
              {"type":"message","user":"U2","text":"Yes","ts":"1709280200.000300","thread_ts":"1709280100.000200","parent_user_id":"U1"},
              {"type":"message","user":"U3","text":"Here too","ts":"1709280300.000400","thread_ts":"1709280100.000200","subtype":"thread_broadcast","parent_user_id":"U1"},
              {"type":"message","user":"U2","text":"Call them","ts":"1709280400.000500"}])"}});
    const auto exported = collect(slackReader(), *package);
    REQUIRE(exported.messages.size() == dump.messages.size());
    for (std::size_t i = 0; i < dump.messages.size(); ++i) {
        const auto& a = dump.messages[i];
        const auto& b = exported.messages[i];
        CHECK(a.id == b.id);
        CHECK(a.conversation == b.conversation);
        CHECK(a.account == b.account);
        CHECK(a.text == b.text);
        CHECK(a.ties.size() == b.ties.size());
    }
}

TEST_CASE("slackdump files that break off keep what is whole, in whatever pieces they arrive")
{
    const auto text = readFile(fixture("import/data/slackdump/C01EAST.json"));
    checkCuts(slackDumpReader(), text, "C01EAST.json");
    checkSplits(slackDumpReader(), text, "C01EAST.json");
    const auto broken =
        collect(slackDumpReader(),
                R"({"messages":[3,{"type":"message","ts":"x"},"a",)"
                R"({"type":"message","user":"U1","text":"hi","ts":"1709280400.000500"}]})",
                {}, "a.json");
    CHECK(broken.adds());
    CHECK(broken.report.seen == 4);
    CHECK(broken.count(Outcome::Refused) == 3);
    CHECK(broken.messages.at(0).conversation == "a");
}

TEST_CASE("public dumps of Slack are read")
{
    const auto data = publicData();
    if (!data) {
        WARN("public data is absent");
        return;
    }
    for (const auto& [file, messages, systems] :
         {std::tuple{"slack/rusq__slackdump__sample.json", 8U, 2U},
          std::tuple{"other/chaoss__grimoirelab-perceval__slack_history.json", 6U, 1U}}) {
        INFO(file);
        const auto found = recognise(*data / file);
        REQUIRE(found.size() == 1);
        CHECK(found.front().reader == &slackDumpReader());
        const auto all = collect(*found.front().reader, *found.front().package);
        CHECK(all.adds());
        CHECK(all.messages.size() == messages);
        CHECK(all.systems.size() == systems);
    }
}
