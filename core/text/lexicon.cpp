#include "core/text/lexicon.h"

#include "core/text/tokens.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace kith {
namespace {

struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const
    {
        return std::hash<std::string_view>()(text);
    }
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

struct Form {
    std::uint32_t stem = Lexicon::none;
    std::uint64_t count = 0;
};

/// A full word with how often it was used, in the order in which forms of a stem are shown.
struct Use {
    std::uint64_t count = 0;
    const std::string* text = nullptr;

    bool operator<(const Use& other) const
    {
        return count != other.count ? count > other.count : *text < *other.text;
    }
};

}  // namespace

struct Lexicon::State {
    mutable Tokenizer tokenizer;
    std::unordered_set<std::string, StringHash, std::equal_to<>> nameParts;
    ByText<Form> forms;
    ByText<std::uint32_t> stemNumber;

    bool counts(std::string_view token) const
    {
        if (token.size() < 2 || token.front() == '@' || token == "#0") return false;
        return !isStopWord(token) && !nameParts.contains(token);
    }

    Form& formOf(std::string_view token)
    {
        const auto known = forms.find(token);
        if (known != forms.end()) return known->second;
        Form form;
        if (counts(token)) {
            const auto next = static_cast<std::uint32_t>(stemNumber.size());
            form.stem = stemNumber.try_emplace(stem(token), next).first->second;
        }
        return forms.emplace(token, form).first->second;
    }

    std::uint32_t numberOf(std::string_view token) const
    {
        const auto known = forms.find(token);
        if (known != forms.end()) return known->second.stem;
        const auto number = stemNumber.find(stem(token));
        return number == stemNumber.end() ? none : number->second;
    }
};

Lexicon::Lexicon(const std::vector<std::string>& names) : state_(std::make_unique<State>())
{
    for (const auto& name : names) {
        for (auto& part : state_->tokenizer.tokens(name)) state_->nameParts.insert(std::move(part));
    }
}

Lexicon::~Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;

void Lexicon::read(std::string_view text, const std::function<void(std::uint32_t)>& each)
{
    state_->tokenizer.tokens(text, [&](std::string_view token) {
        Form& form = state_->formOf(token);
        if (form.stem == none) return;
        ++form.count;
        each(form.stem);
    });
}

void Lexicon::look(std::string_view text,
                   const std::function<void(std::string_view, std::uint32_t)>& each) const
{
    state_->tokenizer.tokens(text, [&](std::string_view token) {
        if (state_->counts(token)) each(token, state_->numberOf(token));
    });
}

std::size_t Lexicon::size() const
{
    return state_->stemNumber.size();
}

std::vector<std::string> Lexicon::shown() const
{
    std::vector<Use> best(size());
    for (const auto& [text, form] : state_->forms) {
        if (form.stem == none) continue;
        const Use use{form.count, &text};
        auto& known = best[form.stem];
        if (known.text == nullptr || use < known) known = use;
    }
    std::vector<std::string> words;
    words.reserve(best.size());
    for (const auto& use : best) words.push_back(*use.text);
    return words;
}

std::vector<std::vector<std::string>> Lexicon::forms(double share) const
{
    std::vector<std::vector<Use>> uses(size());
    for (const auto& [text, form] : state_->forms) {
        if (form.stem != none && form.count > 0) uses[form.stem].push_back({form.count, &text});
    }
    std::vector<std::vector<std::string>> words(uses.size());
    for (std::size_t s = 0; s < uses.size(); ++s) {
        std::sort(uses[s].begin(), uses[s].end());
        double all = 0;
        for (const auto& use : uses[s]) all += static_cast<double>(use.count);
        for (const auto& use : uses[s]) {
            if (static_cast<double>(use.count) >= share * all) words[s].push_back(*use.text);
        }
    }
    return words;
}

}  // namespace kith
