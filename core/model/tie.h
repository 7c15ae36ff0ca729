#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kith {

/// What a tie rests on. Values are stored: never renumber.
enum class TieKind : std::uint8_t {
    Reply = 1,     ///< an explicit reply to the other's message
    Mention = 2,   ///< the other is named
    Repost = 3,    ///< the other's message passed on without comment
    Quote = 4,     ///< the other's message passed on with words added
    Reaction = 5,  ///< an emoji or like on the other's message
    Thread = 6,    ///< both spoke in the same thread
    Adjacent = 7,  ///< inferred from the order of a flat chat; the weight is its probability
    Given = 8      ///< came from a graph file, with the file's weight
};

inline constexpr std::array allTieKinds{TieKind::Reply,    TieKind::Mention,  TieKind::Repost,
                                        TieKind::Quote,    TieKind::Reaction, TieKind::Thread,
                                        TieKind::Adjacent, TieKind::Given};

/// "reply", "mention", ... as in the command line and in exports.
std::string_view name(TieKind kind);
std::optional<TieKind> tieKindNamed(std::string_view name);

}  // namespace kith
