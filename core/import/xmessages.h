#pragma once

#include "core/import/postimport.h"
#include "core/import/source.h"

namespace kith {

/// The direct messages of an X archive, one conversation each between two people or in a group.
/// They are private: all are left out and counted unless the user asks for them.
/// @param source the list behind its assignment
void readXMessages(ByteSource& source, const Place& place, PostImport& import);

}  // namespace kith
