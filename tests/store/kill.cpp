#include "core/base/random.h"
#include "core/store/messages.h"
#include "core/store/textindex.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace kith;
using namespace kith::tests;

namespace {

/// One import after the other, for ever, each of 400 messages in threads.
[[noreturn]] void importUntilKilled(const std::filesystem::path& path, int round)
{
    auto workspace = Workspace::open(path);
    Task task;
    for (int file = 0;; ++file) {
        Chat chat;
        for (int i = 0; i < 400; ++i) {
            const auto id =
                std::to_string(round) + "-" + std::to_string(file) + "-" + std::to_string(i);
            chat.post(id, "p" + std::to_string(i % 23), "words of " + id, i).thread =
                id.substr(0, 6);
        }
        chat.into(workspace, std::to_string(round) + "-" + std::to_string(file));
        if (file % 2 == 1) buildTextIndex(workspace, task);
    }
}

}  // namespace

TEST_CASE("an import that is killed leaves whole files only", "[store]")
{
    const TempFolder folder;
    const auto path = folder.path() / "town.kith";
    {
        const auto workspace = Workspace::create(path);
    }
    Random random(2016);
    Task task;
    std::uint64_t before = 0;
    for (int round = 0; round < 30; ++round) {
        CAPTURE(round);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) importUntilKilled(path, round);
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random.below(80)));
        REQUIRE(kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));

        auto workspace = Workspace::open(path);
        buildTextIndex(workspace, task);
        const auto stored = info(workspace);
        CHECK(stored.messages % 400 == 0);
        CHECK(stored.messages == stored.sources * 400);
        CHECK(stored.messages >= before);
        CHECK(search(workspace, "words", 1).size() == (stored.messages > 0 ? 1 : 0));
        CHECK(verify(workspace, task).empty());
        before = stored.messages;
    }
    CHECK(before > 0);  // some files were whole
}
