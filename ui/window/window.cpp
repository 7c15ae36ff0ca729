#include "ui/window/window.h"

#include <QAction>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/store/messages.h"
#include "ui/document/document.h"
#include "ui/inspector/inspector.h"
#include "ui/jobs/jobs.h"
#include "ui/search/searchbox.h"
#include "ui/sources/sources.h"
#include "ui/start/recent.h"
#include "ui/start/start.h"
#include "ui/widgets/jobrow.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"
#include "ui/window/area.h"
#include "ui/window/rail.h"
#include "ui/window/screen.h"
#include "ui/window/screens.h"
#include "ui/window/selectionbar.h"
#include "ui/window/veil.h"

namespace kith {

namespace {

constexpr int roomy = 900;  // pixels: less leaves no room for inspector and words on the rail

}  // namespace

Window::Window(QWidget* parent)
    : QMainWindow(parent),
      jobs_(new Jobs(this)),
      document_(new Document(*jobs_, this)),
      railButtons_(new QButtonGroup(this)),
      stack_(new QStackedWidget(this))
{
    setAcceptDrops(true);
    setMinimumSize(640, 360);  // a small laptop at 200 %
    resize(1280, 800);
    buildPages();
    buildMenus();
    connect(document_, &Document::opened, this, &Window::refresh);
    connect(document_, &Document::historyChanged, this, &Window::refreshHistory);
    connect(document_, &Document::failed, messages_, &MessageBar::showFailure);
    connect(document_, &Document::said, messages_, &MessageBar::showNews);
    connect(search_, &SearchBox::personChosen, this, [this](PersonId person) {
        document_->selectPeople({person});
        inspector_->show();
    });
    connect(search_, &SearchBox::communityChosen, this, [this](CommunityId community) {
        document_->selectCommunity(community);
        showScreen(QStringLiteral("communities"));
    });
    connect(&theme(), &Theme::changed, this, &Window::arrange);
    restoreGeometry(QSettings().value(QStringLiteral("window")).toByteArray());
    refresh();
    showIndex(0);
}

// The jobs outlive the document, which refers to them: children go in the order they were made.
Window::~Window()
{
    disconnect(document_, nullptr, this, nullptr);
    delete takeCentralWidget();
    delete document_;
}

void Window::buildPages()
{
    auto* middle = new QWidget(this);
    auto* page = new QWidget(middle);
    auto* rail = new QWidget(middle);
    title_ = new Text({}, TextSize::Title, Tone::Plain, page);
    question_ = new Text({}, TextSize::Reading, Tone::Muted, page);
    messages_ = new MessageBar(page);
    search_ = new SearchBox(*document_, middle);
    screens_ = makeScreens(*document_, stack_);
    for (Screen* screen : screens_) {
        stack_->addWidget(new ScreenArea(screen, stack_));
        connect(screen, &Screen::wanted, this, &Window::showScreen);
    }
    if (auto* start = qobject_cast<StartScreen*>(screenNamed(QStringLiteral("start")))) {
        connect(start, &StartScreen::newWanted, this, &Window::askNew);
        connect(start, &StartScreen::openWanted, this, &Window::askOpen);
        connect(start, &StartScreen::workspaceChosen, this, &Window::openPath);
    }
    buildRail(rail);
    inspector_ = new Inspector(*document_, middle);

    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(title_);
    words->addWidget(question_);
    auto* head = new QHBoxLayout;
    head->addLayout(words, 1);
    head->addWidget(search_, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::huge, space::medium, space::huge, 0);
    column->setSpacing(space::large);
    column->addLayout(head);
    column->addWidget(messages_);
    column->addWidget(stack_, 1);

    selection_ = new SelectionBar(*document_, middle);
    connect(selection_, &SelectionBar::concernsWanted, this, &Window::showConcerns);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(space::large, space::hair, space::large, space::hair);
    bottom->addWidget(selection_, 1);
    bottom->addWidget(new JobStrip(*jobs_, middle));
    auto* across = new QHBoxLayout;
    across->setSpacing(0);
    across->addWidget(rail);
    across->addWidget(page, 1);
    across->addWidget(inspector_);
    auto* all = new QVBoxLayout(middle);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(across, 1);
    all->addWidget(new Line(middle));
    all->addLayout(bottom);
    setCentralWidget(middle);
    dropVeil_ = new DropVeil(middle);
}

void Window::buildRail(QWidget* rail)
{
    auto* column = new QVBoxLayout(rail);
    column->setContentsMargins(space::small, space::large, space::small, space::large);
    column->setSpacing(space::hair);
    int number = 1;
    for (const Screen* screen : screens_) {
        auto* button = new RailButton(screen->iconName(), screen->title(), number, rail);
        button->setObjectName(QStringLiteral("rail-") + screen->id());
        railButtons_->addButton(button, number - 1);
        column->addWidget(button);
        ++number;
    }
    column->addStretch(1);
    connect(railButtons_, &QButtonGroup::idClicked, this, &Window::showIndex);
}

void Window::showIndex(int index)
{
    if (index < 0 || index >= static_cast<int>(screens_.size())) return;
    Screen* screen = screens_[static_cast<std::size_t>(index)];
    stack_->setCurrentIndex(index);
    railButtons_->button(index)->setChecked(true);
    title_->setText(screen->title());
    question_->setText(screen->question());
    arrange();
    screen->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void Window::arrange()
{
    const bool narrow = width() < roomy;
    for (QAbstractButton* each : railButtons_->buttons()) {
        if (auto* button = qobject_cast<RailButton*>(each))
            button->setBrief(width() < roomy * theme().textScale() / 100);
    }
    const Screen* screen = currentScreen();
    inspector_->setVisible(!narrow && document_->isOpen() && screen != nullptr &&
                           !screen->worksClosed() &&
                           QSettings().value(QStringLiteral("inspector"), true).toBool());
}

void Window::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    const bool crossed = (event->oldSize().width() < roomy) != (width() < roomy);
    if (crossed || !event->oldSize().isValid()) arrange();
}

void Window::showScreen(const QString& id)
{
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        if (screens_[i]->id() == id) showIndex(static_cast<int>(i));
    }
}

