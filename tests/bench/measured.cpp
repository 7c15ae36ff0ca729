#include "tests/bench/measured.h"

#include <chrono>
#include <fmt/format.h>
#include <iostream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kith::bench {

Cost measured(const std::function<void()>& work)
{
    std::cout.flush();
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        try {
            work();
            std::cout.flush();
            _exit(0);
        } catch (const std::exception& error) {
            std::cerr << "failed: " << error.what() << "\n";
            _exit(1);
        }
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {seconds(used.ru_utime) + seconds(used.ru_stime), wall.count(),
            static_cast<double>(used.ru_maxrss) / 1024, status == 0};
}

void show(const std::string& what, const Cost& cost, std::uint64_t messages)
{
    std::cout << fmt::format("{:<54} {:7.2f} s CPU {:7.2f} s wall {:6.0f} MB {:9.0f} /s{}\n", what,
                             cost.cpu, cost.wall, cost.megabytes,
                             static_cast<double>(messages) / cost.cpu, cost.good ? "" : "  FAILED");
}

}  // namespace kith::bench
