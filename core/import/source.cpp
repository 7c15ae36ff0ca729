#include "core/import/source.h"

#include "core/base/error.h"

#include <algorithm>
#include <cstring>

namespace kith {
namespace {

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string text) : text_(std::move(text)) {}

    std::size_t read(std::span<char> buffer) override
    {
        const auto count = std::min(buffer.size(), text_.size() - at_);
        std::memcpy(buffer.data(), text_.data() + at_, count);
        at_ += count;
        return count;
    }

private:
    std::string text_;
    std::size_t at_ = 0;
};

class MemoryPackage final : public Package {
public:
    MemoryPackage(std::string name, std::vector<std::pair<std::string, std::string>> files)
        : files_(std::move(files))
    {
        collection_ = files_.size() != 1 || files_.front().first != name;
        name_ = std::move(name);
        for (const auto& [file, text] : files_) entries_.push_back({file, text.size()});
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        return sourceOver(files_.at(entry).second);
    }

private:
    std::vector<std::pair<std::string, std::string>> files_;
};

}  // namespace

Limits Limits::raised()
{
    constexpr std::uint64_t any = ~std::uint64_t{0};
    return {1'000'000, 4ULL << 40U, any, any, 31};
}

std::unique_ptr<Package> Package::inside(std::size_t) const
{
    return nullptr;
}

std::unique_ptr<ByteSource> sourceOver(std::string text)
{
    return std::make_unique<MemorySource>(std::move(text));
}

std::string readAll(ByteSource& source, std::size_t limit)
{
    std::string all;
    std::vector<char> buffer(1U << 16U);
    while (const auto count = source.read(buffer)) {
        all.append(buffer.data(), count);
        if (all.size() > limit) {
            throw Error(Error::Kind::LimitReached,
                        "the file is longer than " + std::to_string(limit) + " bytes");
        }
    }
    return all;
}

std::unique_ptr<Package> packageOf(std::string name,
                                   std::vector<std::pair<std::string, std::string>> files)
{
    return std::make_unique<MemoryPackage>(std::move(name), std::move(files));
}

}  // namespace kith
