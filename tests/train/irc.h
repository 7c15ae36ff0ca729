#pragma once

#include "core/text/answermodel.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

/// The public IRC reply annotation of Kummerfeld et al. (2019), and how it scores an answer finder.
namespace kith::irc {

/// One annotated stretch of a channel.
struct Channel {
    std::string name;
    std::vector<std::string> texts;  ///< what `lines` point into
    std::vector<ChatLine> lines;
    std::map<std::int64_t, std::string> names;
    /// What a line answers, itself when it opens a conversation; only annotated lines.
    std::map<std::size_t, std::set<std::size_t>> answers;
};

/// All FILE.raw.txt with FILE.annotation.txt of a folder, by name.
/// @throws Error when there is none or one cannot be read
std::vector<Channel> readChannels(const std::filesystem::path& folder);

/// What was found for one annotated line.
struct Guess {
    std::size_t to = 0;      ///< the line itself: it opens a conversation
    double probability = 1;  ///< that it is right
};

/// The likeliest candidate of every annotated line.
std::map<std::size_t, Guess> guess(const Channel& channel, const AnswerModel& model);

/// The baseline of the paper: a system line opens, any other line answers the last that is none.
std::map<std::size_t, Guess> guessPrevious(const Channel& channel);

/// Right ones among all found and all annotated.
struct Score {
    std::size_t found = 0;
    std::size_t annotated = 0;
    std::size_t right = 0;

    double precision() const { return share(found); }
    double recall() const { return share(annotated); }
    double f() const
    {
        return 2.0 * static_cast<double>(right) / static_cast<double>(found + annotated);
    }

private:
    double share(std::size_t of) const
    {
        return static_cast<double>(right) / static_cast<double>(of);
    }
};

struct Scores {
    Score links;   ///< (line, line it answers), conversation openings among them
    Score people;  ///< (line, person it answers), answers to others only, system lines left out
    /// By predicted probability 0-0.1, 0.1-0.2, ...: how many guesses, how many of them right.
    std::array<Score, 10> calibration;

    void add(const Channel& channel, const std::map<std::size_t, Guess>& guesses);
};

}  // namespace kith::irc
