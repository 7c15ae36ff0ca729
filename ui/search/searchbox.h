#pragma once

#include <QLineEdit>

#include "core/model/ids.h"

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QListWidget;
class QListWidgetItem;
class QTimer;

namespace kith {

class Document;
class JobRunner;
struct SearchFound;
struct SearchNames;

/// Finds people, communities, words in messages, and commands. Results hang under the field;
/// arrows choose, Return opens, Escape closes.
class SearchBox final : public QLineEdit {
    Q_OBJECT

public:
    explicit SearchBox(Document& document, QWidget* parent = nullptr);

    /// What else can be found: every action of the menus.
    void setCommands(std::vector<QAction*> commands);
    QListWidget* results() const { return results_; }

Q_SIGNALS:
    void personChosen(kith::PersonId person);
    void communityChosen(kith::CommunityId community);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void search();
    void present(const SearchFound& found);
    void addGroup(const QString& title);
    QListWidgetItem* addRow(const QString& text, std::function<void()> open);
    void addCommands(const QString& words);
    void openRow(QListWidgetItem* item);
    void place();
    void step(int by);

    Document& document_;
    JobRunner* searching_;
    QTimer* waiting_;
    QListWidget* results_;
    std::vector<QAction*> commands_;
    std::vector<std::function<void()>> openers_;
    std::shared_ptr<SearchNames> names_;  ///< touched by the job's thread alone
};

}  // namespace kith
