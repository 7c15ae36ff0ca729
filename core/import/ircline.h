#pragma once

#include "core/base/time.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// When a line of an IRC log was written, as far as the line says: every client leaves out other
/// parts.
struct IrcStamp {
    bool clock = false;  ///< hour and minute are there
    int year = 0;        ///< 0 = not said; so for month and day
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    std::optional<std::chrono::minutes> offset;
};

struct IrcLine {
    enum class Kind {
        Said,
        Action,   ///< "* ann waves"
        Empty,    ///< somebody said nothing
        Notice,   ///< joins, quits, modes, the client's own words
        Day,      ///< a notice that gives the day: see `stamp`
        Unknown,  ///< neither: the log is damaged, or this is no log
    };
    Kind kind = Kind::Unknown;
    IrcStamp stamp;
    bool userHost = false;  ///< the nick stood with user and host, as dircproxy writes
    std::string nick;       ///< who speaks, joins or is renamed, without marks of rank
    std::string text;       ///< the words; of a notice all of it
    std::string renamedTo;  ///< of a notice of a new nick
    std::string channel;    ///< of a notice of joining
};

/// Reads one line of a log by irssi, weechat, znc, energymech, xchat, hexchat, mIRC, supybot,
/// dircproxy or the Ubuntu archive. Never fails. Colours and bold marks are left out.
/// @param line UTF-8
IrcLine ircLine(std::string_view line);

/// "2004-12-25" in "2004-12-25-#ubuntu.txt", "#c_20041225.log" or "2004/12/25/#ubuntu.txt".
struct IrcNameDate {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::size_t from = 0;  ///< where it stands in the name
    std::size_t size = 0;
};
std::optional<IrcNameDate> dateInName(std::string_view name);

}  // namespace kith
