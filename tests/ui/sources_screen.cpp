#include <QCheckBox>
#include <QComboBox>
#include <QListWidget>
#include <QTableView>

#include "core/base/error.h"
#include "core/store/history.h"
#include "core/store/messages.h"
#include "core/store/people.h"
#include "tests/ui/fits.h"
#include "tests/ui/shell.h"
#include "ui/sources/adjust.h"
#include "ui/sources/failure.h"
#include "ui/sources/preview.h"
#include "ui/sources/previewdetails.h"
#include "ui/sources/questions.h"
#include "ui/sources/sources.h"
#include "ui/sources/totals.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

namespace kith::tests {

namespace {

const char* const ambiguousTable =
    "author,time,text,phone\n"
    "Ann,03/04/2024 10:00,hello,020 7946 0001\n"
    "Bob,03/04/2024 10:05,hello to you,020 7946 0002\n";

struct Sources : Shell {
    SourcesScreen* screen = nullptr;

    explicit Sources(QSize size = {1366, 768}) : Shell(size)
    {
        REQUIRE(create());
        window.showScreen(QStringLiteral("sources"));
        screen = qobject_cast<SourcesScreen*>(window.currentScreen());
        REQUIRE(screen != nullptr);
    }

    /// A folder with a good chat, a table with an open question, a web page, a cut archive and a
    /// picture.
    std::filesystem::path mixedFolder()
    {
        const auto mixed = folder.path() / "Downloads";
        std::filesystem::create_directories(mixed / "more");
        writeFile(mixed / "WhatsApp Chat with Damp homes.txt", smallChat);
        writeFile(mixed / "more" / "talk.csv", ambiguousTable);
        writeFile(mixed / "holiday.html", "<!DOCTYPE html><html><body>Hello</body></html>");
        writeFile(mixed / "cut.zip", std::string("PK\x03\x04\x14\x00\x00\x00", 8) + "chat");
        writeFile(mixed / "photo.jpg", "not a conversation");
        return mixed;
    }

    std::vector<PreviewCard*> cards() const
    {
        std::vector<PreviewCard*> shown;
        for (PreviewCard* card : window.findChildren<PreviewCard*>()) {
            if (!card->isHidden()) shown.push_back(card);
        }
        return shown;
    }

    PreviewCard* card(const char* name) const
    {
        for (PreviewCard* each : cards()) {
            if (each->pick().name.find(name) != std::string::npos) return each;
        }
        FAIL("no file is listed as " << name);
        return nullptr;
    }

    bool isState(const char* name, PreviewCard::State state)
    {
        return within([&] {
            const auto all = cards();
            return std::any_of(all.begin(), all.end(), [&](const PreviewCard* each) {
                return each->pick().name.find(name) != std::string::npos && each->state() == state;
            });
        });
    }

    bool looked(std::size_t files)
    {
        return within([&] {
            const auto all = cards();
            return all.size() == files &&
                   std::none_of(all.begin(), all.end(), [](const PreviewCard* each) {
                       return each->state() == PreviewCard::State::Waiting ||
                              each->state() == PreviewCard::State::Reading;
                   });
        });
    }

    /// What a reader sees of one file.
    static QString wordsIn(const QWidget& part)
    {
        QStringList lines;
        for (const QWidget* each : part.findChildren<QWidget*>()) {
            if (each->isVisible() && !wordsOf(*each).isEmpty()) lines << wordsOf(*each);
        }
        return lines.join(QLatin1Char('\n'));
    }

    template <class Widget = QAbstractButton>
    static Widget* in(const QWidget& part, const char* name)
    {
        Widget* seen = nullptr;
        const bool found = within([&] {
            for (Widget* each : part.findChildren<Widget*>(QString::fromLatin1(name))) {
                if (each->isVisible()) seen = each;
            }
            return seen != nullptr;
        });
        INFO(name);
        REQUIRE(found);
        return seen;
    }

