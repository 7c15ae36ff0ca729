#pragma once

#include "ui/window/screen.h"

#include <filesystem>

class QVBoxLayout;

namespace kith {

class JobRunner;

/// The first page: what was open lately, an invented town to try, open, new, and the drop.
class StartScreen final : public Screen {
    Q_OBJECT

public:
    explicit StartScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("start"); }
    QString title() const override { return tr("Start"); }
    QString question() const override { return tr("What would you like to look at?"); }
    QString iconName() const override { return QStringLiteral("start"); }
    bool worksClosed() const override { return true; }
    QWidget* firstFocus() override;

    /// Writes the invented town of a scenario, imports it into a workspace of its own and opens it.
    /// One that was made before is opened as it was left.
    void tryScenario();

Q_SIGNALS:
    void newWanted();
    void openWanted();
    void workspaceChosen(const std::filesystem::path& path);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildVerbs();
    void fillRecent();
    void openWhenReady(const std::filesystem::path& path);

    JobRunner* making_;
    QWidget* first_ = nullptr;
    QVBoxLayout* recent_;
};

}  // namespace kith
