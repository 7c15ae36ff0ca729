#include "ui/window/outputs.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgRenderer>

#include "core/base/error.h"
#include "core/report/report.h"
#include "ui/document/document.h"
#include "ui/jobs/jobs.h"
#include "ui/jobs/runner.h"
#include "ui/theme/theme.h"

#include <sstream>

namespace kith {

namespace {

constexpr int mapWidth = 1600;
constexpr int mapHeight = 1200;

void save(const std::filesystem::path& file, const QByteArray& bytes)
{
    QSaveFile out(QString::fromStdString(file.string()));
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit()) {
        throw Error(Error::Kind::CannotWrite,
                    "the file could not be written (" + out.errorString().toStdString() + ")",
                    Place{file.filename().string(), {}, {}, {}},
                    "Choose another folder, or make room on the disk.");
    }
}

QByteArray pictureOf(const QByteArray& drawing, const QColor& paper)
{
    QImage image(mapWidth, mapHeight, QImage::Format_ARGB32_Premultiplied);
    image.fill(paper);
    QPainter painter(&image);
    QSvgRenderer(drawing).render(&painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    return bytes;
}

/// One runner a document for all it writes, made when first needed.
JobRunner* writer(Document& document)
{
    const QString name = QStringLiteral("writer");
    if (auto* made = document.findChild<JobRunner*>(name)) return made;
    auto* runner = new JobRunner(&document);
    runner->setObjectName(name);
    document.jobs().list(runner);
    return runner;
}

}  // namespace

void writeMap(Document& document, const std::filesystem::path& file)
{
    writer(document)->start(
        Document::tr("Writing %1").arg(QString::fromStdString(file.filename().string())),
        [analysis = document.analysis(), file, paper = lightTokens().raised](Task& task) {
            task.begin("Drawing the map", 0);
            std::ostringstream text;
            writeMapSvg(text, sceneOf(*analysis, Naming::Pseudonyms), mapWidth, mapHeight);
            const QByteArray drawing = QByteArray::fromStdString(text.str());
            task.advance();
            save(file, file.extension() == ".png" ? pictureOf(drawing, paper) : drawing);
            return file;
        },
        [&document](const std::filesystem::path& done) {
            document.say(Document::tr("The map is in %1, with pseudonyms for names.")
                             .arg(QString::fromStdString(done.string())));
        });
}

void writeReport(Document& document, const std::filesystem::path& file)
{
    writer(document)->start(
        Document::tr("Writing %1").arg(QString::fromStdString(file.filename().string())),
        [analysis = document.analysis(), file, path = document.path()](Task& task) {
            const Workspace own = Workspace::open(path, Workspace::Mode::ReadOnly);
            std::ostringstream text;
            writeHtmlReport(text, own, *analysis, ReportOptions{}, task);
            save(file, QByteArray::fromStdString(text.str()));
            return file;
        },
        [&document](const std::filesystem::path& done) {
            document.say(Document::tr("The report is in %1, with pseudonyms for names.")
                             .arg(QString::fromStdString(done.string())));
        });
}

}  // namespace kith
