#include "core/base/random.h"
#include "core/store/messages.h"
#include "core/store/textindex.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace kith;
using namespace kith::tests;

namespace {

/// One import after the other, for ever, each of 400 messages in threads.
/// A byte is written to `done` before the first file and behind each.
[[noreturn]] void importUntilKilled(const std::filesystem::path& path, int round, int done)
{
    auto workspace = Workspace::open(path);
    if (write(done, "x", 1) != 1) _exit(1);
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
        if (write(done, "x", 1) != 1) _exit(1);
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
        std::array<int, 2> done{};
        REQUIRE(pipe(done.data()) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) importUntilKilled(path, round, done[1]);
        // However busy the machine is, some rounds are to have whole files in them.
        for (int whole = 0; whole <= round % 3; ++whole) {
            char byte = 0;
            REQUIRE(read(done[0], &byte, 1) == 1);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(random.below(80)));
        REQUIRE(kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        close(done[0]);  // not before: writing into a pipe without a reader ends a program, too
        close(done[1]);

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

TEST_CASE("a large import into a new workspace is there whole or not at all", "[store]")
{
    // So many bytes are written to their place at once, without a log.
    const std::string large(17U << 20U, 'x');
    Chat chat;
    for (int i = 0; i < 3000; ++i) {
        chat.post(std::to_string(i), "p" + std::to_string(i % 700), std::string(200, 'w'), i)
            .thread = std::to_string(i / 5);
    }
    Random random(2017);
    Task task;
    for (int round = 0; round < 6; ++round) {
        CAPTURE(round);
        const TempFolder folder;
        const auto path = folder.path() / "town.kith";
        {
            const auto workspace = Workspace::create(path);
        }
        std::array<int, 2> done{};
        REQUIRE(pipe(done.data()) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto workspace = Workspace::open(path);
            if (write(done[1], "x", 1) != 1) _exit(1);
            chat.into(workspace, large);
            pause();
        }
        char byte = 0;
        REQUIRE(read(done[0], &byte, 1) == 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(random.below(120)));
        REQUIRE(kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        close(done[0]);
        close(done[1]);

        auto workspace = Workspace::open(path);
        const auto stored = info(workspace).messages;
        CHECK((stored == 0 || stored == 3000));
        CHECK(verify(workspace, task).empty());
        chat.into(workspace, large);
        CHECK(info(workspace).messages == 3000);
        CHECK(verify(workspace, task).empty());
    }
}
