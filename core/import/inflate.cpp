#include "core/base/error.h"
#include "core/import/packing.h"

#include <algorithm>
#include <array>
#include <zlib.h>

namespace kith {
namespace {

constexpr std::size_t chunkBytes = 1U << 16U;
constexpr int gzipFraming = MAX_WBITS + 16;
constexpr int noFraming = -MAX_WBITS;

class InflateSource final : public ByteSource {
public:
    InflateSource(std::unique_ptr<ByteSource> packed, bool gzip, Place place)
        : packed_(std::move(packed)), gzip_(gzip), place_(std::move(place)), chunk_(chunkBytes)
    {
        if (inflateInit2(&stream_, gzip ? gzipFraming : noFraming) != Z_OK) throw std::bad_alloc();
    }

    ~InflateSource() override { inflateEnd(&stream_); }
    InflateSource(const InflateSource&) = delete;
    InflateSource& operator=(const InflateSource&) = delete;

    std::size_t read(std::span<char> buffer) override
    {
        if (ended_ || buffer.empty()) return 0;
        const auto room = static_cast<uInt>(std::min<std::size_t>(buffer.size(), 1U << 30U));
        // zlib writes there; its interface is older than the distinction.
        stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream_.avail_out = room;
        while (stream_.avail_out == room && !ended_) step();
        return room - stream_.avail_out;
    }

    std::uint64_t consumed() const { return fed_ - stream_.avail_in; }

private:
    void step()
    {
        if (stream_.avail_in == 0 && !fill()) throw CutOff(place_);
        const int result = inflate(&stream_, Z_NO_FLUSH);
        if (result == Z_STREAM_END) {
            ended_ = !gzip_ || !another();
            if (!ended_ && inflateReset(&stream_) != Z_OK) damaged("the packed file is damaged");
        } else if (result == Z_DATA_ERROR && stream_.msg != nullptr &&
                   std::string_view(stream_.msg) == "incorrect data check") {
            damaged("the file's checksum is wrong");
        } else if (result != Z_OK && result != Z_BUF_ERROR) {
            damaged("the packed file is damaged");
        }
    }

    /// Another member behind the one that ended? Zeros are padding, as of tapes.
    bool another()
    {
        for (;;) {
            while (stream_.avail_in > 0 && *stream_.next_in == 0) {
                ++stream_.next_in;
                --stream_.avail_in;
            }
            if (stream_.avail_in > 0) break;
            if (!fill()) return false;
        }
        if (*stream_.next_in != 0x1f) damaged("something else stands behind the packed file's end");
        return true;
    }

    bool fill()
    {
        const auto count = packed_->read(chunk_);
        stream_.next_in = reinterpret_cast<Bytef*>(chunk_.data());
        stream_.avail_in = static_cast<uInt>(count);
        fed_ += count;
        return count > 0;
    }

    [[noreturn]] void damaged(const std::string& what) const
    {
        throw Error(Error::Kind::BadInput, what, place_,
                    "Nothing of it was kept. Export or download it again.");
    }

    std::unique_ptr<ByteSource> packed_;
    bool gzip_;
    Place place_;
    std::vector<char> chunk_;
    z_stream stream_{};
    std::uint64_t fed_ = 0;
    bool ended_ = false;
};

/// Somebody else's source, for as long as it lives.
class BorrowedSource final : public ByteSource {
public:
    explicit BorrowedSource(ByteSource& lender) : lender_(lender) {}
    std::size_t read(std::span<char> buffer) override { return lender_.read(buffer); }

private:
    ByteSource& lender_;
};

}  // namespace

std::unique_ptr<ByteSource> gunzipped(std::unique_ptr<ByteSource> packed, Place place)
{
    return std::make_unique<InflateSource>(std::move(packed), true, std::move(place));
}

std::unique_ptr<ByteSource> inflated(std::unique_ptr<ByteSource> packed, Place place)
{
    return std::make_unique<InflateSource>(std::move(packed), false, std::move(place));
}

DeflateEnd deflateEnd(ByteSource& packed, const std::function<void(std::size_t)>& produced)
{
    InflateSource source(std::make_unique<BorrowedSource>(packed), false, {});
    std::vector<char> buffer(chunkBytes);
    uLong sum = 0;
    while (const auto count = source.read(buffer)) {
        sum = crc32(sum, reinterpret_cast<const Bytef*>(buffer.data()), static_cast<uInt>(count));
        produced(count);
    }
    return {source.consumed(), static_cast<std::uint32_t>(sum)};
}

}  // namespace kith
