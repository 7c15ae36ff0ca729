#pragma once

#include "core/import/ircline.h"

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
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
    const Speaker& speaker(const std::string& nick);

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
    struct Nick {
        std::string shown;
        std::size_t parent = 0;  ///< towards the root of its person
        std::uint64_t lines = 0;
        std::uint64_t relayed = 0;
    };

    std::size_t number(const std::string& nick);
    std::size_t root(std::size_t nick);

    std::vector<Nick> nicks_;
    std::unordered_map<std::string, std::size_t> numbers_;
    std::unordered_map<std::string, Speaker> speakers_;      ///< by nick in small letters
    std::unordered_map<std::string, std::string> met_;       ///< nick in small letters -> key
    std::unordered_map<std::string, std::string> variants_;  ///< "ann" of "ann_"; empty = several
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
