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

std::optional<PostRecords::Record> PostRecords::next()
{
    return lines_ ? nextOfLines() : nextOfDocument();
}

std::optional<PostRecords::Record> PostRecords::nextOfDocument()
{
    if (ended_) return std::nullopt;
    const auto element = elements_->next();
    task_.advance(elements_->consumed() - std::exchange(reported_, elements_->consumed()));
    Record record;
    if (element) {
        ++given_;
        record.place = element->place;
        if (element->path < lists_.size()) record.list = lists_[element->path];
        if (element->raw.empty()) {
            record.trouble = "it is longer than 16 MB";
            return record;
        }
        try {
            value_ = Json::parse(element->raw, element->place);
            record.value = &value_;
        } catch (const Error& error) {
            record.trouble = error.cause();
        }
        return record;
    }
    ended_ = true;
    bool entered = false;
    for (std::size_t i = 0; i <= lists_.size(); ++i) entered = entered || elements_->entered(i) > 0;
    if (!entered) return whole();
    const auto& broken = elements_->broken();
    if (!broken) return std::nullopt;
    record.place = broken->place;
    record.trouble = broken->what;
    return record;
}

/// No list in it: several values, each over many lines, or one record by itself.
std::optional<PostRecords::Record> PostRecords::whole()
{
    if (elements_->broken()) {
        lines_ = std::make_unique<JsonLines>(file_, task_);
        return nextOfLines();
    }
    Record record;
    record.place = file_.place();
    try {
        const auto source = file_.open();
        auto text = readAll(*source, longestWhole);
        if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
        value_ = Json::parse(text, file_.place());
        record.value = &value_;
    } catch (const Error& error) {
        if (error.kind() == Error::Kind::FileUnreadable) throw;
        record.trouble = error.cause();
        record.place = error.where();
    }
    return record;
}

std::optional<PostRecords::Record> PostRecords::nextOfLines()
{
    while (at_ >= waiting_.size()) {
        waiting_.clear();
        saved_.clear();
        at_ = 0;
        auto line = lines_->next();
        if (!line) return std::nullopt;
        if (line->trouble.empty()) {
            page_ = std::move(line->value);
            fill(*line);
        } else if (!salvage(*line)) {
            Record record;
            record.trouble = "the line is cut off or no JSON: " + line->trouble;
            record.text = std::move(line->text);
            record.place = line->place;
            return record;
        }
    }
    return std::move(waiting_[at_++]);
}

/// A line is a record, or it holds lists of them.
void PostRecords::fill(const JsonLines::Line& line)
{
    const auto add = [&](const Json& list, const std::string& name) {
        for (const auto& item : list.items())
            waiting_.push_back({&item, {}, {}, line.place, &page_, name});
    };
    if (page_.isArray()) return add(page_, {});
    bool any = false;
    for (const auto& name : lists_) {
        if (!page_[name].isArray()) continue;
        any = true;
        add(page_[name], name);
    }
    if (!any) waiting_.push_back({&page_, {}, {}, line.place, nullptr, {}});
}

/// The records that are whole in a line that is not. @return false when there are none
bool PostRecords::salvage(JsonLines::Line& line)
{
    const auto source = sourceOver(line.text);
    auto paths = lists_;
    paths.emplace_back();
    JsonElements elements(*source, line.place, std::move(paths));
    std::vector<std::string> names;
    while (const auto element = elements.next()) {
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
