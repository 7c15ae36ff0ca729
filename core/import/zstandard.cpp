#include "core/base/text.h"
#include "core/import/packing.h"
#include "core/import/question.h"

#include <new>
#include <zstd.h>
#include <zstd_errors.h>

namespace kith {
namespace {

struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstandardSource final : public ByteSource {
public:
    ZstandardSource(std::unique_ptr<ByteSource> packed, unsigned windowLog, Place place)
        : packed_(std::move(packed)),
          windowLog_(windowLog),
          place_(std::move(place)),
          chunk_(ZSTD_DStreamInSize()),
          context_(ZSTD_createDCtx())
    {
        if (!context_) throw std::bad_alloc();
        const auto set = ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax,
                                                static_cast<int>(windowLog));
        if (ZSTD_isError(set) != 0) throw std::bad_alloc();
    }

    std::size_t read(std::span<char> buffer) override
    {
        ZSTD_outBuffer out{buffer.data(), buffer.size(), 0};
        while (out.pos == 0 && out.size > 0) {
            // A full buffer before may have left bytes inside, so the decoder is asked first.
            if (in_.pos == in_.size && !pending_ && !fill()) {
                if (inFrame_) throw CutOff(place_);
                return 0;
            }
            const auto before = in_.pos;
            const auto result = ZSTD_decompressStream(context_.get(), &out, &in_);
            if (ZSTD_isError(result) != 0) fail(result);
            inFrame_ = result != 0;
            pending_ = inFrame_ && out.pos == out.size;
            if (in_.pos == before && out.pos == 0 && in_.pos < in_.size) {
                damaged("the packed file is damaged");
            }
        }
        return out.pos;
    }

private:
    bool fill()
    {
        const auto count = packed_->read(chunk_);
        in_ = {chunk_.data(), count, 0};
        return count > 0;
    }

    [[noreturn]] void fail(std::size_t result) const
    {
        const auto code = ZSTD_getErrorCode(result);
        if (code == ZSTD_error_memory_allocation) throw std::bad_alloc();
        if (code == ZSTD_error_checksum_wrong) damaged("the file's checksum is wrong");
        if (code != ZSTD_error_frameParameter_windowTooLarge) damaged("the packed file is damaged");
        throw AnswerNeeded(
            {Question::About::Limits, {}, {}},
            "unpacking the file needs more than " +
                withSeparators(static_cast<std::int64_t>(1ULL << (windowLog_ - 20U))) +
                " MB of memory",
            place_,
            windowLog_ < 31 ? "If you trust it and have 2 GB of memory free, pass "
                              "--raise-limits."
                            : "Pack it again with a smaller window.");
    }

    [[noreturn]] void damaged(const std::string& what) const
    {
        throw Error(Error::Kind::BadInput, what, place_,
                    "Nothing of it was kept. Export or download it again.");
    }

    std::unique_ptr<ByteSource> packed_;
    unsigned windowLog_;
    Place place_;
    std::vector<char> chunk_;
    std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
    ZSTD_inBuffer in_{};
    bool inFrame_ = false;
    bool pending_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> unzstd(std::unique_ptr<ByteSource> packed, unsigned windowLog,
                                   Place place)
{
    return std::make_unique<ZstandardSource>(std::move(packed), windowLog, std::move(place));
}

}  // namespace kith
