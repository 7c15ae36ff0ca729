#pragma once

#include <QFrame>
#include <QVBoxLayout>

#include "ui/widgets/text.h"

namespace kith {

/// A quiet raised surface; put things into body().
class Card final : public QFrame {
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

    QVBoxLayout* body() const { return body_; }
    /// Lit up, for a drop or a choice.
    void setLit(bool lit);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* body_;
    bool lit_ = false;
};

/// The name of a part of a page, with room for a muted remark and buttons on the right.
class SectionHeader final : public QWidget {
    Q_OBJECT

public:
    explicit SectionHeader(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setRemark(const QString& remark);
    void addRight(QWidget* widget);

private:
    Text* title_;
    Text* remark_;
    QHBoxLayout* row_;
};

/// One sentence and one button, in the middle of an empty page.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString& sentence, const QString& button, QWidget* parent = nullptr);

    void setSentence(const QString& sentence);
    QPushButton* button() const { return button_; }

Q_SIGNALS:
    void clicked();

private:
    void fit();

    Text* sentence_;
    QPushButton* button_;
};

/// A page that scrolls when it is larger than the window; returns the layout of its column.
/// @param width the widest a column of text gets, in pixels; 0 = as wide as there is room
QVBoxLayout* scrollingColumn(QWidget* page, int width = 0);

/// Takes everything out of a layout; its widgets go as soon as nothing of theirs is running.
void removeAll(QLayout* layout);

/// Puts a name that can be pressed behind the rows, and below it what is said of it.
/// @return the name
QPushButton* addLinkedRow(QVBoxLayout* rows, const QString& name, const QString& about);

}  // namespace kith
