#pragma once

#include <QWidget>

#include "ui/sources/answers.h"

#include <vector>

namespace kith {

/// What can be set for a file that is read already: whose clock its times show, and whether what
/// is private comes along.
class Adjustments final : public QWidget {
    Q_OBJECT

public:
    explicit Adjustments(FileAnswers& answers, QWidget* parent = nullptr);

    /// Shows what makes a difference for these.
    void consider(const std::vector<ImportReport>& reports);

Q_SIGNALS:
    void adjusted();

private:
    void buildZone();
    void buildPrivate();

    FileAnswers& answers_;
    QWidget* zone_;
    QWidget* private_;
};

/// True when something was left out because it is private, or the format has such things.
bool hasPrivateParts(const ImportReport& report);

}  // namespace kith
