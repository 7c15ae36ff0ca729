#pragma once

#include "core/store/ingest.h"

namespace kith {

/// Who answers whom in flat chats, for ImportOptions::answers: text::answersIn over what the store
/// hands out. Here because this is the room that knows both.
AnswerFinder answerFinder();

}  // namespace kith
