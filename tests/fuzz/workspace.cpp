// A sound workspace with bytes changed at any place, opened and used: the input is a list of
// changes, each three bytes of place (modulo the size), one byte of length, and the new bytes.

#include "core/import/source.h"
#include "core/store/ingest.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/fuzz/check.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace kith;
using namespace kith::fuzz;
namespace fs = std::filesystem;

namespace {

fs::path folder()
{
    static const fs::path made = [] {
        const bool memory = fs::exists("/dev/shm");
        const auto path =
            fs::path(memory ? "/dev/shm" : "/tmp") / ("kith-fuzz-" + std::to_string(getpid()));
        fs::create_directories(path);
        std::atexit([] { fs::remove_all(folder()); });
        return path;
    }();
    return made;
}

std::string soundWorkspace()
{
    const auto path = folder() / "sound.kith";
    const auto chat = folder() / "chat.txt";
    {
        std::ofstream out(chat);
        for (int i = 10; i < 60; ++i) {
            out << "20/03/2024, 14:" << i << " - " << (i % 3 == 0 ? "Anna" : "Ben") << ": damp "
                << i << "\n";
        }
    }
    {
        auto workspace = Workspace::create(path);
        Task task;
        (void)importFile(workspace, chat, {}, task);
    }
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string changed(std::string file, const std::uint8_t* data, std::size_t size)
{
    for (std::size_t at = 0; at + 4 < size;) {
        const std::size_t place =
            data[at] + (std::size_t{data[at + 1]} << 8U) + (std::size_t{data[at + 2]} << 16U);
        const auto length = std::min<std::size_t>(data[at + 3], size - at - 4);
        at += 4;
        for (std::size_t i = 0; i < length; ++i) {
            file[(place + i) % file.size()] = static_cast<char>(data[at + i]);
        }
        at += length;
    }
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::string sound = soundWorkspace();
    const auto path = folder() / "changed.kith";
    for (const char* beside : {"", "-wal", "-shm", "-journal", "-lock"})
        fs::remove(path.string() + beside);
    {
        std::ofstream out(path, std::ios::binary);
        out << changed(sound, data, size);
    }
    const Stopwatch watch;
    try {
        const auto workspace = Workspace::open(path);
        Task task;
        (void)info(workspace);
        (void)people(workspace);
        (void)sources(workspace);
        eachMessage(
            workspace, {}, [](const MessageRow&) {}, task);
        eachTie(
            workspace, {}, [](const TieRow&) {}, task);
        (void)search(workspace, "damp", 10);
        (void)verify(workspace, task);
    } catch (const Error& error) {
        requireError(error);
    }
    watch.requireFast(sound.size());
    return 0;
}
