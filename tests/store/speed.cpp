#include "core/store/messages.h"
#include "tests/store/fake.h"

#include <catch2/catch.hpp>

#include <ctime>
#include <iostream>

using namespace kith;
using namespace kith::tests;

namespace {

/// Processor time, so that other programs on the machine do not count.
double processorTime()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double secondsSince(double start)
{
    return processorTime() - start;
}

}  // namespace

/// Not part of the default run: test_store "[speed]".
TEST_CASE("speed of an import of 200,000 messages", "[.][speed]")
{
    constexpr int count = 200'000;
    for (const bool ids : {true, false}) {
        Fixture f;
        std::vector<std::pair<std::string, double>> phases;
        const auto start = processorTime();
        Task task({}, [&](const std::string& phase, double) {
            if (phases.empty() || phases.back().first != phase)
                phases.emplace_back(phase, secondsSince(start));
        });
        const FakeReader reader([&](Sink& sink, Task&) {
            MessageRecord message;
            for (int i = 0; i < count; ++i) {
                message.conversation = "Neighbours";
                if (ids) message.id = std::to_string(1'000'000 + i);
                message.account = "person " + std::to_string(i * 7919 % 5000);
                message.time = fromMillis(1'700'000'000'000 + i * 1000LL);
                message.text = "The damp in number " + std::to_string(i % 977) +
                               " is back and the landlord does not answer";
                message.ties.clear();
                if (ids && i > 10 && i % 2 == 0) {
                    message.ties.push_back(
                        {TieKind::Reply, {}, std::to_string(1'000'000 + i - 7), 1});
                }
                sink.message(MessageRecord(message));
            }
            return ReadReport{count, "fake", {}, false};
        });
        const auto package = std::shared_ptr<const Package>(packageOf("c", {{"c", "x"}}));
        const std::vector<Recognised> parts{{&reader, {}, package}};
        importRecognised(f.workspace, "c", parts, {}, task);
        const double all = secondsSince(start);
        std::cout << (ids ? "with ids: " : "without ids: ") << count / all
                  << " messages/s in all\n";
        for (const auto& [phase, at] : phases)
            std::cout << "  " << phase << " from " << at << " s\n";
        std::cout << "  bytes a message: " << static_cast<double>(info(f.workspace).bytes) / count
                  << "\n";
        const auto read = processorTime();
        std::size_t ties = 0;
        eachTie(
            f.workspace, {}, [&](const TieRow&) { ++ties; }, f.task);
        std::cout << "  " << ties << " ties read in " << secondsSince(read) << " s\n";
        const auto check = processorTime();
        CHECK(verify(f.workspace, f.task).empty());
        std::cout << "  verified in " << secondsSince(check) << " s\n";
    }
}
