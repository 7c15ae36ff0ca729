#pragma once

#include "core/model/community.h"

#include <array>
#include <string_view>

namespace kith {

/// The nine characteristics in plain words, and what each level means (METHODS l).
struct RubricRow {
    Characteristic characteristic;
    std::string_view title;                  ///< "Vision and mission"
    std::string_view question;               ///< one plain question
    std::array<std::string_view, 5> levels;  ///< level 0 to 4
    std::string_view evidence;               ///< what conversation can show
    std::string_view unseen;                 ///< what it cannot
};

const std::array<RubricRow, 9>& rubric();
const RubricRow& rubricOf(Characteristic characteristic);

}  // namespace kith