Screen* Window::currentScreen() const
{
    const int index = stack_->currentIndex();
    return index < 0 ? nullptr : screens_[static_cast<std::size_t>(index)];
}

Screen* Window::screenNamed(const QString& id) const
{
    for (Screen* each : screens_) {
        if (each->id() == id) return each;
    }
    return nullptr;
}

void Window::refresh()
{
    const bool open = document_->isOpen();
    setWindowTitle(open ? QStringLiteral("%1 – Kith").arg(document_->title())
                        : QStringLiteral("Kith"));
    for (QAction* action : needOpen_) action->setEnabled(open);
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        railButtons_->button(static_cast<int>(i))->setEnabled(open || screens_[i]->worksClosed());
    }
    if (open) rememberRecent(document_->path());
    refreshHistory();
    refreshRecent();
    if (!open && currentScreen() != nullptr && !currentScreen()->worksClosed()) showIndex(0);
}

void Window::openPath(const std::filesystem::path& path)
{
    if (path.extension() == ".kith") {
        if (!document_->open(path)) return;
        const bool empty = sources(document_->workspace()).empty();
        showScreen(empty ? QStringLiteral("sources") : QStringLiteral("map"));
        return;
    }
    showScreen(QStringLiteral("sources"));
    if (auto* sources = qobject_cast<SourcesScreen*>(screenNamed(QStringLiteral("sources")))) {
        sources->addFiles({path});
    }
}

void Window::closeEvent(QCloseEvent* event)
{
    QSettings().setValue(QStringLiteral("window"), saveGeometry());
    event->accept();
}

void Window::dragEnterEvent(QDragEnterEvent* event)
{
    if (!event->mimeData()->hasUrls()) return;
    event->acceptProposedAction();
    dropVeil_->setGeometry(centralWidget()->rect());
    dropVeil_->show();
    dropVeil_->raise();
}

void Window::dragLeaveEvent(QDragLeaveEvent*)
{
    dropVeil_->hide();
}

void Window::dropEvent(QDropEvent* event)
{
    dropVeil_->hide();
    std::vector<std::filesystem::path> files;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) files.emplace_back(url.toLocalFile().toStdString());
    }
    event->acceptProposedAction();
    if (files.empty()) return;
    if (files.size() == 1) return openPath(files.front());
    showScreen(QStringLiteral("sources"));
    if (auto* sources = qobject_cast<SourcesScreen*>(screenNamed(QStringLiteral("sources")))) {
        sources->addFiles(files);
    }
}

}  // namespace kith
