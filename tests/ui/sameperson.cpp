#include "ui/sources/sameperson.h"

#include <QAbstractButton>
#include <QLabel>

#include "core/store/people.h"
#include "tests/ui/sample.h"
#include "tests/ui/shell.h"

#include <catch2/catch.hpp>

#include <algorithm>

namespace kith::tests {

namespace {

PersonId idOf(const Document& document, const std::string& name)
{
    for (const Person& each : people(document.workspace())) {
        if (each.name == name) return each.id;
    }
    return {};
}

/// Suggests Ann with Bob, and warns of Cat and Bob, as long as each is there.
std::vector<SamePersonList::Pair> twoPairs(const std::filesystem::path& path, Task&)
{
    const Workspace own = Workspace::open(path, Workspace::Mode::ReadOnly);
    std::vector<SamePersonList::Pair> pairs;
    const auto ann = peopleCalled(own, "Ann Brown");
    const auto bob = peopleCalled(own, "Bob Cole");
    const auto cat = peopleCalled(own, "Cat Dunn");
    if (ann.size() == 1 && bob.size() == 1 && ann != bob) {
        pairs.push_back(
            {{ann[0], bob[0], {"the same phone number"}, false}, "Ann <b>Brown</b>", "Bob Cole"});
    }
    if (bob.size() == 1 && cat.size() == 1)
        pairs.push_back({{bob[0], cat[0], {"names that look alike"}, true}, "Bob", "Воb"});
    return pairs;
}

QAbstractButton* button(const QWidget& list, const char* name, std::size_t row)
{
    std::vector<QAbstractButton*> found;
    for (auto* each : list.findChildren<QAbstractButton*>(QString::fromLatin1(name))) {
        if (each->isVisible()) found.push_back(each);
    }
    REQUIRE(found.size() > row);
    return found[row];
}

QString wordsOf(const QWidget& list)
{
    QStringList lines;
    for (const QLabel* label : list.findChildren<QLabel*>()) {
        if (label->isVisible()) lines << label->text();
    }
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

TEST_CASE("people who may be one are joined by the user, and parted by undo", "[ui][sources]")
{
    Shell shell;
    shell.importSmallChat();
    SamePersonList list(shell.document(), twoPairs);
    present(list);
    REQUIRE(within([&] { return wordsOf(list).contains(QStringLiteral("Ann <b>Brown</b>")); }));
    CHECK(wordsOf(list).contains(QStringLiteral("Because of the same phone number.")));
    CHECK(wordsOf(list).contains(QStringLiteral("Somebody may be posing as somebody else.")));
    for (const QLabel* label : list.findChildren<QLabel*>())
        CHECK(label->textFormat() == Qt::PlainText);

    const PersonId bob = idOf(shell.document(), "Bob Cole");
    QTest::mouseClick(button(list, "same", 0), Qt::LeftButton);
    REQUIRE(shell.settle());
    CHECK(people(shell.document().workspace()).size() == 2);
    CHECK_FALSE(person(shell.document().workspace(), bob));
    shell.document().undo();
    REQUIRE(shell.settle());
    CHECK(people(shell.document().workspace()).size() == 3);
    REQUIRE(within([&] { return wordsOf(list).contains(QStringLiteral("phone number")); }));
}

TEST_CASE("without suggestions the question is not put", "[ui][sources]")
{
    Shell shell;
    shell.importSmallChat();
    SamePersonList list(shell.document(), [](const std::filesystem::path&, Task&) {
        return std::vector<SamePersonList::Pair>{};
    });
    list.show();
    REQUIRE(within([&] { return list.isHidden(); }));
}

}  // namespace kith::tests