    QAbstractButton* import() const { return named<QAbstractButton>("import"); }
};

bool holds(const QString& words, const char* part)
{
    return words.contains(QString::fromUtf8(part));
}

}  // namespace

TEST_CASE("a folder gives a row for each file, in order, and one bad file stops none",
          "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.mixedFolder()});
    REQUIRE(s.looked(4));
    QStringList names;
    for (const PreviewCard* each : s.cards()) names << shown(each->pick().name);
    CHECK(names.join(QLatin1Char('|')).toStdString() ==
          "Downloads/WhatsApp Chat with Damp homes.txt|Downloads/cut.zip|Downloads/holiday.html|"
          "Downloads/more/talk.csv");

    CHECK(s.card("Damp homes")->state() == PreviewCard::State::Ready);
    CHECK(s.card("talk.csv")->state() == PreviewCard::State::Asking);
    for (const char* bad : {"cut.zip", "holiday.html"}) {
        CAPTURE(bad);
        REQUIRE(s.card(bad)->state() == PreviewCard::State::Unreadable);
        const QString words = Sources::wordsIn(*s.card(bad));
        CHECK(holds(words, "Cannot be read"));
        CHECK(words.count(QLatin1Char('\n')) >= 3);  // name, state, sentence, remedy
        CHECK_FALSE(holds(words, "--"));
    }
    CHECK(s.import()->text().toStdString() == "Import 6 messages from 1 file");
    CHECK(s.says("1 waits for an answer · 2 cannot be read"));

    QTest::mouseClick(s.named<QAbstractButton>("clear"), Qt::LeftButton);
    REQUIRE(within([&] { return s.cards().size() == 2; }));
    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    REQUIRE(within([&] { return s.says("1 source · 6 messages · 3 people"); }));
    // What waits for an answer is still there.
    REQUIRE(s.cards().size() == 1);
    CHECK(s.card("talk.csv")->state() == PreviewCard::State::Asking);
    CHECK_FALSE(s.import()->isEnabled());
}

TEST_CASE("a date is asked with both readings, and the answer reads the file", "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.write("talk.csv", ambiguousTable)});
    REQUIRE(s.isState("talk.csv", PreviewCard::State::Asking));
    PreviewCard* card = s.card("talk.csv");
    REQUIRE(within(
        [&] { return holds(Sources::wordsIn(*card), "3 April 2024\nthe day comes first"); }));
    const QString asked = Sources::wordsIn(*card);
    CHECK(holds(asked, "Which day is 03/04/2024"));
    CHECK(holds(asked, "4 March 2024\nthe month comes first"));
    CHECK_FALSE(holds(asked, "--dates"));
    CHECK_FALSE(s.import()->isEnabled());

    QTest::mouseClick(Sources::in(*card, "choice-mdy"), Qt::LeftButton);
    REQUIRE(s.isState("talk.csv", PreviewCard::State::Ready));
    CHECK(within([&] { return holds(Sources::wordsIn(*card), "4 Mar 2024"); }));
    // The other reading is still one press away.
    QTest::mouseClick(Sources::in(*card, "choice-dmy"), Qt::LeftButton);
    REQUIRE(within([&] { return holds(Sources::wordsIn(*card), "3 Apr 2024"); }));
    REQUIRE(s.isState("talk.csv", PreviewCard::State::Ready));
    CHECK(s.import()->text().toStdString() == "Import 2 messages from 1 file");
    QTest::qWait(100);
    CHECK(cutTexts(s.window).join(QStringLiteral("; ")).toStdString() == "");
}

TEST_CASE("columns are mapped by a sample, and one is left out as easily as kept", "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.write("notes.csv",
                                "Speaker,Moment,Remark,Phone\n"
                                "Ann,2024-04-03 10:00,hello,020 7946 0001\n"
                                "Bob,2024-04-03 10:05,hello to you,020 7946 0002\n")});
    REQUIRE(s.looked(1));
    PreviewCard* card = s.card("notes.csv");
    REQUIRE(card->state() == PreviewCard::State::Asking);
    CHECK(within([&] { return holds(Sources::wordsIn(*card), "hello · hello to you"); }));
    CHECK(within([&] { return holds(Sources::wordsIn(*card), "020 7946 0001 · 020 7946 0002"); }));

    const auto choose = [&](const char* column, const char* role) {
        auto* box = Sources::in<QComboBox>(*card, column);
        box->setCurrentIndex(box->findData(QString::fromLatin1(role)));
        Q_EMIT box->activated(box->currentIndex());
    };
    choose("role-Speaker", "author");
    REQUIRE(s.looked(1));
    choose("role-Remark", "text");
    REQUIRE(s.looked(1));
    choose("role-Moment", "time");
    REQUIRE(s.isState("notes.csv", PreviewCard::State::Ready));
    auto* out = Sources::in<QCheckBox>(*card, "out-Phone");
    QTest::mouseClick(out, Qt::LeftButton, {}, QPoint(10, out->height() / 2));
    REQUIRE(s.isState("notes.csv", PreviewCard::State::Ready));
    REQUIRE(out->isChecked());
    const auto options = card->options();
    CHECK(options.read.columns.at("author") == "Speaker");
    CHECK(options.read.columns.at("text") == "Remark");
    CHECK(options.read.leaveOut == std::set<std::string>{"Phone"});
    CHECK_FALSE(Sources::in<QComboBox>(*card, "role-Phone")->isEnabled());
    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    CHECK(people(s.document().workspace()).size() == 2);
}

