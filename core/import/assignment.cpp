#include "core/import/assignment.h"

#include "core/base/ascii.h"
#include "core/base/error.h"

#include <algorithm>
#include <span>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t headBytes = 256;
constexpr std::string_view mark = "\xEF\xBB\xBF";

bool isNameSign(char c)
{
    return isLetter(c) || isDigit(c) || c == '_';
}

class BlankedSource final : public ByteSource {
public:
    BlankedSource(std::unique_ptr<ByteSource> rest, std::string head)
        : rest_(std::move(rest)), head_(std::move(head))
    {}

    std::size_t read(std::span<char> buffer) override
    {
        if (at_ == head_.size()) return rest_->read(buffer);
        const auto count = std::min(buffer.size(), head_.size() - at_);
        std::copy_n(head_.data() + at_, count, buffer.data());
        at_ += count;
        return count;
    }

private:
    std::unique_ptr<ByteSource> rest_;
    std::string head_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<Assignment> assignmentAt(std::string_view head)
{
    constexpr std::string_view front = "window.YTD.";
    constexpr std::string_view part = ".part";
    const auto all = head;
    if (head.starts_with(mark)) head.remove_prefix(mark.size());
    if (!head.starts_with(front)) return std::nullopt;
    head.remove_prefix(front.size());
    const auto name = std::ranges::find_if_not(head, isNameSign);
    Assignment found{std::string(head.begin(), name), 0};
    head.remove_prefix(found.name.size());
    if (found.name.empty() || !head.starts_with(part)) return std::nullopt;
    head.remove_prefix(part.size());
    const auto digits = std::ranges::find_if_not(head, isDigit) - head.begin();
    head.remove_prefix(static_cast<std::size_t>(digits));
    const auto skipSpace = [&head] {
        head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    };
    skipSpace();
    if (digits == 0 || !head.starts_with('=')) return std::nullopt;
    head.remove_prefix(1);
    skipSpace();
    if (!head.starts_with('[')) return std::nullopt;
    found.length = all.size() - head.size();
    return found;
}

std::unique_ptr<ByteSource> behindAssignment(std::unique_ptr<ByteSource> source, const Place& place)
{
    std::string head(headBytes, '\0');
    std::size_t size = 0;
    while (size < headBytes) {
        const auto count = source->read(std::span(head).subspan(size));
        if (count == 0) break;
        size += count;
    }
    head.resize(size);
    const auto found = assignmentAt(head);
    if (!found) {
        throw Error(Error::Kind::BadInput,
                    "the file does not begin with \"window.YTD. ... = [\" and nothing else", place,
                    "Take the file as it stands in the archive; scripts are never run.");
    }
    std::fill_n(head.begin(), found->length, ' ');
    return std::make_unique<BlankedSource>(std::move(source), std::move(head));
}

}  // namespace kith
