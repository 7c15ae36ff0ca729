#pragma once

#include "core/import/reader.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace kith {

/// Every reader, in the order they are asked. The list is the whole registration.
std::span<const Reader* const> readers();

/// @return nullptr when there is no such format id
const Reader* readerNamed(std::string_view id);

/// One thing to read: a reader and what it reads.
struct Recognised {
    const Reader* reader = nullptr;
    Recognition recognition;
    std::shared_ptr<const Package> package;  ///< a single file, or the collection the reader wants
    std::string member{};          ///< the archive in the folder that this comes from, if any
    std::vector<Problem> notes{};  ///< what the archive's layer has to say, each a Noted problem
};

/// Opens `path` and finds the reader for it, or for each readable file inside an archive or folder
/// that no reader wants as a whole (several chats in one zip). Archives that lie in a folder are
/// opened, those inside an archive are not. Entries that are not conversations (pictures, notes)
/// are left out silently when something else was recognised; damaged ones and archives are noted.
/// @param format a format id to use instead of recognising; empty = recognise
/// @param wanted of an archive that is cut off, the whole entries to read: see Package::open
/// @param entry  of an archive or folder, the name of the only one to look at; empty = all of it
/// @throws Error FormatUnknown with a sentence that names what the file is, when it is known (a web
///         page, a picture, a Telegram HTML export ...) or says what was expected; FileUnreadable;
///         BadInput; LimitReached
std::vector<Recognised> recognise(const std::filesystem::path& path, std::string_view format = {},
                                  const Limits& limits = {},
                                  const std::set<std::string>& wanted = {},
                                  std::string_view entry = {});

/// The same for a package that is already open (tests).
std::vector<Recognised> recognise(std::shared_ptr<const Package> package,
                                  std::string_view format = {});

/// True when an archive or folder is one thing: a reader wants all of it together (a Slack export),
/// or it is known as a whole to be something else.
bool isOneExport(const Package& package);

}  // namespace kith
