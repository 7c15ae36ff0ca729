#include "core/store/suppression.h"

#include "core/base/text.h"
#include "core/store/database.h"

namespace kith {

Hash suppressionMark(std::string_view workspaceKey, std::string_view platform,
                     std::string_view keyOrHandle)
{
    return Hasher(workspaceKey)
        .add("suppressed")
        .add(platform)
        .add(foldForMatching(keyOrHandle))
        .finish();
}

std::string workspaceKey(const Database& db)
{
    Statement row(db, "SELECT value FROM meta WHERE name = 'key'");
    row.next();
    return row.text(0);
}

void suppress(Workspace& workspace, std::string_view platform, std::string_view keyOrHandle)
{
    const Database& db = workspace.database();
    const Hash mark = suppressionMark(workspaceKey(db), platform, keyOrHandle);
    Statement(db, "INSERT OR IGNORE INTO suppression (mark) VALUES (?1)").run(Blob{mark});
}

}  // namespace kith
