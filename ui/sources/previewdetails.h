#pragma once

#include <QStringList>
#include <QWidget>

#include "core/store/ingest.h"

#include <string>
#include <vector>

class QVBoxLayout;

namespace kith {

/// All that a preview says of one file: what it shows and does not show, ten messages as they will
/// be stored, and what could not be read, with its line.
class PreviewDetails final : public QWidget {
    Q_OBJECT

public:
    explicit PreviewDetails(const ImportReport& report, QWidget* parent = nullptr);

private:
    void addShows(const ImportReport& report);
    void addMessages(const ImportReport& report);
    void addProblems(const ImportReport& report);

    QVBoxLayout* column_;
};

/// "1,234 messages · 12 people · 3 Mar – 9 Jun 2024 · 3 left out, 1 mended".
QString contentsLine(const ImportReport& report);

/// What a format shows and does not show, one sentence after the other; empty for one that this
/// Kith does not know.
QString showsText(const std::string& format, bool flat);

/// What the user should know of a file, without what showsText() says already.
QStringList warningsToShow(const std::vector<std::string>& warnings);

/// A zone's name as people read it: "America/New York", "UTC" for "Etc/UTC".
QString zoneText(const std::string& zone);

}  // namespace kith
