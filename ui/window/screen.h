#pragma once

#include <QWidget>

namespace kith {

class Document;

/// One place on the rail. Answers one question; the window shows title and question above it. A
/// screen shows and asks; it decides nothing, never runs SQL and never blocks. It lives as long as
/// the document, connects to its signals, and must show something sensible when nothing is open.
class Screen : public QWidget {
    Q_OBJECT

public:
    explicit Screen(Document& document, QWidget* parent = nullptr)
        : QWidget(parent), document_(document)
    {}

    virtual QString id() const = 0;        ///< "map"
    virtual QString title() const = 0;     ///< "Map"
    virtual QString question() const = 0;  ///< "Who lives where, who crosses, what is missing?"
    virtual QString iconName() const = 0;  ///< of resources/icons
    /// True when it makes sense without an open workspace.
    virtual bool worksClosed() const { return false; }
    /// The widget that takes the keys when the screen is shown.
    virtual QWidget* firstFocus() { return this; }

    Document& document() const { return document_; }

Q_SIGNALS:
    /// Asks the window to show another screen, by id.
    void wanted(const QString& screenId);

private:
    Document& document_;
};

}  // namespace kith
