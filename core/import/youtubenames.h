#pragma once

#include "core/import/records.h"
#include "core/import/texttable.h"

#include <string>
#include <string_view>

namespace kith {

/// Whose handle is whose among the authors of comments: an answer to an answer says so only by
/// "@handle" at its beginning.
class YoutubeNames {
public:
    void clear() { keys_ = TextTable(); }

    /// Keeps a name that is a handle; names of several words are no handles.
    void learn(std::string_view name, const std::string& key);

    /// The account that a text begins by addressing; empty when it names nobody who is known.
    std::string addressed(std::string_view text) const;

private:
    TextTable keys_;  ///< "@handle" in small letters
};

/// Makes the comment an answer to `parent`, the top comment, by `author` (empty where that is not
/// known), and finds whom else it addresses.
void addYoutubeAnswer(const std::string& parent, const std::string& author,
                      const YoutubeNames& names, MessageRecord& record);

}  // namespace kith
