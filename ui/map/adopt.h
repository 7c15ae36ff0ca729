#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace kith {

class Text;

/// Asks under which name a group of people is to be kept.
class AdoptBox final : public QWidget {
    Q_OBJECT

public:
    explicit AdoptBox(QWidget* parent = nullptr);

    /// @param who "24 people circled"
    /// @param name to begin with, in the people's own words
    void offer(const QString& who, const QString& name);
    void focusName();

Q_SIGNALS:
    void wanted(const QString& name);

private:
    Text* who_;
    QLineEdit* name_;
    QPushButton* adopt_;
};

}  // namespace kith
