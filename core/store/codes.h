#pragma once

#include "core/model/listening.h"
#include "core/model/selection.h"
#include "core/store/workspace.h"

#include <optional>
#include <string>
#include <vector>

namespace kith {

/// Puts codes on messages; what the same coder put on the same message before is replaced. One step
/// of the history for all of them. Coding::added is ignored: it is now.
/// @throws Error NotFound when a message is not there, or is a line of the platform's; Usage when a
///         coder has no name. Nothing is done then.
void codeMessages(Workspace& workspace, const std::vector<Coding>& codings);

/// Takes away all that one coder put on one message.
/// @return false when there was nothing
bool clearCodes(Workspace& workspace, MessageId message, const std::string& coder);

/// By message, then coder; of the selection's messages that are still there (its time, sources,
/// concern and community count).
std::vector<Coding> codings(const Workspace& workspace, const Selection& selection);

}  // namespace kith
