#include "core/store/tieblocks.h"

#include "core/base/release.h"
#include "core/store/packed.h"
#include "core/store/rows.h"

#include <algorithm>

namespace kith {

namespace {

constexpr std::size_t blockSize = 256;
constexpr std::size_t mostLoaded = 64;

// The first number of a tie: its kind, and what else of it is written.
constexpr std::uint64_t kindMask = 0x0f;
constexpr std::uint64_t hasTarget = 0x10;
constexpr std::uint64_t hasTime = 0x20;
constexpr std::uint64_t hasWeight = 0x40;

std::string pack(const std::vector<StoredTie>& ties)
{
    NumberWriter writer;
    std::int64_t message = 0;
    std::int64_t millis = 0;
    for (const StoredTie& tie : ties) {
        const bool weighed = tie.weight != 1;
        writer.add(static_cast<std::uint64_t>(tie.kind) | (tie.target != 0 ? hasTarget : 0) |
                   (tie.time ? hasTime : 0) | (weighed ? hasWeight : 0));
        writer.addSigned(tie.message - message);
        writer.add(static_cast<std::uint64_t>(tie.from));
        writer.add(static_cast<std::uint64_t>(tie.to));
        if (tie.target != 0) writer.addSigned(tie.message - tie.target);
        if (tie.time) writer.addSigned(toMillis(*tie.time) - millis);
        if (weighed) writer.addReal(tie.weight);
        message = tie.message;
        if (tie.time) millis = toMillis(*tie.time);
    }
    return std::string(writer.bytes());
}

void unpack(std::string_view bytes, std::vector<StoredTie>& ties)
{
    ties.clear();
    NumberReader reader(bytes);
    std::int64_t message = 0;
    std::int64_t millis = 0;
    // Sums are worked out unsigned: damaged bytes may run over.
    const auto plus = [](std::int64_t a, std::int64_t b) {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) +
                                         static_cast<std::uint64_t>(b));
    };
    const auto minus = [](std::int64_t a, std::int64_t b) {
        return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) -
                                         static_cast<std::uint64_t>(b));
    };
    while (!reader.atEnd()) {
        const auto head = reader.next();
        StoredTie tie;
        tie.kind = static_cast<TieKind>(head & kindMask);
        message = plus(message, reader.nextSigned());
        tie.message = message;
        tie.from = static_cast<std::int64_t>(reader.next());
        tie.to = static_cast<std::int64_t>(reader.next());
        if ((head & hasTarget) != 0) tie.target = minus(message, reader.nextSigned());
        if ((head & hasTime) != 0) {
            millis = plus(millis, reader.nextSigned());
            tie.time = fromMillis(millis);
        }
        if ((head & hasWeight) != 0) tie.weight = reader.nextReal();
        ties.push_back(tie);
    }
}

}  // namespace

TieWriter::TieWriter(const Database& db, std::int64_t conversation)
    : conversation_(conversation),
      next_(db, "SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'tie_block'), 0) + 1"),
      insert_(db,
              "INSERT INTO tie_block (id, conversation, first, last, bytes, hash) VALUES "
              "(?1, ?2, ?3, ?4, ?5, message_hash(?1, ?2, ?3, ?4, ?5))")
{
    waiting_.reserve(blockSize);
}

void TieWriter::add(const StoredTie& tie)
{
    waiting_.push_back(tie);
    if (waiting_.size() >= blockSize) write();
}

void TieWriter::write()
{
    const std::string bytes = pack(waiting_);
    next_.bind().next();
    const auto id = next_.integer(0);
    next_.reset();
    insert_.run(id, conversation_, waiting_.front().message, waiting_.back().message,
                blobOf(bytes));
    waiting_.clear();
}

void TieWriter::finish()
{
    if (!waiting_.empty()) write();
}

void eachStoredTie(const Database& db, const std::function<void(const StoredTie&)>& each)
{
    Statement blocks(db, "SELECT bytes FROM tie_block ORDER BY id");
    std::vector<StoredTie> ties;
    while (blocks.next()) {
        unpack(blocks.view(0), ties);
        for (const StoredTie& tie : ties) each(tie);
    }
}

TiesOfMessages::TiesOfMessages(const Database& db)
    : bytes_(db, "SELECT bytes FROM tie_block WHERE id = ?1")
{
    Statement rows(db,
                   "SELECT id, first, last FROM tie_block WHERE conversation = 0 "
                   "ORDER BY first, last, id");
    while (rows.next()) {
        blocks_.push_back({rows.integer(0), rows.integer(1), rows.integer(2), {}});
        const auto before = furthest_.empty() ? 0 : furthest_.back();
        furthest_.push_back(std::max(before, blocks_.back().last));
    }
}

void TiesOfMessages::load(Block& block)
{
    if (!block.ties.empty()) return;
    if (loaded_.size() >= mostLoaded) {
        for (const auto at : loaded_) release(blocks_[at].ties);
        loaded_.clear();
    }
    if (bytes_.bind(block.id).next()) unpack(bytes_.view(0), block.ties);
    bytes_.reset();
    loaded_.push_back(static_cast<std::size_t>(&block - blocks_.data()));
}

void TiesOfMessages::of(std::int64_t message, std::vector<StoredTie>& ties)
{
    ties.clear();
    const auto start = std::ranges::lower_bound(furthest_, message) - furthest_.begin();
    for (auto at = static_cast<std::size_t>(start);
         at < blocks_.size() && blocks_[at].first <= message; ++at) {
        Block& block = blocks_[at];
        if (block.last < message) continue;
        load(block);
        // clang 14, which fuzzes this, has no ranges::equal_range
        const auto from = std::ranges::lower_bound(block.ties, message, {}, &StoredTie::message);
        const auto until = std::ranges::upper_bound(block.ties, message, {}, &StoredTie::message);
        ties.insert(ties.end(), from, until);
    }
}

void keepTies(const Database& db, const std::function<bool(const StoredTie&)>& keep)
{
    std::vector<std::int64_t> blocks;
    Statement all(db, "SELECT id FROM tie_block ORDER BY id");
    while (all.next()) blocks.push_back(all.integer(0));
    all.reset();
    Statement bytesOf(db, "SELECT bytes FROM tie_block WHERE id = ?1");
    Statement drop(db, "DELETE FROM tie_block WHERE id = ?1");
    Statement shrink(db, "UPDATE tie_block SET first = ?2, last = ?3, bytes = ?4 WHERE id = ?1");
    Statement reseal(db, sealing("tie_block", "id = ?1"));
    std::vector<StoredTie> ties;
    for (const auto block : blocks) {
        bytesOf.bind(block).next();
        unpack(bytesOf.view(0), ties);
        bytesOf.reset();
        if (std::erase_if(ties, [&](const StoredTie& tie) { return !keep(tie); }) == 0) continue;
        if (ties.empty()) {
            drop.run(block);
            continue;
        }
        const std::string bytes = pack(ties);
        shrink.run(block, ties.front().message, ties.back().message, blobOf(bytes));
        reseal.run(block);
    }
}

void dropInferredTies(const Database& db, std::int64_t conversation)
{
    Statement(db, "DELETE FROM tie_block WHERE conversation = ?1").run(conversation);
}

}  // namespace kith
