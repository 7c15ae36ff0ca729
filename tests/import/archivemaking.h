#pragma once

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <zlib.h>
#include <zstd.h>

/// Archives written byte by byte, so that tests can make them wrong.
namespace kith::tests {

using Files = std::vector<std::pair<std::string, std::string>>;

/// One gzip member (window bits 31), or a raw deflate stream (-15).
inline std::string deflatedText(std::string_view text, int windowBits)
{
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8,
                         Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    std::string in(text);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

inline std::string gzip(std::string_view text)
{
    return deflatedText(text, 31);
}

inline std::string zstd(std::string_view text, int windowLog = 0)
{
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    if (windowLog > 0) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, windowLog);
        // Without the size in its head the frame needs its whole window.
        ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    }
    std::string out(ZSTD_compressBound(text.size()) + 64, '\0');
    ZSTD_inBuffer in{text.data(), text.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    if (windowLog > 0) {
        ZSTD_inBuffer half{text.data(), text.size() / 2, 0};
        ZSTD_compressStream2(context, &to, &half, ZSTD_e_flush);
        in.pos = half.size;
    }
    const auto left = ZSTD_compressStream2(context, &to, &in, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    REQUIRE(left == 0);
    out.resize(to.pos);
    return out;
}

inline std::string padded(std::string text)
{
    text.resize((text.size() + 511) / 512 * 512, '\0');
    return text;
}

/// One ustar header with a right checksum.
inline std::string tarHeader(const std::string& name, std::size_t size, char type = '0')
{
    std::string header(512, '\0');
    header.replace(0, name.size(), name);
    header.replace(100, 7, "0000644");
    header.replace(124, 11, fmt::format("{:011o}", size));
    header.replace(136, 11, "00000000000");
    header[156] = type;
    header.replace(257, 8,
                   std::string("ustar\0"
                               "00",
                               8));
    header.replace(148, 8, "        ");
    unsigned sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    header.replace(148, 7, fmt::format("{:06o}", sum) + std::string(1, '\0'));
    return header;
}

inline std::string tarEnd()
{
    return std::string(1024, '\0');
}

inline std::string tarFile(const std::string& name, const std::string& text, char type = '0')
{
    return tarHeader(name, text.size(), type) + padded(text);
}

inline std::string tar(const Files& files)
{
    std::string all;
    for (const auto& [name, text] : files) all += tarFile(name, text);
    return all + tarEnd();
}

inline std::string pax(const std::string& key, const std::string& value)
{
    const auto record = " " + key + "=" + value + "\n";
    std::size_t length = record.size();
    while (std::to_string(length).size() + record.size() != length) ++length;
    return tarFile("PaxHeaders/x", std::to_string(length) + record, 'x');
}

inline void put(std::string& out, std::uint64_t value, int width)
{
    for (int i = 0; i < width; ++i) out += static_cast<char>(value >> (8 * i) & 0xffU);
}

/// A zip archive of deflated entries. With `behind` the sizes stand behind the data, as streaming
/// programs write them.
inline std::string zip(const Files& files, bool behind = false)
{
    std::string all;
    std::string directory;
    for (const auto& [name, text] : files) {
        const auto packed = deflatedText(text, -15);
        const auto sum = static_cast<std::uint32_t>(
            crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
        const auto sizes = [&](std::string& out, bool known) {
            put(out, known ? sum : 0, 4);
            put(out, known ? static_cast<std::uint32_t>(packed.size()) : 0, 4);
            put(out, known ? static_cast<std::uint32_t>(text.size()) : 0, 4);
        };
        const auto at = static_cast<std::uint32_t>(all.size());
        const auto head = [&](std::string& out, bool known) {
            put(out, 20, 2);
            put(out, behind ? 8 : 0, 2);
            put(out, 8, 2);
            put(out, 0, 4);
            sizes(out, known);
            put(out, static_cast<std::uint32_t>(name.size()), 2);
            put(out, 0, 2);
        };
        all += "PK\x03\x04";
        head(all, !behind);
        all += name + packed;
        if (behind) {
            all += "PK\x07\x08";
            sizes(all, true);
        }
        directory += std::string("PK\x01\x02\x14\0", 6);
        head(directory, true);
        put(directory, 0, 10 - 4);
        put(directory, 0, 4);
        put(directory, at, 4);
        directory += name;
    }
    const auto at = static_cast<std::uint32_t>(all.size());
    all += directory + std::string("PK\x05\x06\0\0\0\0", 8);
    put(all, static_cast<std::uint32_t>(files.size()), 2);
    put(all, static_cast<std::uint32_t>(files.size()), 2);
    put(all, static_cast<std::uint32_t>(directory.size()), 4);
    put(all, at, 4);
    put(all, 0, 2);
    return all;
}

}  // namespace kith::tests
