#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>

#include "core/version.h"
#include "ui/concerns/concerns.h"
#include "ui/document/document.h"
#include "ui/inspector/inspector.h"
#include "ui/search/searchbox.h"
#include "ui/sources/sources.h"
#include "ui/start/recent.h"
#include "ui/start/start.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"
#include "ui/window/outputs.h"
#include "ui/window/screen.h"
#include "ui/window/window.h"

// The menus of the main window, and what their entries ask.
namespace kith {

namespace {

QString documentsFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

std::filesystem::path pathOf(const QString& text)
{
    return text.toStdString();
}

}  // namespace

void Window::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildHelpMenu();
    std::vector<QAction*> commands;
    for (QAction* menu : menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (!action->isSeparator() && action->menu() == nullptr) commands.push_back(action);
        }
    }
    search_->setCommands(commands);
}

void Window::buildFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    menu->addAction(tr("&New workspace…"), QKeySequence::New, this, &Window::askNew);
    menu->addAction(tr("&Open workspace…"), QKeySequence::Open, this, &Window::askOpen);
    recent_ = menu->addMenu(tr("Open &recent"));
    menu->addAction(tr("Try &Millbrook, an invented town"), this, [this] {
        showScreen(QStringLiteral("start"));
        if (auto* start = qobject_cast<StartScreen*>(currentScreen())) start->tryScenario();
    });
    menu->addSeparator();
    menu->addAction(tr("&Import files…"), QKeySequence(Qt::CTRL | Qt::Key_I), this,
                    &Window::askImport);
    needOpen_.push_back(menu->addAction(tr("&Export the map…"), QKeySequence(Qt::CTRL | Qt::Key_E),
                                        this, &Window::exportMap));
    needOpen_.push_back(
        menu->addAction(tr("Save &report…"), QKeySequence::Save, this, &Window::saveReport));
    menu->addSeparator();
    needOpen_.push_back(menu->addAction(tr("&Close workspace"), QKeySequence::Close, this, [this] {
        document_->close();
        showScreen(QStringLiteral("start"));
    }));
    menu->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
}

void Window::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    undo_ = menu->addAction(tr("&Undo"), QKeySequence::Undo, document_, &Document::undo);
    redo_ = menu->addAction(tr("&Redo"), QKeySequence::Redo, document_, &Document::redo);
    menu->addSeparator();
    menu->addAction(tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_K), this, [this] {
        search_->setFocus(Qt::ShortcutFocusReason);
        search_->selectAll();
    });
    needOpen_.push_back(menu->addAction(tr("&Concerns…"), QKeySequence(Qt::CTRL | Qt::Key_G), this,
                                        &Window::showConcerns));
    needOpen_.push_back(
        menu->addAction(tr("Choose &nothing"), document_, &Document::clearSelection));
}

void Window::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    QMenu* themes = menu->addMenu(tr("&Theme"));
    auto* group = new QActionGroup(this);
    const std::pair<QString, ThemeChoice> choices[] = {{tr("As the &system"), ThemeChoice::System},
                                                       {tr("&Light"), ThemeChoice::Light},
                                                       {tr("&Dark"), ThemeChoice::Dark}};
    for (const auto& [word, choice] : choices) {
        QAction* action =
            themes->addAction(word, this, [choice = choice] { theme().setChoice(choice); });
        action->setCheckable(true);
        action->setChecked(theme().choice() == choice);
        group->addAction(action);
    }
    const auto resize = [](int by) {
        return [by] { theme().setTextScale(theme().textScale() + by); };
    };
    menu->addAction(tr("&Larger text"), QKeySequence::ZoomIn, this, resize(10));
    menu->addAction(tr("&Smaller text"), QKeySequence::ZoomOut, this, resize(-10));
    menu->addAction(tr("&Normal text"), QKeySequence(Qt::CTRL | Qt::Key_0), this,
                    [] { theme().setTextScale(100); });
    menu->addSeparator();
    needOpen_.push_back(
        menu->addAction(tr("Show or hide the &inspector"), QKeySequence(Qt::Key_F4), this, [this] {
            inspector_->setVisible(!inspector_->isVisible());
            QSettings().setValue(QStringLiteral("inspector"), inspector_->isVisible());
        }));
}

void Window::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    menu->addAction(tr("&Keyboard shortcuts"), QKeySequence(Qt::CTRL | Qt::Key_Slash), this,
                    &Window::showShortcuts);
    menu->addAction(tr("&About Kith"), this, &Window::showAbout);
}

