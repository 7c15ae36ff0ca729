#pragma once

#include "ui/widgets/card.h"

namespace kith {

struct TraitsReport;

/// What became of a table of people: how many rows found their person, and which did not.
class PeopleReport final : public QWidget {
    Q_OBJECT

public:
    explicit PeopleReport(QWidget* parent = nullptr);

    void tell(const TraitsReport& report);

private:
    void clear();
    void add(const QString& text, TextSize size, Tone tone);
    void addUnmatched(const TraitsReport& report);

    Card* card_;
};

}  // namespace kith
