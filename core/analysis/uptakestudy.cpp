#include "core/analysis/languagestudy.h"
#include "core/base/text.h"
#include "core/graph/interest.h"
#include "core/store/messages.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace kith {
namespace {

constexpr double leastInside = 0.10;
constexpr double mostOutside = 0.01;
constexpr std::size_t fewestNewcomers = 5;
constexpr std::size_t fewestWords = 3;
constexpr std::size_t weeksShown = 5;
constexpr auto settling = std::chrono::days(30);
constexpr auto week = std::chrono::days(7);

/// A distinctive word said by somebody. `word` is a number of the lexicon.
struct Saying {
    Vertex person = 0;
    std::uint32_t word = 0;
    Time time;
};

/// What was said in a selection, as far as distinctive words go.
struct Heard {
    std::vector<std::vector<std::uint32_t>> candidates;  ///< by cluster: numbers of its words
    std::vector<std::vector<std::string>> shown;         ///< by cluster: the same as words
    std::vector<Saying> sayings;                         ///< by person
    std::vector<std::vector<Vertex>> speakers;           ///< by word: who said it, ascending
    std::vector<std::vector<Time>> wrote;                ///< by person
    std::size_t writers = 0;
    std::optional<Time> first;
};

/// Enters the clusters' distinctive words, so that they have the lowest numbers.
void enterWords(const Analysis& analysis, Lexicon& lexicon, Heard& heard)
{
    for (const auto& cluster : analysis.clusters) {
        auto& numbers = heard.candidates.emplace_back();
        auto& shown = heard.shown.emplace_back();
        for (const auto& word : cluster.words) {
            lexicon.read(word.word, [&](std::uint32_t number) {
                numbers.push_back(number);
                shown.push_back(word.word);
            });
        }
    }
}

Heard listen(const Workspace& workspace, const Analysis& analysis, Task& task)
{
    Heard heard;
    Lexicon lexicon(allNames(workspace));
    enterWords(analysis, lexicon, heard);
    const auto known = lexicon.size();
    heard.wrote.resize(analysis.people.people.size());
    task.begin("Listening to newcomers", 0);
    eachMessage(
        workspace, analysis.options.selection,
        [&](const MessageRow& message) {
            const auto person = analysis.people.vertexOf(message.author);
            if (!person || !message.time) return;
            if (heard.wrote[*person].empty()) ++heard.writers;
            heard.wrote[*person].push_back(*message.time);
            if (!heard.first || *message.time < *heard.first) heard.first = message.time;
            lexicon.read(message.text, [&](std::uint32_t word) {
                if (word < known) heard.sayings.push_back({*person, word, *message.time});
            });
        },
        task);
    for (auto& times : heard.wrote) std::sort(times.begin(), times.end());
    std::stable_sort(heard.sayings.begin(), heard.sayings.end(),
                     [](const Saying& a, const Saying& b) { return a.person < b.person; });
    heard.speakers.resize(known);
    for (const auto& saying : heard.sayings) {
        auto& speakers = heard.speakers[saying.word];
        if (speakers.empty() || speakers.back() != saying.person) speakers.push_back(saying.person);
    }
    return heard;
}

/// The insider words of a cluster, as positions in its candidates.
std::vector<std::size_t> insiderWords(const Analysis& analysis, const Heard& heard,
                                      std::uint32_t cluster)
{
    const auto& candidates = heard.candidates[cluster];
    std::size_t members = 0;
    for (const auto member : analysis.clusters[cluster].members)
        if (!heard.wrote[member].empty()) ++members;
    const auto others = static_cast<double>(heard.writers - members);
    std::vector<std::size_t> words;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& speakers = heard.speakers[candidates[i]];
        const auto own = std::ranges::count_if(speakers, [&](Vertex person) {
            return analysis.clusterOf[person] == static_cast<int>(cluster);
        });
        const auto inside = static_cast<double>(own);
        const auto outside = static_cast<double>(speakers.size()) - inside;
        if (inside < leastInside * static_cast<double>(members)) continue;
        if (outside == 0 || outside < mostOutside * others) words.push_back(i);
    }
    return words;
}

