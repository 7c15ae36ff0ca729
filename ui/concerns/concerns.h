#pragma once

#include <QDialog>

#include "core/store/communities.h"
#include "core/text/topics.h"

#include <vector>

class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace kith {

class Document;
class JobRunner;
class Text;

/// What people care about: concerns that were named, who speaks of them, words for a new one, and
/// topics that Kith suggests. Naming and removing can be undone.
class ConcernsDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ConcernsDialog(Document& document, QWidget* parent = nullptr);

private:
    QWidget* buildNamed();
    QWidget* buildNew();
    void reload();
    void choose();
    void tryWords();
    void keep();
    void remove();
    void lookAt();
    void suggest();
    void showTopics(TopicModel model);
    void takeTopic(int row);
    void mayKeep();

    Document& document_;
    JobRunner* studying_;
    JobRunner* searching_;
    JobRunner* suggesting_;
    QListWidget* named_;
    QPushButton* look_;
    QPushButton* remove_;
    QVBoxLayout* evidence_;
    QLineEdit* name_;
    QLineEdit* words_;
    Text* found_;
    QPushButton* keep_;
    QPushButton* suggest_;
    Text* remark_;
    QListWidget* topics_;
    std::vector<Concern> concerns_;
    std::vector<Topic> suggested_;
};

}  // namespace kith
