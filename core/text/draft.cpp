#include "core/text/draft.h"

#include "core/text/distinctive.h"

#include <algorithm>
#include <cmath>

namespace kith {
namespace {

constexpr double tooCommon = 0.6;
constexpr double leastReach = 0.05;
constexpr double senderReach = 0.10;
constexpr double strangeReach = 0.01;
constexpr double leastZ = 2.58;
constexpr double backgroundTokens = 1'000;  ///< as many as the background counts for

double share(std::size_t part, std::size_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

DraftChecker::DraftChecker(std::string_view draft, std::size_t groups,
                           const std::vector<std::string>& names)
    : lexicon_(names)
{
    lexicon_.read(draft, [](std::uint32_t) {});  // so that its words have the lowest numbers
    draftWords_ = lexicon_.size();
    lexicon_.look(draft, [&](std::string_view text, std::uint32_t number) {
        draft_.push_back({std::string(text), number});
    });
    all_.uses.resize(draftWords_);
    all_.messages.resize(draftWords_);
    all_.speakers.resize(draftWords_);
    groups_.assign(groups, all_);
}

void DraftChecker::add(std::span<const std::uint32_t> groups, std::int64_t author,
                       std::string_view text)
{
    message_.clear();
    lexicon_.read(text, [&](std::uint32_t word) { message_.push_back(word); });
    std::sort(message_.begin(), message_.end());
    count(all_, author, message_);
    for (const auto group : groups) count(groups_.at(group), author, message_);
}

void DraftChecker::count(Said& said, std::int64_t author,
                         const std::vector<std::uint32_t>& words) const
{
    said.authors.insert(author);
    said.tokens += words.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto word = words[i];
        const bool again = i > 0 && words[i - 1] == word;
        if (!again) ++said.incidences;
        if (word >= draftWords_) continue;
        ++said.uses[word];
        if (again) continue;
        ++said.messages[word];
        said.speakers[word].insert(author);
    }
}

bool DraftChecker::isContent(std::uint32_t word) const
{
    return share(all_.speakers[word].size(), all_.authors.size()) <= tooCommon;
}

std::size_t DraftChecker::contentWords() const
{
    return static_cast<std::size_t>(std::count_if(
        draft_.begin(), draft_.end(), [&](const Word& word) { return isContent(word.number); }));
}

/// Chance of a word in the whole export; half a use more, so that no word is impossible.
double DraftChecker::background(std::uint32_t word) const
{
    return (static_cast<double>(all_.uses[word]) + 0.5) /
           (static_cast<double>(all_.tokens) + 0.5 * static_cast<double>(lexicon_.size() + 1));
}

double DraftChecker::prior(std::uint32_t word, double a0) const
{
    return a0 * static_cast<double>(all_.messages[word]) / static_cast<double>(all_.incidences);
}

void DraftChecker::findInsider(const Said& sender, const Said& group, DraftFit& fit) const
{
    const auto ni = static_cast<double>(sender.incidences);
    const auto nj = static_cast<double>(group.incidences);
    const double a0 = std::max(100.0, 0.1 * std::min(ni, nj));
    std::set<std::uint32_t> seen;
    for (const auto& word : draft_) {
        const auto w = word.number;
        if (!isContent(w) || !seen.insert(w).second) continue;
        InsiderWord one{word.text, share(sender.speakers[w].size(), sender.authors.size()),
                        share(group.speakers[w].size(), group.authors.size()), 0};
        if (one.reachSender < senderReach || one.reach >= strangeReach) continue;
        one.z = logOddsZ(static_cast<double>(sender.messages[w]), ni,
                         static_cast<double>(group.messages[w]), nj, prior(w, a0), a0);
        if (one.z >= leastZ) fit.insider.push_back(one);
    }
    std::stable_sort(fit.insider.begin(), fit.insider.end(),
                     [](const auto& a, const auto& b) { return a.z > b.z; });
}

std::vector<DraftFit> DraftChecker::check(std::optional<std::uint32_t> sender) const
{
    std::vector<DraftFit> fits;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const Said& group = groups_[g];
        DraftFit fit;
        fit.authors = group.authors.size();
        fit.tokens = group.tokens;
        fit.enough = fit.authors >= fewestAuthors && fit.tokens >= fewestTokens;
        double known = 0;
        double content = 0;
        double bits = 0;
        const double least = std::max(leastReach, 2 / static_cast<double>(fit.authors));
        for (const auto& word : draft_) {
            if (!fit.enough || !isContent(word.number)) continue;
            ++content;
            const double reach = share(group.speakers[word.number].size(), fit.authors);
            bits -= std::log2((static_cast<double>(group.uses[word.number]) +
                               backgroundTokens * background(word.number)) /
                              (static_cast<double>(fit.tokens) + backgroundTokens));
            if (reach >= least) {
                ++known;
                continue;
            }
            const auto listed = std::find_if(fit.unknown.begin(), fit.unknown.end(),
                                             [&](const auto& w) { return w.word == word.text; });
            if (listed == fit.unknown.end())
                fit.unknown.push_back({word.text, 1, reach});
            else
                ++listed->times;
        }
        fit.cover = content > 0 ? known / content : 0;
        fit.surprise = content > 0 ? bits / content : 0;
        if (fit.enough && sender && *sender != g) findInsider(groups_.at(*sender), group, fit);
        fits.push_back(std::move(fit));
    }
    return fits;
}

}  // namespace kith
