#pragma once

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTest>

/// Looks for what a reader could not see whole, nor bring into view by scrolling.
namespace kith::tests {

/// The words that a widget has to show; empty when it has none.
inline QString wordsOf(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) return label->text();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) return box->currentText();
    return {};
}

/// A label needs the height that its width asks for, and the width of its longest word.
inline bool isTooSmall(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
        const QSize needed = label->wordWrap() ? QSize(label->minimumSizeHint().width(),
                                                       label->heightForWidth(label->width()))
                                               : label->sizeHint();
        return needed.width() > label->width() || needed.height() > label->height();
    }
    const QSize needed = widget.minimumSizeHint();
    return needed.width() > widget.width() || needed.height() > widget.height();
}

/// The scroll area whose contents the widget is or is in, up to `top`.
inline const QAbstractScrollArea* scrollerOf(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    if (parent == nullptr || parent->parentWidget() == nullptr) return nullptr;
    const auto* area = qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
    return area != nullptr && area->viewport() == parent ? area : nullptr;
}

/// True when part of it lies outside of what holds it, where no scroll bar leads.
inline bool isCutOff(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    if (parent == nullptr || widget.isWindow()) return false;
    const QRect place = widget.geometry();
    const auto* area = scrollerOf(widget);
    if (area == nullptr) return !parent->rect().contains(place);
    const bool across =
        place.width() > parent->width() && !area->horizontalScrollBar()->isVisible();
    const bool down = place.height() > parent->height() && !area->verticalScrollBar()->isVisible();
    return across || down;
}

/// Every visible text of the window that does not fit, or that lies where nobody can see it, at
/// this moment.
inline QStringList cutNow(const QWidget& window)
{
    QStringList found;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        const QString words = wordsOf(*widget);
        if (!widget->isVisible() || words.isEmpty()) continue;
        if (isTooSmall(*widget)) found << QStringLiteral("too small: ") + words;
        for (const QWidget* each = widget; each != nullptr && each != &window;
             each = each->parentWidget()) {
            if (!isCutOff(*each)) continue;
            found << QStringLiteral("cut off by %1: ")
                             .arg(QString::fromLatin1(
                                 each->parentWidget()->metaObject()->className())) +
                         words;
            break;
        }
    }
    return found;
}

/// The same, of what stays so: a text that changed a moment ago gets its place first, which may
/// take a few turns where work tells of itself in several places.
inline QStringList cutTexts(const QWidget& window)
{
    constexpr int patience = 3000;
    QStringList found;
    const auto whole = [&] {
        found = cutNow(window);
        return found.isEmpty();
    };
    return QTest::qWaitFor(whole, patience) ? QStringList() : found;
}

}  // namespace kith::tests
