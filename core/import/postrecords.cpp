#include "core/import/postrecords.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t headBytes = 4U << 20U;
constexpr std::size_t longestWhole = 32U << 20U;

/// The file's beginning: its first line that is not blank, and the next few bytes.
struct Beginning {
    std::string line;
    std::string next;
};

Beginning beginningOf(const OneFile& file)
{
    constexpr std::size_t enough = 2;
    const auto source = file.open();
    std::string text;
    std::vector<char> buffer(1U << 16U);
    for (;;) {
        const auto count = source->read(buffer);
        text.append(buffer.data(), count);
        if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        const auto start = text.find_first_not_of(" \t\r\n");
        const auto from = std::min(start, text.size());
        const auto end = std::min(text.find_first_of("\r\n", from), text.size());
        const auto next = std::min(text.find_first_not_of("\r\n", end), text.size());
        if (next + enough <= text.size() || count == 0 || text.size() >= headBytes)
            return {text.substr(from, end - from), text.substr(next, enough)};
    }
}

/// A list, or an answer that is spread over many lines or too long for one.
bool isDocument(const OneFile& file)
{
    const auto [line, next] = beginningOf(file);
    if (line.starts_with('[') && !next.starts_with('[')) return true;
    if (!line.starts_with('{') && !line.starts_with('[')) return false;
    try {
        Json::parse(line);
        return false;
    } catch (const Error&) {
        // It goes on behind the line's end, unless there another line begins like the first.
        const auto last = trim(line).back();
        return next != "{\"" || line.starts_with('[') || last == '[' || last == ',' || last == '{';
    }
}

}  // namespace

PostRecords::PostRecords(const OneFile& file, Task& task, std::vector<std::string> lists)
    : file_(file), task_(task), lists_(std::move(lists))
{
    if (!isDocument(file)) {
        lines_ = std::make_unique<JsonLines>(file, task);
        return;
    }
    task_.begin("Reading " + file.name(), file.size());
    auto paths = lists_;
    paths.emplace_back();
    source_ = file.open();
    elements_ = std::make_unique<JsonElements>(*source_, file.place(), std::move(paths));
}

const PostRecords::Record* PostRecords::next()
{
    return lines_ ? nextOfLines() : nextOfDocument();
}

const PostRecords::Record* PostRecords::nextOfDocument()
{
    if (ended_) return nullptr;
    auto* element = elements_->parsed();
    task_.advance(elements_->consumed() - std::exchange(reported_, elements_->consumed()));
    record_.value = nullptr;
    record_.trouble.clear();
    if (element != nullptr) {
        ++given_;
        record_.place = element->place;
        record_.list = element->path < lists_.size() ? lists_[element->path] : std::string();
        if (element->raw.empty()) {
            record_.trouble = "it is longer than 16 MB";
            return &record_;
        }
        JsonElements::Break trouble;
        record_.value = element->json(trouble);
        record_.trouble = trouble.what;
        return &record_;
    }
    ended_ = true;
    bool entered = false;
    for (std::size_t i = 0; i <= lists_.size(); ++i) entered = entered || elements_->entered(i) > 0;
    if (!entered) return whole();
    const auto& broken = elements_->broken();
    if (!broken) return nullptr;
    record_.list.clear();
    record_.place = broken->place;
    record_.trouble = broken->what;
    return &record_;
}

/// No list in it: several values, each over many lines, or one record by itself.
const PostRecords::Record* PostRecords::whole()
{
    if (elements_->broken()) {
        lines_ = std::make_unique<JsonLines>(file_, task_);
        return nextOfLines();
    }
    record_ = {};
    record_.place = file_.place();
    try {
        const auto source = file_.open();
        auto text = readAll(*source, longestWhole);
        if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        value_ = Json::parse(text, file_.place());
        record_.value = &value_;
    } catch (const Error& error) {
        if (error.kind() == Error::Kind::FileUnreadable) throw;
        record_.trouble = error.cause();
        record_.place = error.where();
    }
    return &record_;
}

const PostRecords::Record* PostRecords::nextOfLines()
{
    while (at_ >= waiting_.size()) {
        waiting_.clear();
        saved_.clear();
        at_ = 0;
        auto* line = lines_->next();
        if (line == nullptr) return nullptr;
        record_.value = nullptr;
        record_.trouble.clear();
        record_.text.clear();
        record_.page = nullptr;
        record_.list.clear();
        record_.place = line->place;
        if (line->trouble.empty()) {
            if (fill(*line)) continue;
            record_.value = &line->value;
            return &record_;
        }
        if (!salvage(*line)) {
            record_.trouble = "the line is cut off or no JSON: " + line->trouble;
            record_.text = std::move(line->text);
            return &record_;
        }
    }
    return &waiting_[at_++];
}

/// @return whether the line holds lists of records; else it is one
bool PostRecords::fill(const JsonLines::Line& line)
{
    const auto& page = line.value;
    const auto add = [&](const Json& list, const std::string& name) {
        for (const auto& item : list.items())
            waiting_.push_back({&item, {}, {}, line.place, &page, name});
    };
    if (page.isArray()) {
        add(page, {});
        return true;
    }
    bool any = false;
    for (const auto& name : lists_) {
        if (!page[name].isArray()) continue;
        any = true;
        add(page[name], name);
    }
    return any;
}

/// The records that are whole in a line that is not. @return false when there are none
bool PostRecords::salvage(JsonLines::Line& line)
{
    const auto start = trim(line.text);
    if (!start.starts_with('{') && !start.starts_with('[')) return false;
    const auto source = sourceOver(line.text);
    auto paths = lists_;
    paths.emplace_back();
    JsonElements elements(*source, line.place, std::move(paths));
    std::vector<std::string> names;
    while (const auto* element = elements.next()) {
        try {
            saved_.push_back(Json::parse(element->raw, line.place));
            names.push_back(element->path < lists_.size() ? lists_[element->path] : std::string());
        } catch (const Error&) {
            break;  // The line's own trouble is told below.
        }
    }
    if (saved_.empty()) return false;
    for (std::size_t i = 0; i < saved_.size(); ++i)
        waiting_.push_back({&saved_[i], {}, {}, line.place, nullptr, names[i]});
    waiting_.push_back({nullptr,
                        "the line is cut off or no JSON: " + line.trouble,
                        std::move(line.text),
                        line.place,
                        nullptr,
                        {}});
    return true;
}

namespace {

std::optional<Json> parsed(std::string_view text)
{
    try {
        return Json::parse(text);
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace

std::optional<Json> firstPostIn(std::string_view head, const std::vector<std::string>& lists)
{
    head = trim(head);
    if (!head.starts_with('{') && !head.starts_with('[')) return std::nullopt;
    auto line = parsed(head.substr(0, head.find('\n')));
    const auto isList = [&](const std::string& name) { return (*line)[name].isArray(); };
    if (line && line->isObject() && std::ranges::none_of(lists, isList)) return line;
    const auto source = sourceOver(std::string(head));
    auto paths = lists;
    paths.emplace_back();
    JsonElements elements(*source, {}, std::move(paths));
    if (const auto first = elements.next()) return parsed(first->raw);
    return parsed(head);
}

}  // namespace kith
