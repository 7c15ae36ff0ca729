#pragma once

#include "core/base/task.h"
#include "core/import/hashtable.h"
#include "core/import/reader.h"
#include "core/import/sink.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// What all readers of public posts do alike: every record is counted once, accounts are described
/// once, long texts are cut, posts that were not meant for the public stay out.
class PostImport {
public:
    PostImport(const ReadOptions& options, Sink& sink, Task& task)
        : options_(options), sink_(sink), task_(task)
    {}

    void refuse(const Place& place, std::string what);
    void skip(const Place& place, std::string what);
    void note(const Place& place, std::string what);

    /// Sends a message. A text above 256 KB is cut, which is said.
    void send(MessageRecord record);

    /// Sends an account the first time it is met, and again once more is known of it: a name where
    /// there was only a handle.
    void describe(AccountRecord record);

    /// Leaves a post out that was not meant for everybody, unless the user wants those too. The
    /// reason is a plural: "messages between two people". @return true when it is left out
    bool leaveOut(const Place& place, const std::string& reason);

    /// One sentence for each reason and how many records it kept out.
    void noteLeftOut(const Place& place);

    /// The name of the one conversation of a platform, unless the user gave one.
    std::string conversation(std::string_view usual) const;

    const ReadOptions& options() const { return options_; }
    Sink& sink() { return sink_; }
    Task& task() { return task_; }
    ReadReport& report() { return report_; }
    std::uint64_t kept() const { return kept_; }

private:
    static constexpr std::size_t mostDescribed = 1'500'000;

    const ReadOptions& options_;
    Sink& sink_;
    Task& task_;
    ReadReport report_;
    std::uint64_t kept_ = 0;
    std::map<std::string, std::uint64_t> leftOut_;
    HashSet described_{mostDescribed};  ///< emptied when it is full
};

/// "2024-03-01T18:04:09.000Z", with or without offset (then UTC), and the older "Wed Oct 19
/// 20:07:25 +0000 2022", whatever the system's language; nullopt for anything else.
std::optional<Time> postTime(std::string_view text);

}  // namespace kith
