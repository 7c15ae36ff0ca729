#pragma once

#include "core/scenario/chronicle.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>

namespace kith {

/// What an exact import of one export finds.
struct FileTruth {
    std::size_t venue = 0;
    std::size_t messages = 0;  ///< said by people and bots, media and deleted ones included
    std::size_t system = 0;    ///< lines of the platform
    std::size_t replies = 0;   ///< explicit pointers to a message of the same file
    std::size_t answers = 0;   ///< messages that answer another, pointer or not
    std::size_t media = 0;
    std::size_t deleted = 0;
    std::size_t bots = 0;  ///< messages by bots, among `messages`
    std::size_t reactions = 0;
    std::size_t authors = 0;  ///< people who said something
};

/// One venue's part of the chronicle; `first` is the index of said[0] in the whole.
struct VenueTalk {
    const Town& town;
    std::size_t venue;
    std::size_t first;
    std::span<const Said> said;
    std::vector<std::size_t> people;  ///< who said something here, ascending
};
VenueTalk venueTalk(const Town& town, const Chronicle& chronicle, std::size_t venue);

/// Counts what every format keeps; the writers add what is theirs.
FileTruth countsOf(const VenueTalk& talk);

FileTruth writeWhatsApp(const VenueTalk& talk, const std::filesystem::path& file);
FileTruth writeTelegram(const VenueTalk& talk, const std::filesystem::path& file);
FileTruth writeMail(const VenueTalk& talk, const std::filesystem::path& file);
FileTruth writeSlack(const VenueTalk& talk, const std::filesystem::path& file);
FileTruth writePosts(const VenueTalk& talk, const std::filesystem::path& file);

/// members.csv. @return number of rows without the header
std::size_t writeMembers(const Town& town, const std::filesystem::path& file);

void writeTruth(const Town& town, const Chronicle& chronicle, const std::vector<FileTruth>& files,
                std::size_t memberRows, const std::filesystem::path& file);

/// @throws Error CannotWrite
void writeBytes(const std::filesystem::path& file, const std::string& bytes);

std::string csvCell(const std::string& text);

/// A wall clock reading, for formats that have their own way of writing it.
struct Clock {
    int year;
    unsigned month, day, weekday;  ///< weekday 0 = Sunday
    unsigned hour, minute, second;
};
Clock clockOf(const Zone& zone, Time time);

}  // namespace kith
