#pragma once

#include "core/import/reader.h"
#include "core/store/ingest.h"

#include <string>

namespace kith {

/// What a user has said of one file, or left as it was.
struct FileAnswers {
    ReadOptions read;
    std::string format;        ///< read as this, whatever it looks like; empty = recognise
    bool formatRight = false;  ///< a guess at the format was confirmed
    bool raiseLimits = false;
};

}  // namespace kith
