#include "ui/start/recent.h"

#include <QSettings>

#include <algorithm>
#include <system_error>

namespace kith {

namespace {

constexpr std::size_t most = 10;

void write(const std::vector<RecentWorkspace>& list)
{
    QSettings settings;
    settings.beginWriteArray(QStringLiteral("recent"), static_cast<int>(list.size()));
    for (std::size_t i = 0; i < list.size(); ++i) {
        settings.setArrayIndex(static_cast<int>(i));
        settings.setValue(QStringLiteral("path"), QString::fromStdString(list[i].path.string()));
        settings.setValue(QStringLiteral("opened"), list[i].opened);
    }
    settings.endArray();
}

}  // namespace

std::vector<RecentWorkspace> recentWorkspaces()
{
    std::vector<RecentWorkspace> list;
    QSettings settings;
    const int count = settings.beginReadArray(QStringLiteral("recent"));
    for (int i = 0; i < count; ++i) {
        settings.setArrayIndex(i);
        RecentWorkspace one;
        one.path = settings.value(QStringLiteral("path")).toString().toStdString();
        one.opened = settings.value(QStringLiteral("opened")).toDateTime();
        std::error_code unreadable;  // what cannot be looked at is as good as missing
        one.missing = !std::filesystem::exists(one.path, unreadable);
        if (!one.path.empty()) list.push_back(one);
    }
    settings.endArray();
    return list;
}

void forgetRecent(const std::filesystem::path& path)
{
    auto list = recentWorkspaces();
    list.erase(std::remove_if(list.begin(), list.end(),
                              [&](const RecentWorkspace& one) { return one.path == path; }),
               list.end());
    write(list);
}

void rememberRecent(const std::filesystem::path& path)
{
    const auto whole = std::filesystem::absolute(path);
    forgetRecent(whole);
    auto list = recentWorkspaces();
    list.insert(list.begin(), {whole, QDateTime::currentDateTimeUtc(), false});
    if (list.size() > most) list.resize(most);
    write(list);
}

}  // namespace kith
