#pragma once

#include "core/import/source.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// The beginning of a file of an X archive: `window.YTD.tweets.part0 = [`. Nothing else may stand
/// before the data; such a file is read as text and never run.
struct Assignment {
    std::string name;        ///< "tweets", "direct_messages"
    std::size_t length = 0;  ///< bytes up to the data
};

/// @return nullopt when the text does not begin with exactly that
std::optional<Assignment> assignmentAt(std::string_view head);

/// The data behind the assignment, which is replaced by as many spaces, so that offsets stay right.
/// @throws Error BadInput when the file begins with anything else
std::unique_ptr<ByteSource> behindAssignment(std::unique_ptr<ByteSource> source,
                                             const Place& place);

}  // namespace kith
