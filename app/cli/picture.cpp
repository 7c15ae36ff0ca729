#include "app/cli/picture.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QTemporaryDir>

#include "core/base/error.h"
#include "ui/map/picture.h"

namespace kith::cli {

void writeMapPng(std::ostream& out, const MapScene& scene, int width, int height)
{
    // Fonts need an application object; the offscreen platform needs no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir runtime;  // private, or Qt warns on standard error
    if (!qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) {
        qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    }
    int count = 1;
    char name[] = "kith-cli";
    char* arguments[] = {name, nullptr};
    const QGuiApplication application(count, arguments);

    const QImage picture = renderMap(scene, QSize(width, height), false);
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    if (picture.isNull() || !picture.save(&bytes, "PNG")) {
        throw Error(Error::Kind::CannotWrite, "the picture could not be made", {},
                    "Try a smaller --size.");
    }
    out.write(bytes.data().constData(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace kith::cli
