#pragma once

#include <filesystem>

namespace kith {

class Document;

// Files that leave the workspace, written by a job. People are called by their pseudonyms. Each
// file is there whole or not at all.

/// As .png when the name ends so, else as .svg.
void writeMap(Document& document, const std::filesystem::path& file);

/// One page of HTML that stands by itself.
void writeReport(Document& document, const std::filesystem::path& file);

}  // namespace kith
