#pragma once

#include <QWidget>

#include "core/model/ids.h"

#include <memory>

class QVBoxLayout;

namespace kith {

class Document;
class JobRunner;
class Text;
struct PersonDetail;

/// Whatever is chosen, on every screen: a person's accounts, traits, groups, ties across, latest
/// messages; a group; a community; several people.
class Inspector final : public QWidget {
    Q_OBJECT

public:
    explicit Inspector(Document& document, QWidget* parent = nullptr);

    void reload();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void clear();
    void add(QWidget* widget);
    void addHeading(const QString& text);
    void showNothing();
    void showPerson(PersonId person);
    void fillPerson(const PersonDetail& detail);
    void addHead(const PersonDetail& detail);
    void addStanding(PersonId person);
    void showPeople(std::size_t count);
    void showCluster(std::uint32_t cluster);
    void showCommunity(CommunityId community);

    Document& document_;
    JobRunner* loading_;
    QWidget* inside_;
    QVBoxLayout* column_;
};

}  // namespace kith
