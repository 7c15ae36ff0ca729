#include <QApplication>
#include <QCommandLineParser>
#include <QStyleFactory>

#include "core/base/allocator.h"
#include "core/version.h"
#include "ui/start/start.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/window/window.h"

#include <filesystem>

namespace {

void openWanted(const QCommandLineParser& words, kith::Window& window)
{
    if (words.isSet(QStringLiteral("scenario"))) {
        window.findChild<kith::StartScreen*>()->tryScenario();
    } else if (!words.positionalArguments().isEmpty()) {
        const auto file = words.positionalArguments().constFirst().toStdString();
        window.openPath(std::filesystem::path(file));
    }
}

}  // namespace

int main(int argc, char** argv)
{
    kith::giveLargeBlocksBack();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("kith"));
    QCoreApplication::setOrganizationName(QStringLiteral("kith"));
    QCoreApplication::setApplicationVersion(QString::fromLatin1(kith::kithVersion));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Kith"));
    QGuiApplication::setDesktopFileName(QStringLiteral("kith"));
    QApplication::setWindowIcon(kith::icon(QStringLiteral("kith")));

    QCommandLineParser words;
    words.setApplicationDescription(
        QStringLiteral("Maps communities from conversation exports. Nothing leaves this computer."));
    words.addHelpOption();
    words.addVersionOption();
    words.addOption({QStringLiteral("scenario"), QStringLiteral("Open an invented town: millbrook."),
                     QStringLiteral("name")});
    words.addPositionalArgument(QStringLiteral("file"),
                                QStringLiteral("A workspace to open, or an export to look at."));
    words.process(app);

    kith::theme().apply();
    kith::Window window;
    window.show();
    openWanted(words, window);
    return QApplication::exec();
}
