#include "core/store/postings.h"

#include "core/base/error.h"
#include "core/store/packed.h"
#include "core/store/rows.h"
#include "core/store/sortnumbers.h"

#include <algorithm>
#include <utility>

namespace kith {

namespace {

/// Blocks of some two kilobytes fill pages of sixteen well.
constexpr std::size_t blockSize = 512;
constexpr std::size_t mostMerged = 1'000'000;
constexpr std::size_t mostHeld = 2'000'000;  ///< 16 MB

/// @param writer empty
void pack(const std::uint64_t* from, std::size_t count, NumberWriter& writer)
{
    std::uint64_t before = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto key = from[i] >> 32U;
        const auto message = from[i] & UINT32_MAX;
        if (i > 0 && key == before >> 32U) {
            writer.add((message - (before & UINT32_MAX)) << 1U);
        } else {
            writer.add((key - (before >> 32U)) << 1U | 1U);
            writer.add(message);
        }
        before = from[i];
    }
}

void unpack(std::string_view bytes, LargeVector<std::uint64_t>& numbers)
{
    numbers.clear();
    NumberReader reader(bytes);
    std::uint64_t key = 0;
    std::uint64_t message = 0;
    while (!reader.atEnd()) {
        const auto head = reader.next();
        if ((head & 1U) != 0) {
            key += head >> 1U;
            message = reader.next();
        } else {
            message += head >> 1U;
        }
        numbers.push_back(key << 32U | (message & UINT32_MAX));
    }
}

/// Parameters: id, list, run, first, last, size, bytes.
constexpr const char* insertBlock =
    "INSERT INTO posting (id, list, run, first, last, size, bytes, hash) VALUES "
    "(?1, ?2, ?3, ?4, ?5, ?6, ?7, message_hash(?1, ?2, ?3, ?4, ?5, ?6, ?7))";

}  // namespace

std::uint64_t posting(std::int64_t key, std::int64_t message)
{
    if (key < 0 || key > UINT32_MAX || message < 0 || message > UINT32_MAX) {
        throw Error(Error::Kind::LimitReached,
                    "a workspace holds at most four billion messages, accounts and threads", {},
                    "Nothing was imported. Begin another workspace.");
    }
    return static_cast<std::uint64_t>(key) << 32U | static_cast<std::uint64_t>(message);
}

Postings::Postings(const Database& db, PostingList list)
    : db_(db), list_(list), bytes_(db, "SELECT bytes FROM posting WHERE id = ?1")
{
    readDirectory();
}

void Postings::readDirectory()
{
    runs_.clear();
    Statement rows(db_,
                   "SELECT run, id, first, last, size FROM posting WHERE list = ?1 "
                   "ORDER BY run, first, last, id");
    for (rows.bind(static_cast<int>(list_)); rows.next();) {
        if (runs_.empty() || runs_.back().number != rows.integer(0))
            runs_.push_back({rows.integer(0), 0, {}});
        runs_.back().blocks.push_back({rows.integer(1), rows.integer(2), rows.integer(3)});
        runs_.back().size += static_cast<std::size_t>(rows.integer(4));
    }
}

void Postings::load(const Block& block, LargeVector<std::uint64_t>& numbers)
{
    numbers.clear();
    if (bytes_.bind(block.id).next()) unpack(bytes_.view(0), numbers);
    bytes_.reset();
}

const LargeVector<std::uint64_t>& Postings::read(const Block& block)
{
    const auto known = read_.find(block.id);
    if (known != read_.end()) return known->second;
    if (held_ > mostHeld) {
        read_.clear();
        held_ = 0;
    }
    auto& numbers = read_[block.id];
    load(block, numbers);
    held_ += numbers.size();
    return numbers;
}

void Postings::find(std::int64_t key, std::vector<std::int64_t>& found)
{
    const auto before = static_cast<std::ptrdiff_t>(found.size());
    const auto wanted = static_cast<std::uint64_t>(key);
    for (const Run& run : runs_) {
        auto block = std::ranges::lower_bound(run.blocks, key, {}, &Block::last);
        for (; block != run.blocks.end() && block->first <= key; ++block) {
            const auto& numbers = read(*block);
            auto at = std::ranges::lower_bound(numbers, wanted << 32U);
            for (; at != numbers.end() && *at >> 32U == wanted; ++at)
                found.push_back(static_cast<std::int64_t>(*at & UINT32_MAX));
        }
    }
    if (runs_.size() < 2) return;
    std::sort(found.begin() + before, found.end());
    found.erase(std::unique(found.begin() + before, found.end()), found.end());
}

