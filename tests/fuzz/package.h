#pragma once

#include "core/import/source.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::fuzz {

inline constexpr char nameEnd = '\x1d';   ///< ASCII group separator
inline constexpr char entryEnd = '\x1c';  ///< ASCII file separator

/// "name GS text FS name GS text ..." as the entries of a folder.
inline std::vector<std::pair<std::string, std::string>> entriesIn(std::string_view bytes)
{
    constexpr std::size_t most = 64;
    std::vector<std::pair<std::string, std::string>> files;
    while (!bytes.empty() && files.size() < most) {
        const auto end = bytes.find(entryEnd);
        const auto part = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        const auto split = part.find(nameEnd);
        std::string name(split == std::string_view::npos ? "file" : part.substr(0, split));
        const auto text = split == std::string_view::npos ? part : part.substr(split + 1);
        // Packages never hand on names that are empty, twice there, or no UTF-8.
        std::erase_if(name,
                      [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c < ' '; });
        if (name.empty()) name = "file";
        const bool taken =
            std::ranges::any_of(files, [&](const auto& one) { return one.first == name; });
        if (!taken) files.emplace_back(std::move(name), std::string(text));
    }
    return files;
}

/// Hands out what another package holds in pieces of a few bytes.
class PiecedPackage final : public Package {
public:
    PiecedPackage(std::shared_ptr<const Package> whole, std::size_t piece)
        : whole_(std::move(whole)), piece_(piece)
    {
        name_ = whole_->name();
        entries_ = whole_->entries();
        collection_ = whole_->isCollection();
    }

    std::unique_ptr<ByteSource> open(std::size_t entry) const override
    {
        return std::make_unique<Pieces>(whole_->open(entry), piece_);
    }

private:
    class Pieces final : public ByteSource {
    public:
        Pieces(std::unique_ptr<ByteSource> source, std::size_t piece)
            : source_(std::move(source)), piece_(piece)
        {}

        std::size_t read(std::span<char> buffer) override
        {
            return source_->read(buffer.first(std::min(buffer.size(), piece_)));
        }

    private:
        std::unique_ptr<ByteSource> source_;
        std::size_t piece_;
    };

    std::shared_ptr<const Package> whole_;
    std::size_t piece_;
};

}  // namespace kith::fuzz