TEST_CASE("a guess at the format is confirmed before it counts", "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.write("half.csv", "author,text\nAnn,hello\nBob,hello to you\n")});
    REQUIRE(s.isState("half.csv", PreviewCard::State::Asking));
    PreviewCard* card = s.card("half.csv");
    CHECK(
        within([&] { return holds(Sources::wordsIn(*card), "It looks like: Table of messages"); }));
    CHECK(within([&] { return holds(Sources::wordsIn(*card), "Is that right?"); }));
    CHECK_FALSE(s.import()->isEnabled());
    QTest::mouseClick(Sources::in(*card, "choice-yes"), Qt::LeftButton);
    REQUIRE(s.isState("half.csv", PreviewCard::State::Ready));
    CHECK(s.import()->isEnabled());
}

TEST_CASE("several chats in one archive or folder are several rows", "[ui][sources]")
{
    Sources s;
    const auto chats = s.folder.path() / "chats";
    std::filesystem::create_directories(chats);
    for (int i = 0; i < 20; ++i) {
        writeFile(chats / ("WhatsApp Chat with Group " + std::to_string(10 + i) + ".txt"),
                  smallChat);
    }
    s.screen->addFiles({chats});
    REQUIRE(s.looked(20));
    CHECK(s.import()->text().toStdString() == "Import 120 messages from 20 files");
    for (const PreviewCard* each : s.cards()) CHECK_FALSE(each->isOpen());
    // Dropped again: nothing is listed twice.
    s.screen->addFiles({chats});
    REQUIRE(s.looked(20));

    auto* unfold = Sources::in(*s.cards().front(), "unfold");
    QTest::mouseClick(unfold, Qt::LeftButton);
    CHECK(within([&] {
        return holds(Sources::wordsIn(*s.cards().front()), "Is anybody else's kitchen damp?");
    }));
    CHECK(within(
        [&] { return holds(Sources::wordsIn(*s.cards().front()), "It shows what was said"); }));
    QTest::mouseClick(Sources::in(*s.cards().front(), "leaveOut"), Qt::LeftButton);
    REQUIRE(within([&] { return s.cards().size() == 19; }));
    CHECK(s.import()->text().toStdString() == "Import 114 messages from 19 files");

    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    CHECK(s.says("19 files imported: 114 new messages."));
    CHECK(sources(s.document().workspace()).size() == 19);
}

TEST_CASE("looking into files can be stopped and taken up again", "[ui][sources]")
{
    Sources s;
    std::string chat;
    for (int i = 0; i < 800'000; ++i) {
        chat += "14/03/2024, 18:04 - Ann Brown: message number " + std::to_string(i) + "\n";
    }
    s.screen->addFiles({s.write("WhatsApp Chat with Many.txt", chat),
                        s.write("WhatsApp Chat with Few.txt", smallChat)});
    QAbstractButton* stop = nullptr;
    REQUIRE(within([&] {
        for (QAbstractButton* button : s.window.findChildren<QAbstractButton*>()) {
            if (button->accessibleName().startsWith(QStringLiteral("Stop: Looking into")))
                stop = button;
        }
        return stop != nullptr;
    }));
    QTest::mouseClick(stop, Qt::LeftButton);
    REQUIRE(s.isState("Many", PreviewCard::State::Stopped));
    REQUIRE(s.isState("Few", PreviewCard::State::Stopped));
    CHECK(within([&] { return s.says("2 not looked into"); }));
    for (QAbstractButton* button : s.card("Few")->findChildren<QAbstractButton*>()) {
        if (button->text() == QStringLiteral("Look into it")) button->click();
    }
    REQUIRE(s.isState("Few", PreviewCard::State::Ready));
    CHECK(s.card("Many")->state() == PreviewCard::State::Stopped);
}

