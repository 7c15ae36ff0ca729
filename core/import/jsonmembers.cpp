#include "core/import/jsonmembers.h"

#include "core/import/jsonend.h"

#include <utility>

namespace kith {
namespace {

/// Changes the bytes as they come.
class MemberSource final : public ByteSource {
public:
    MemberSource(std::unique_ptr<ByteSource> source, const std::string& member, bool blank)
        : source_(std::move(source)),
          key_(member.empty() ? "" : '"' + member + '"'),
          blank_(blank),
          stage_(member.empty() ? Stage::Named : Stage::Before)
    {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = source_->read(buffer);
        for (char& one : buffer.first(count)) one = inString_ ? quoted(one) : bare(one);
        return count;
    }

private:
    enum class Stage {
        Before,  ///< in front of the key
        Named,   ///< its value comes
        Inside,  ///< that value
        Behind
    };

    /// Among the members themselves, not in what they hold.
    bool amongMembers() const { return stage_ == Stage::Inside && depth_ == inside_; }

    char keyByte(char one) const { return blank_ && inKey_ && amongMembers() ? ' ' : one; }

    char quoted(char one)
    {
        // A key that is spelled with escapes is not known.
        if (stage_ == Stage::Before && text_.size() <= key_.size()) text_ += one;
        inString_ = string_.goesOn(one);
        return keyByte(one);
    }

    char bare(char one)
    {
        switch (one) {
        case '{':
        case '[': return open(one);
        case '}':
        case ']': return close(one);
        case ':': return colon();
        case ',': inKey_ = inKey_ || amongMembers(); return one;
        case ' ':
        case '\t':
        case '\r':
        case '\n': return one;
        case '"':
            inString_ = true;
            text_ = one;
            break;
        default: break;
        }
        const bool mark = static_cast<unsigned char>(one) >= 0x80;  // of the byte order
        if (stage_ == Stage::Named && !mark) leave();
        return keyByte(one);
    }

    char open(char one)
    {
        ++depth_;
        if (stage_ != Stage::Named) return one;
        if (one != '{') {
            leave();
            return one;
        }
        stage_ = Stage::Inside;
        inside_ = depth_;
        inKey_ = true;
        return '[';
    }

    char close(char one)
    {
        const bool ends = amongMembers();
        if (depth_ > 0) --depth_;
        if (!ends || one != '}') return one;
        stage_ = Stage::Behind;
        return ']';
    }

    char colon()
    {
        if (stage_ == Stage::Before && depth_ == 1 && text_ == key_) stage_ = Stage::Named;
        if (!amongMembers() || !std::exchange(inKey_, false)) return ':';
        return blank_ ? ' ' : ',';
    }

    /// What was named is no object.
    void leave() { stage_ = key_.empty() ? Stage::Behind : Stage::Before; }

    std::unique_ptr<ByteSource> source_;
    std::string key_;  ///< with its quotes
    bool blank_;
    Stage stage_;
    std::string text_;  ///< the string met last, in front of the object
    std::size_t depth_ = 0;
    std::size_t inside_ = 0;  ///< depth of the object's members
    bool inKey_ = false;      ///< a member's key comes, or the colon behind it
    bool inString_ = false;
    JsonString string_;
};

}  // namespace

MembersAsItems::MembersAsItems(const Package& package, std::string member, Keys keys)
    : Package(package), package_(package), member_(std::move(member)), keys_(keys)
{}

std::unique_ptr<ByteSource> MembersAsItems::open(std::size_t entry) const
{
    return std::make_unique<MemberSource>(package_.open(entry), member_, keys_ == Keys::Blank);
}

}  // namespace kith
