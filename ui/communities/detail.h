#pragma once

#include <QWidget>

#include "core/model/community.h"
#include "core/store/messages.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace kith {

class Chip;
class Document;
class FlowLayout;
class JobRunner;
class MembersView;
class Text;

/// What the store knows of a community beside its row; read away from the window.
struct CommunityReading {
    std::map<PersonId, std::string> names;  ///< of all members
    std::vector<MessageView> latest;
};

/// One community: its name, note and tags to edit, its members, what holds it together, its words
/// and what was said last.
class CommunityDetail final : public QWidget {
    Q_OBJECT

public:
    explicit CommunityDetail(Document& document, QWidget* parent = nullptr);

    void setCommunity(const Community& community);
    MembersView* members() const { return members_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void connectParts();
    void showHead();
    void showTags();
    void showFindings();  ///< from the analysis
    void showReading(const CommunityReading& reading);
    void addWords(const struct ClusterFinding& group);
    void rename();
    void saveNote();
    void addTag();
    void dissolve();

    Document& document_;
    JobRunner* reader_;
    Community community_;
    QLineEdit* name_;
    Chip* size_;
    FlowLayout* tags_;
    QLineEdit* newTag_;
    QPlainTextEdit* note_;
    QVBoxLayout* findings_;
    MembersView* members_;
    QVBoxLayout* messages_;
    QPushButton* dissolve_;
};

}  // namespace kith