TEST_CASE("a file that fails while it is imported stays and says why", "[ui][sources]")
{
    Sources s;
    const auto gone = s.write("WhatsApp Chat with Gone.txt", smallChat);
    s.screen->addFiles({gone, s.write("WhatsApp Chat with There.txt", smallChat)});
    REQUIRE(s.looked(2));
    std::filesystem::remove(gone);
    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    REQUIRE(within([&] { return s.says("1 file imported: 6 new messages."); }));
    CHECK(s.says("1 file could not be imported; see the list."));
    REQUIRE(s.cards().size() == 1);
    CHECK(s.card("Gone")->state() == PreviewCard::State::Unreadable);
    CHECK(
        within([&] { return holds(Sources::wordsIn(*s.card("Gone")), "There is no such file"); }));
}

TEST_CASE("a source is removed, and comes back whole by undo", "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.write("WhatsApp Chat with Damp homes.txt", smallChat)});
    REQUIRE(within([&] { return s.import()->isEnabled(); }));
    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    QTableView* table = nullptr;
    for (QTableView* each : s.screen->findChildren<QTableView*>()) table = each;
    REQUIRE(table != nullptr);
    REQUIRE(within([&] { return table->model()->rowCount() == 1; }));
    table->selectRow(0);
    REQUIRE(within([&] { return s.says("Remove this source…"); }));
    CHECK(s.says("WhatsApp"));
    CHECK(s.says("It shows what was said"));
    CHECK(s.says("these ties are estimates"));

    s.click("remove");
    REQUIRE(within([&] { return s.says("6 messages that no other source holds will go."); }));
    CHECK(s.says("Edit > Undo brings everything back."));
    s.click("removeYes");
    REQUIRE(s.settle());
    REQUIRE(within([&] { return s.says("0 messages"); }));
    CHECK(people(s.document().workspace()).empty());

    QAction* undo = s.command("Undo");
    CHECK(undo->text().contains(QStringLiteral("Removed the source")));
    undo->trigger();
    REQUIRE(s.settle());
    REQUIRE(within([&] { return s.says("1 source · 6 messages · 3 people"); }));
    CHECK(search(s.document().workspace(), "mould", 5).size() == 1);
}

TEST_CASE("a source that is removed for good leaves no step to undo", "[ui][sources]")
{
    Sources s;
    s.screen->addFiles({s.write("WhatsApp Chat with Damp homes.txt", smallChat)});
    REQUIRE(within([&] { return s.import()->isEnabled(); }));
    QTest::mouseClick(s.import(), Qt::LeftButton);
    REQUIRE(s.settle());
    auto* table = s.screen->findChildren<QTableView*>().back();
    REQUIRE(within([&] { return table->model()->rowCount() == 1; }));
    table->selectRow(0);
    REQUIRE(within([&] { return s.says("Remove this source…"); }));
    s.click("remove");
    REQUIRE(within([&] { return s.says("Remove it"); }));
    auto* forGood = s.named<QCheckBox>("forGood");
    QTest::mouseClick(forGood, Qt::LeftButton, {}, QPoint(10, forGood->height() / 2));
    s.click("removeYes");
    REQUIRE(s.settle());
    REQUIRE(within([&] { return s.says("0 messages"); }));
    CHECK(history(s.document().workspace()).empty());
    CHECK_FALSE(s.command("Undo")->isEnabled());
}

