#include <QApplication>
#include <QStyleFactory>

#include "core/version.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/window/window.h"

#include <filesystem>

int main(int argc, char** argv)
{
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("kith"));
    QCoreApplication::setOrganizationName(QStringLiteral("kith"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(kith::kithVersion));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Kith"));
    QGuiApplication::setDesktopFileName(QStringLiteral("kith"));
    QApplication::setWindowIcon(kith::icon(QStringLiteral("kith")));
    kith::theme().apply();

    kith::Window window;
    window.show();
    const QStringList words = QCoreApplication::arguments();
    if (words.size() > 1) window.openPath(std::filesystem::path(words.at(1).toStdString()));
    return QApplication::exec();
}