Postings::Walk::Walk(Postings& postings, std::int64_t key)
    : postings_(postings), key_(static_cast<std::uint64_t>(key) << 32U)
{
    for (const Run& run : postings.runs_) {
        const auto block = std::ranges::lower_bound(run.blocks, key, {}, &Block::last);
        if (block == run.blocks.end() || block->first > key) continue;
        Place place{&run, static_cast<std::size_t>(block - run.blocks.begin()), {}, 0};
        postings.load(*block, place.numbers);
        const auto from = std::ranges::lower_bound(place.numbers, key_);
        place.at = static_cast<std::size_t>(from - place.numbers.begin());
        if (settle(place)) places_.push_back(std::move(place));
    }
}

/// Moves on to the next block at the end of one. @return false when the key has no more in the run
bool Postings::Walk::settle(Place& place)
{
    if (place.at == place.numbers.size()) {
        const auto& blocks = place.run->blocks;
        if (++place.block == blocks.size()) return false;
        postings_.load(blocks[place.block], place.numbers);
        place.at = 0;
        if (place.numbers.empty()) return false;
    }
    return (place.numbers[place.at] ^ key_) >> 32U == 0;
}

std::optional<std::int64_t> Postings::Walk::next()
{
    while (!places_.empty()) {
        const auto least = std::ranges::min_element(
            places_, {}, [](const Place& place) { return place.numbers[place.at]; });
        const auto message = static_cast<std::int64_t>(least->numbers[least->at] & UINT32_MAX);
        ++least->at;
        if (!settle(*least)) places_.erase(least);
        if (std::exchange(before_, message) != message) return message;
    }
    return std::nullopt;
}

/// Runs at most twice as long as what comes are taken into it.
void Postings::takeSmallRuns(LargeVector<std::uint64_t>& postings)
{
    Statement drop(db_, "DELETE FROM posting WHERE list = ?1 AND run = ?2");
    LargeVector<std::uint64_t> numbers;
    while (!runs_.empty()) {
        const Run& run = runs_.back();
        const auto limit = std::max(postings.size() * 2, blockSize);
        if (run.size > limit || run.size + postings.size() > mostMerged) break;
        for (const Block& block : run.blocks) {
            load(block, numbers);
            postings.insert(postings.end(), numbers.begin(), numbers.end());
        }
        drop.run(static_cast<int>(list_), run.number);
        runs_.pop_back();
    }
}

void Postings::add(LargeVector<std::uint64_t>& postings)
{
    if (postings.empty()) return;
    takeSmallRuns(postings);
    sortNumbers(postings);
    postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
    write(postings);
    postings.clear();
    read_.clear();
    held_ = 0;
}

void Postings::write(const LargeVector<std::uint64_t>& postings)
{
    Run run{runs_.empty() ? 1 : runs_.back().number + 1, postings.size(), {}};
    Statement next(db_, "SELECT ifnull(max(id), 0) FROM posting");
    next.next();
    auto id = next.integer(0);
    Statement insert(db_, insertBlock);
    NumberWriter writer;
    for (std::size_t at = 0; at < postings.size(); at += blockSize) {
        const auto count = std::min(blockSize, postings.size() - at);
        const auto first = static_cast<std::int64_t>(postings[at] >> 32U);
        const auto last = static_cast<std::int64_t>(postings[at + count - 1] >> 32U);
        writer.clear();
        pack(&postings[at], count, writer);
        insert.run(++id, static_cast<int>(list_), run.number, first, last,
                   static_cast<std::int64_t>(count), blobOf(writer.bytes()));
        run.blocks.push_back({id, first, last});
    }
    runs_.push_back(std::move(run));
}

void forgetPostings(const Database& db, const std::vector<std::int64_t>& messages)
{
    Statement drop(db, "DELETE FROM posting WHERE id = ?1");
    Statement shrink(db, "UPDATE posting SET size = ?2, bytes = ?3 WHERE id = ?1");
    Statement reseal(db, sealing("posting", "id = ?1"));
    std::vector<std::int64_t> blocks;
    Statement all(db, "SELECT id FROM posting ORDER BY id");
    while (all.next()) blocks.push_back(all.integer(0));
    Statement bytesOf(db, "SELECT bytes FROM posting WHERE id = ?1");
    LargeVector<std::uint64_t> numbers;
    for (const auto block : blocks) {
        bytesOf.bind(block).next();
        unpack(bytesOf.view(0), numbers);
        bytesOf.reset();
        const auto gone = std::erase_if(numbers, [&](std::uint64_t number) {
            return std::ranges::binary_search(messages,
                                              static_cast<std::int64_t>(number & UINT32_MAX));
        });
        if (gone == 0) continue;
        if (numbers.empty()) {
            drop.run(block);
            continue;
        }
        NumberWriter writer;
        pack(numbers.data(), numbers.size(), writer);
        shrink.run(block, static_cast<std::int64_t>(numbers.size()), blobOf(writer.bytes()));
        reseal.run(block);
    }
}

}  // namespace kith
