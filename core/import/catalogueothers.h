#pragma once

#include "core/import/reader.h"

#include <optional>
#include <string>

namespace kith {

/// What a file is that no reader reads, in words for the user.
struct OtherKind {
    std::string what;    ///< a clause: "this is a web page"
    std::string remedy;  ///< a sentence
};

/// Names files that Kith does not read by their content: pictures, web pages, other exports.
/// @return nullopt when the file is nothing that is known
std::optional<OtherKind> otherKind(const Probe& probe);

/// The same for an archive or folder, by the names in it.
std::optional<OtherKind> otherCollection(const Probe& probe);

/// True for names of pictures, recordings and the like, which need not be looked into.
bool isMediaName(std::string_view name);

}  // namespace kith
