#pragma once

#include "core/store/workspace.h"

#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// Small settings of the workspace (purpose, last selection ...). Not part of the history.
std::optional<std::string> setting(const Workspace& workspace, std::string_view name);
void setSetting(Workspace& workspace, std::string_view name, std::string_view value);

/// Results that were slow to work out, kept for a workspace version and thrown away when it has
/// passed. `key` must hold everything the result depends on besides the version.
std::optional<std::string> kept(const Workspace& workspace, std::string_view key);
void keep(Workspace& workspace, std::string_view key, std::string_view bytes);

}  // namespace kith