void Window::refreshHistory()
{
    const QString undo = document_->undoText();
    const QString redo = document_->redoText();
    undo_->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(menuText(undo)));
    redo_->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(menuText(redo)));
    undo_->setEnabled(!undo.isEmpty());
    redo_->setEnabled(!redo.isEmpty());
}

void Window::refreshRecent()
{
    recent_->clear();
    for (const RecentWorkspace& one : recentWorkspaces()) {
        const QString name = QString::fromStdString(one.path.stem().string());
        QAction* action =
            recent_->addAction(menuText(name), this, [this, path = one.path] { openPath(path); });
        action->setEnabled(!one.missing);
    }
    recent_->setEnabled(!recent_->isEmpty());
}

void Window::askNew()
{
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Where should Kith keep this workspace?"),
        documentsFolder() + tr("/My community.kith"), tr("Kith workspaces (*.kith)"));
    if (chosen.isEmpty()) return;
    std::filesystem::path path = pathOf(chosen);
    if (path.extension() != ".kith") path += ".kith";
    if (document_->create(path)) showScreen(QStringLiteral("sources"));
}

void Window::askOpen()
{
    const QString chosen = QFileDialog::getOpenFileName(
        this, tr("Open a workspace"), documentsFolder(), tr("Kith workspaces (*.kith)"));
    if (!chosen.isEmpty()) openPath(pathOf(chosen));
}

void Window::askImport()
{
    showScreen(QStringLiteral("sources"));
    if (auto* sources = qobject_cast<SourcesScreen*>(currentScreen())) sources->askFiles();
}

void Window::exportMap()
{
    if (!document_->analysis())
        return document_->report(tr("There is no map yet. Import a conversation first."));
    const QString chosen =
        QFileDialog::getSaveFileName(this, tr("Export the map"), documentsFolder() + tr("/map.svg"),
                                     tr("Drawing (*.svg);;Picture (*.png)"));
    if (!chosen.isEmpty()) writeMap(*document_, pathOf(chosen));
}

void Window::saveReport()
{
    if (!document_->analysis())
        return document_->report(
            tr("There is nothing to report yet. Import a conversation first."));
    const QString chosen = QFileDialog::getSaveFileName(this, tr("Save a report without names"),
                                                        documentsFolder() + tr("/report.html"),
                                                        tr("Page for a browser (*.html)"));
    if (!chosen.isEmpty()) writeReport(*document_, pathOf(chosen));
}

void Window::showConcerns()
{
    (new ConcernsDialog(*document_, this))->open();
}

void Window::showShortcuts()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Keyboard shortcuts"));
    auto* column = new QVBoxLayout(&dialog);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::huge);
    int row = 0;
    const auto add = [&](const QString& keys, const QString& what) {
        auto* key = new Text(keys, TextSize::Body, Tone::Accent, &dialog);
        auto* words = new Text(what, TextSize::Body, Tone::Plain, &dialog);
        key->setWordWrap(false);
        words->setWordWrap(false);
        grid->addWidget(key, row, 0);
        grid->addWidget(words, row, 1);
        ++row;
    };
    int number = 1;
    for (const Screen* each : screens_) add(tr("Alt+%1").arg(number++), each->title());
    for (QAction* menu : menuBar()->actions()) {
        for (QAction* action : menu->menu()->actions()) {
            if (action->shortcut().isEmpty()) continue;
            add(action->shortcut().toString(QKeySequence::NativeText),
                action->text().remove(QLatin1Char('&')));
        }
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column->addLayout(grid);
    column->addWidget(buttons);
    dialog.exec();
}

void Window::showAbout()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("About Kith"));
    auto* column = new QVBoxLayout(&dialog);
    column->setSpacing(space::medium);
    column->setContentsMargins(space::huge, space::huge, space::huge, space::huge);
    column->addWidget(new Text(tr("Kith %1").arg(QString::fromLatin1(kithVersion)), TextSize::Title,
                               Tone::Plain, &dialog));
    column->addWidget(
        new Text(tr("Kin are the people like you. Kith are the people you live among."),
                 TextSize::Reading, Tone::Plain, &dialog));
    column->addWidget(new Text(tr("Who talks to whom, in which groups, and who could bring them "
                                  "together. Nothing leaves this computer: Kith holds no network "
                                  "code at all."),
                               TextSize::Body, Tone::Plain, &dialog));
    column->addWidget(new Text(tr("Free software under the GNU General Public License."),
                               TextSize::Small, Tone::Muted, &dialog));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, &dialog);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    column->addWidget(buttons);
    dialog.setMinimumWidth(460);
    dialog.exec();
}

}  // namespace kith
