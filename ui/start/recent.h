#pragma once

#include <QDateTime>
#include <QString>

#include <filesystem>
#include <vector>

namespace kith {

struct RecentWorkspace {
    std::filesystem::path path;
    QDateTime opened;
    bool missing = false;
};

/// Newest first, at most ten.
std::vector<RecentWorkspace> recentWorkspaces();
void rememberRecent(const std::filesystem::path& path);
void forgetRecent(const std::filesystem::path& path);

}  // namespace kith
