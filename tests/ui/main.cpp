#include <QApplication>
#include <QStyleFactory>
#include <QTemporaryDir>

#include "ui/theme/theme.h"

#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    // Settings and data of this process alone: tests run side by side, and none may see another's
    // text size or the user's own recent files.
    const QTemporaryDir home;
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"})
        qputenv(name, home.path().toUtf8());
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("kith-test"));
    kith::theme().apply();
    return Catch::Session().run(argc, argv);
}
