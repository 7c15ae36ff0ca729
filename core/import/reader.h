#pragma once

#include "core/base/task.h"
#include "core/base/time.h"
#include "core/import/sink.h"
#include "core/import/source.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What a format keeps, so that people can be told what a source can and cannot show.
struct Shows {
    bool replies = false;  ///< who answers whom, as the platform stored it
    bool mentions = false;
    bool reposts = false;    ///< reposts, forwards or quotes
    bool reactions = false;  ///< who reacted, not merely how many
    bool votes = false;
    bool text = true;
    bool onePersonsView = false;  ///< the owner's side only: a star around one person, no network
};

struct FormatInfo {
    std::string_view id;                       ///< "whatsapp": for --format and for storing
    std::string_view name;                     ///< "WhatsApp chat export": for people
    std::vector<std::string_view> platforms;   ///< the platforms its accounts belong to
    std::vector<std::string_view> extensions;  ///< ".txt"; a help for file dialogs, never proof
    Shows shows{};
    bool documented = false;  ///< made from the documentation: no real file could be had to try
    bool hasPrivate = false;  ///< may hold what is left out unless ReadOptions::privateToo
};

enum class DateOrder { DayMonthYear, MonthDayYear, YearMonthDay };

/// The user's answers. Everything is optional; readers that do not need an answer ignore it.
struct ReadOptions {
    std::optional<Zone> zone;                    ///< for wall times; absent = UTC, with a warning
    std::optional<DateOrder> dates;              ///< when the file itself does not decide
    std::map<std::string, std::string> columns;  ///< role -> header, for tables
    std::string conversation;                    ///< name to use where the file gives none (--name)
    std::set<std::string> leaveOut{};  ///< headers of table columns that are not to be read at all
    std::set<std::string> chats{};     ///< of an export of many chats, those wanted; empty = all
    std::set<std::string> members{};   ///< names of people as written, where a colon may be in them
    std::string encoding{};            ///< "windows-1252", where a file is no UTF-8 and cannot say
    bool privateToo = false;  ///< also direct and followers-only posts, IP addresses and the like
};

/// One column of a table, for mapping it by a sample.
struct ColumnSample {
    std::string header;
    std::string role;                  ///< as in ReadOptions::columns; empty = not used
    std::vector<std::string> samples;  ///< the first few cells that are not empty
};

/// What a reader says of a file after reading it.
struct ReadReport {
    std::uint64_t seen = 0;  ///< records found, counted where the file is split
    std::string platform;    ///< one of FormatInfo::platforms: the accounts' platform
    std::string zone;        ///< zone the wall times were read in; empty when there were none
    bool flat = false;       ///< a chat that keeps no reply pointers: who answers whom is inferred
    std::vector<ColumnSample> columns{};  ///< of a table
};

/// The first bytes of a file, or the names in an archive, for recognising it.
struct Probe {
    std::string name;       ///< of the file or entry
    std::string_view head;  ///< up to the first 64 KiB, possibly cut; UTF-8 unless not
    bool whole = false;     ///< `head` is all of the file
    std::span<const Package::Entry> entries;  ///< of the archive or folder, empty for one file
};

/// How sure a reader is, and why, in words for the user: "starts with a WhatsApp date".
struct Recognition {
    int confidence = 0;  ///< 0 = no; 100 = certain. A guess that a user should confirm is below 50
    std::string reason;
};

/// Reads one export format: a streaming parser with constant memory, no knowledge of the store or
/// the screen. Stateless: the same reader may read on several threads. A new format is one
/// subclass, one line in catalogue.cpp, one fixture and one row in the manual.
class Reader {
public:
    virtual ~Reader() = default;

    virtual const FormatInfo& info() const = 0;

    /// Decides by content, not by name.
    virtual Recognition recognise(const Probe& probe) const = 0;

    /// True when the format is several files together (a Slack export); read() then gets the whole
    /// package, otherwise a package with exactly one entry.
    virtual bool wantsCollection() const { return false; }

    /// For one file of several that make up one export but go by any name: the reader that takes
    /// the folder or archive as a whole once one such file is found in it by its content.
    virtual const Reader* together() const { return nullptr; }

    /// Sends everything to `sink`, in file order.
    /// @throws Error BadInput when nothing can be kept, NeedsAnswer when only the user can decide;
    ///         Cancelled. A record that cannot be read is a problem(), not an exception.
    virtual ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                            Task& task) const = 0;
};

}  // namespace kith