TEST_CASE("questions put readings and chats before the reader", "[ui][sources]")
{
    FileAnswers answers;
    Questions questions(answers);
    questions.resize(700, 400);
    int told = 0;
    QObject::connect(&questions, &Questions::answered, [&] { ++told; });

    questions.ask({Question::About::Encoding, {}, {{"windows-1252", "café"}, {"koi8-r", "cafИ"}}},
                  "the file is not UTF-8");
    questions.show();
    CHECK(questions.isOpen());
    QTest::mouseClick(Sources::in(questions, "choice-windows-1252"), Qt::LeftButton);
    CHECK(answers.read.encoding == "windows-1252");
    CHECK(told == 1);
    CHECK_FALSE(questions.isOpen());

    questions.ask({Question::About::Limits, {}, {}}, "the archive unpacks to 3 GB");
    QTest::mouseClick(Sources::in(questions, "choice-raise"), Qt::LeftButton);
    CHECK(answers.raiseLimits);

    questions.ask({Question::About::Chats, {}, {{"1", "Damp & mould"}, {"2", "Family"}}}, "many");
    auto* list = Sources::in<QListWidget>(questions, "chats");
    auto* read = Sources::in(questions, "readChats");
    CHECK_FALSE(read->isEnabled());
    list->item(0)->setCheckState(Qt::Checked);
    REQUIRE(read->isEnabled());
    QTest::mouseClick(read, Qt::LeftButton);
    CHECK(answers.read.chats == std::set<std::string>{"1"});
    CHECK(told == 3);
}

TEST_CASE("what several files hold is said in words that fit", "[ui][sources]")
{
    ImportReport chat;
    chat.messages = 1200;
    chat.people = 40;
    ImportReport map;
    map.people = 1;
    map.ties[TieKind::Given] = 3;
    Totals totals;
    CHECK(importText(totals) == QStringLiteral("Import"));
    totals.add({chat});
    totals.add({chat});
    CHECK(importText(totals) == QStringLiteral("Import 2,400 messages from 2 files"));
    totals.add({map});
    CHECK(importText(totals) ==
          QStringLiteral("Import 2,400 messages, 1 person and 3 ties from 3 files"));
}

TEST_CASE("zones are named as people read them", "[ui][sources]")
{
    CHECK(zoneText("Etc/UTC") == QStringLiteral("UTC"));
    CHECK(zoneText("America/New_York") == QStringLiteral("America/New York"));
    CHECK(zoneText("Europe/London") == QStringLiteral("Europe/London"));
}

TEST_CASE("what is private is asked about only where something was left out", "[ui][sources]")
{
    FileAnswers answers;
    Adjustments adjustments(answers);
    adjustments.show();
    auto* too = adjustments.findChild<QCheckBox*>(QStringLiteral("private"));
    REQUIRE(too != nullptr);
    ImportReport report;
    report.format = "whatsapp";
    report.warnings = {"3 lines were left out"};
    adjustments.consider({report});
    CHECK_FALSE(too->isVisible());
    report.warnings = {"12 direct messages were left out"};
    adjustments.consider({report});
    REQUIRE(within([&] { return too->isVisible(); }));
    CHECK_FALSE(too->isChecked());
    too->click();
    CHECK(answers.read.privateToo);
    // Now nothing is left out any more, and it can still be taken back.
    adjustments.consider({ImportReport{}});
    CHECK(too->isVisible());
}

TEST_CASE("a failure is told in the words of the screen", "[ui][sources]")
{
    const Error asked(Error::Kind::BadInput, "the file mixes two orders", {"a.csv", {}, 7, {}},
                      "Pass --dates dmy. Or export it again.");
    const auto failure = failureOf(asked);
    CHECK(failure.what == QStringLiteral("The file mixes two orders (line 7)."));
    CHECK(failure.remedy == QStringLiteral("Or export it again."));
    CHECK(failureOf(Error(Error::Kind::BadInput, "x", {}, "Pass --column a=b.")).remedy ==
          QStringLiteral("Export it again, or leave this file out."));
    CHECK(screenWords("the times are read as UTC; pass --zone to say otherwise") ==
          QStringLiteral("the times are read as UTC"));
    CHECK(platformName("whatsapp") == QStringLiteral("WhatsApp"));
    CHECK(platformName("newthing") == QStringLiteral("Newthing"));
}

}  // namespace kith::tests
