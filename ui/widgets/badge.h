#pragma once

#include <QWidget>

namespace kith {

/// Initials in a circle (a person) or a rounded square (an organisation), in the colour of the
/// group.
class PersonBadge final : public QWidget {
    Q_OBJECT

public:
    explicit PersonBadge(QWidget* parent = nullptr);

    void setPerson(const QString& name, bool organisation, int territory = -1);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString name_;
    bool organisation_ = false;
    int territory_ = -1;
};

/// "AB" of "Ann Brown", "P1" of "P-104".
QString initialsOf(const QString& name);

}  // namespace kith
