#include <QApplication>
#include <QStandardPaths>
#include <QStyleFactory>

#include "ui/theme/theme.h"

#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication app(argc, argv);
    QCoreApplication::setOrganizationName(QStringLiteral("kith-test"));
    kith::theme().apply();
    return Catch::Session().run(argc, argv);
}
