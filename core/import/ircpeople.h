#pragma once

#include "core/import/ircline.h"
#include "core/import/texttable.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// The people of one IRC log, from a first walk over all of it: nicks that were changed into each
/// other are one person, a bot that passes on what others say elsewhere speaks for many.
class IrcPeople {
public:
    /// First walk: looks at a line.
    void survey(const IrcLine& line);

    /// Between the walks.
    void settle();

    struct Speaker {
        std::string key;   ///< the shortest of the person's nicks, in small letters
        std::string name;  ///< the nick they spoke under most
        bool bot = false;
    };
    /// Second walk: who speaks, by nick.
    Speaker speaker(const std::string& nick) const;

    /// Whether the log has more nicks than are remembered: changes of the others, and whom they
    /// speak to, are not followed.
    bool isCrowded() const { return nicks_.size() >= mostNicks; }

    /// True for a bot that repeats what others said: its texts begin with "<name> ".
    bool isBridge(const std::string& nick) const;

    /// Second walk: somebody is here, and may be spoken to from now on.
    void meet(const std::string& nick);

    /// The keys of those whom a text is addressed to: "ann: ", "ann, ben: ". Only of people met.
    std::vector<std::string> addressed(std::string_view text) const;

    /// The channel that most people joined; empty when none did.
    std::string channel() const;

    /// Most lines of dircproxy begin with + or -, which says who is registered.
    bool hasSigns() const { return hosts_ > 0 && signs_ * 2 > hosts_; }

private:
    static constexpr std::size_t mostNicks = 300'000;

    struct Nick {
        std::uint32_t parent = 0;  ///< towards the root of its person
        std::uint32_t lines = 0;
        std::uint32_t relayed = 0;
        // Of a person's root, after settle():
        std::uint32_t shortest = 0;  ///< the nick that is the key
        std::uint32_t most = 0;      ///< the nick they spoke under most
        std::string_view shown;
    };

    std::optional<std::uint32_t> number(const std::string& nick);
    std::uint32_t root(std::uint32_t nick);
    bool before(std::uint32_t a, std::uint32_t b) const;

    std::vector<Nick> nicks_;
    HashTable<std::uint32_t> numbers_;
    TextTable shown_{mostNicks};     ///< nick as written by nick in small letters
    TextTable met_{mostNicks};       ///< nick in small letters -> key
    TextTable variants_{mostNicks};  ///< "ann" of "ann_"; empty = several
    std::map<std::string, std::uint64_t> channels_;
    std::uint64_t hosts_ = 0;
    std::uint64_t signs_ = 0;
};

/// "<anna> hello" as passed on by a bridge: the name, and the text behind it.
struct IrcRelayed {
    std::string name;
    std::string_view text;
};
std::optional<IrcRelayed> ircRelayed(std::string_view text);

}  // namespace kith
