#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace kith::bench {

/// Records of one kind in a file, as patterns in which "%name%" stands for what memoryinputs.cpp
/// says of one message.
struct Part {
    std::string path{};   ///< in the input's folder; empty = the input itself
    std::string front{};  ///< once, before the first record
    std::string record{};
    std::string reply{};     ///< %reply% of every third record
    std::string reaction{};  ///< %reaction% of every fourth record
    std::string extra{};     ///< a record of its own behind every fifth
    std::string between = ",\n";
    std::string end{};
    std::uint64_t newPerson = 20;  ///< every so-many-th record is by somebody new; 0 = none is
    double share = 1;              ///< of the bytes. 0 = as many records as there are people
    std::uint64_t most = 900'000;  ///< people, where share is 0
    std::uint64_t fileBytes = 0;   ///< of each file, where the path holds "%day%"; 0 = one file
};

/// A format and how a large file of it looks.
struct Shape {
    std::string name;    ///< of the file or folder
    std::string format;  ///< id, as `kith-cli formats` lists it
    std::vector<Part> parts;
    std::string pack{};  ///< a shell command that makes an archive of it; {} is its path
};

/// One of each format that can be large.
const std::vector<Shape>& memoryShapes();

/// Parts of it, in files of their own.
std::vector<Shape> postShapes();
std::vector<Shape> graphShapes();

/// Writes an input of about so many bytes. @return where it is: with `pack`, the archive
std::filesystem::path writeShape(const Shape& shape, const std::filesystem::path& folder,
                                 std::uint64_t bytes);

}  // namespace kith::bench
