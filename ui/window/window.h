#pragma once

#include <QMainWindow>

#include <filesystem>
#include <vector>

class QAction;
class QButtonGroup;
class QLabel;
class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace kith {

class Document;
class Inspector;
class Jobs;
class MessageBar;
class Screen;
class SearchBox;
class SelectionBar;
class Text;

/// The main window: rail, screens, inspector, bottom bar, menus. Knows no algorithm; it connects
/// screens to the document.
class Window final : public QMainWindow {
    Q_OBJECT

public:
    explicit Window(QWidget* parent = nullptr);
    ~Window() override;

    Document& document() const { return *document_; }

    /// Opens a workspace; anything else is taken to Sources for a preview.
    void openPath(const std::filesystem::path& path);
    void showScreen(const QString& id);
    Screen* currentScreen() const;
    Screen* screenNamed(const QString& id) const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildPages();
    void buildRail(QWidget* rail);
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void showIndex(int index);
    void arrange();  ///< what there is room for: words on the rail, the inspector
    void refresh();
    void refreshHistory();
    void refreshRecent();
    void askNew();
    void askOpen();
    void askImport();
    void exportMap();
    void saveReport();
    void showConcerns();
    void showShortcuts();
    void showAbout();

    Jobs* jobs_;
    Document* document_;
    std::vector<Screen*> screens_;
    QButtonGroup* railButtons_;
    QStackedWidget* stack_;
    Text* title_;
    Text* question_;
    MessageBar* messages_;
    Inspector* inspector_;
    SelectionBar* selection_;
    SearchBox* search_;
    QWidget* dropVeil_;
    QMenu* recent_ = nullptr;
    QAction* undo_ = nullptr;
    QAction* redo_ = nullptr;
    std::vector<QAction*> needOpen_;  ///< actions that make no sense without a workspace
};

}  // namespace kith
