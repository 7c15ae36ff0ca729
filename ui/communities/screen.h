#pragma once

#include "core/model/community.h"
#include "ui/window/screen.h"

#include <vector>

class QSplitter;
class QStackedWidget;
class QTableView;

namespace kith {

class CommunityDetail;
class EmptyState;
class FoundGroups;
class RowsModel;
class Text;

/// What holds this group together, and who is not in it?
class CommunitiesScreen final : public Screen {
    Q_OBJECT

public:
    explicit CommunitiesScreen(Document& document, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("communities"); }
    QString title() const override { return tr("Communities"); }
    QString question() const override
    {
        return tr("What holds this group together, and who is not in it?");
    }
    QString iconName() const override { return QStringLiteral("communities"); }
    QWidget* firstFocus() override;

    QTableView* list() const { return list_; }
    CommunityDetail* detail() const { return detail_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void reload();
    void fillList();
    void fitColumns();
    void fitHeight();  ///< the list as high as its rows, the rest for what was found
    void followSelection();
    void present(const Community& community);

    std::vector<Community> communities_;
    QStackedWidget* pages_;
    EmptyState* empty_;
    RowsModel* rows_;
    Text* none_;
    QSplitter* left_ = nullptr;
    QTableView* list_;
    FoundGroups* found_;
    QStackedWidget* right_;
    CommunityDetail* detail_;
    CommunityId presented_;   ///< in the detail, as last read
    bool following_ = false;  ///< the choice came from elsewhere
};

}  // namespace kith