/// One person's active weeks: in each the share of the words that were used.
std::vector<double> sharesByWeek(const Heard& heard, Vertex person,
                                 const std::vector<std::uint32_t>& words)
{
    const auto& times = heard.wrote[person];
    const auto weekOf = [&](Time time) { return (time - times.front()) / week; };
    std::map<std::int64_t, std::set<std::uint32_t>> used;
    for (const auto time : times) used[weekOf(time)];
    const auto own = std::ranges::equal_range(heard.sayings, person, {}, &Saying::person);
    for (const auto& saying : own)
        if (std::ranges::find(words, saying.word) != words.end())
            used[weekOf(saying.time)].insert(saying.word);
    std::vector<double> shares;
    for (const auto& [number, found] : used)
        shares.push_back(static_cast<double>(found.size()) / static_cast<double>(words.size()));
    return shares;
}

void measure(const Analysis& analysis, const Heard& heard, const std::vector<std::uint32_t>& words,
             Uptake& uptake)
{
    std::array<double, weeksShown> sums{};
    std::array<std::size_t, weeksShown> people{};
    double settledSum = 0;
    for (const auto member : analysis.clusters[uptake.cluster].members) {
        const auto& times = heard.wrote[member];
        if (times.empty()) continue;
        const auto shares = sharesByWeek(heard, member, words);
        if (times.front() - *heard.first < settling) {
            double sum = 0;
            for (const double share : shares) sum += share;
            settledSum += sum / static_cast<double>(shares.size());
            continue;
        }
        for (std::size_t w = 0; w < std::min(weeksShown, shares.size()); ++w) {
            sums.at(w) += shares[w];
            ++people.at(w);
        }
    }
    for (std::size_t w = 0; w < weeksShown && people.at(w) > 0; ++w)
        uptake.weeks.push_back({static_cast<unsigned>(w + 1), people.at(w),
                                sums.at(w) / static_cast<double>(people.at(w))});
    if (uptake.settled > 0) uptake.settledShare = settledSum / static_cast<double>(uptake.settled);
}

Uptake uptakeOf(const Analysis& analysis, const Heard& heard, std::uint32_t cluster)
{
    Uptake uptake;
    uptake.cluster = cluster;
    for (const auto member : analysis.clusters[cluster].members) {
        if (heard.wrote[member].empty()) continue;
        const bool fresh = heard.wrote[member].front() - *heard.first >= settling;
        ++(fresh ? uptake.newcomers : uptake.settled);
    }
    std::vector<std::uint32_t> words;
    for (const auto i : insiderWords(analysis, heard, cluster)) {
        words.push_back(heard.candidates[cluster][i]);
        uptake.words.push_back(heard.shown[cluster][i]);
    }
    if (words.size() < fewestWords)
        uptake.refused = fmt::format("{} words are this group's alone; {} are needed", words.size(),
                                     fewestWords);
    else if (uptake.newcomers < fewestNewcomers)
        uptake.refused = fmt::format("{} people came after the first 30 days; {} are needed",
                                     uptake.newcomers, fewestNewcomers);
    else
        measure(analysis, heard, words, uptake);
    return uptake;
}

}  // namespace

std::vector<Uptake> studyUptake(const Workspace& workspace, const Analysis& analysis, Task& task)
{
    const auto heard = listen(workspace, analysis, task);
    std::vector<Uptake> all;
    if (!heard.first) return all;
    for (std::uint32_t cluster = 0; cluster < analysis.clusters.size(); ++cluster)
        all.push_back(uptakeOf(analysis, heard, cluster));
    return all;
}

std::vector<EvidenceSentence> uptakeSentences(const Analysis& analysis,
                                              const std::vector<Uptake>& uptake)
{
    std::vector<EvidenceSentence> sentences;
    for (const auto& one : uptake) {
        if (!one.refused.empty() || one.weeks.empty()) continue;
        const auto& last = one.weeks.back();
        EvidenceSentence sentence;
        sentence.finding = fmt::format(
            "Newcomers to “{}” use {} of its own words in their first active week, and {} in their "
            "{}.",
            analysis.clusters[one.cluster].label, percent(one.weeks.front().share),
            percent(last.share),
            std::array{"first", "second", "third", "fourth", "fifth"}.at(last.week - 1));
        sentence.certainty = one.settled > 0 ? fmt::format("People who were there before use {}.",
                                                           percent(one.settledShare))
                                             : "Nobody was there before to compare with.";
        sentence.figures =
            fmt::format("{} newcomers, {} of them still in that week; {} words: {}", one.newcomers,
                        last.people, one.words.size(), join(one.words, ", "));
        sentence.method =
            "The group's distinctive words that at least 10 % of its people and "
            "below 1 % of others use. Newcomers wrote first 30 days or more after "
            "the export begins. Those who left early are missing from later weeks.";
        sentences.push_back(std::move(sentence));
    }
    return sentences;
}

}  // namespace kith
