#pragma once

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QSettings>
#include <QTest>

#include "tests/support/data.h"
#include "ui/document/document.h"
#include "ui/theme/theme.h"
#include "ui/widgets/words.h"
#include "ui/window/screen.h"
#include "ui/window/window.h"

#include <catch2/catch.hpp>

#include <functional>
#include <string>

/// The whole window, as the tests of the shell drive it.
namespace kith::tests {

inline bool within(const std::function<bool()>& done, int milliseconds = 20'000)
{
    return QTest::qWaitFor(done, milliseconds);
}

/// A chat of three people that this test has made up.
inline const char* const smallChat =
    "14/03/2024, 18:04 - Ann Brown: Is anybody else's kitchen damp?\n"
    "14/03/2024, 18:06 - Bob Cole: Ours is, behind the cooker\n"
    "14/03/2024, 18:09 - Ann Brown: Shall we write to the landlord together?\n"
    "14/03/2024, 18:15 - Cat Dunn: Yes please, the mould is back\n"
    "15/03/2024, 09:01 - Bob Cole: I can bring photos on Friday\n"
    "15/03/2024, 09:20 - Cat Dunn: Good, I will bring ours\n";

/// The settings of an earlier test must not show.
struct FreshSettings {
    FreshSettings() { QSettings().clear(); }
};

struct Shell {
    FreshSettings fresh;
    TempFolder folder;
    Window window;

    explicit Shell(QSize size = {1366, 768})
    {
        window.resize(size);
        window.show();
        REQUIRE(QTest::qWaitForWindowExposed(&window));
        window.activateWindow();
        QApplication::setActiveWindow(&window);
    }

    Document& document() { return window.document(); }

    std::filesystem::path write(const char* name, const std::string& text)
    {
        const auto path = folder.path() / name;
        writeFile(path, text);
        return path;
    }

    bool create() { return document().create(folder.path() / "ours.kith"); }

    bool settle()
    {
        return within([this] { return !document().isWriting() && !document().isAnalysing(); });
    }

    /// All that a reader sees, one label or button a line.
    QString words() const
    {
        QStringList lines;
        for (const QLabel* label : window.findChildren<QLabel*>()) {
            if (label->isVisible()) lines << label->text();
        }
        for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
            if (button->isVisible()) lines << button->text();
        }
        return lines.join(QLatin1Char('\n'));
    }

    bool says(const char* text) const { return words().contains(QString::fromUtf8(text)); }

    template <class Widget = QWidget>
    Widget* named(const char* name) const
    {
        auto* found = window.findChild<Widget*>(QString::fromLatin1(name));
        INFO(name);
        REQUIRE(found != nullptr);
        return found;
    }

    QAction* command(const char* beginning) const
    {
        for (QAction* menu : window.menuBar()->actions()) {
            for (QAction* action : menu->menu()->actions()) {
                const QString text = action->text().remove(QLatin1Char('&'));
                if (text.startsWith(QString::fromUtf8(beginning))) return action;
            }
        }
        FAIL("no command begins with " << beginning);
        return nullptr;
    }

    void click(const char* name) { QTest::mouseClick(named<QWidget>(name), Qt::LeftButton); }

    /// Clicks what opens a menu, takes the entry that begins so, and waits for what follows.
    void takeFromMenu(const char* opener, const char* beginning);

    /// Brings the small chat in, through the Sources screen.
    void importSmallChat();
};

}  // namespace kith::tests
