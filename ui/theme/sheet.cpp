#include <QString>

#include "ui/theme/theme.h"

namespace kith {

namespace {

// What Fusion draws with gradients and bevels is flattened; distances follow the grid. Our own
// widgets paint themselves and are not styled here.
constexpr const char* sheet = R"(
QMainWindow, QDialog { background: %surface; }
QToolTip { background: %raised; color: %text; border: 1px solid %line; padding: 4px; }
QPushButton { background: %raised; color: %text; border: 1px solid %mark; border-radius: 4px; padding: 4px 12px; min-height: 20px; }
QPushButton:hover { background: %wash; }
QPushButton:pressed { background: %line; }
QPushButton:focus { border: 2px solid %focus; padding: 3px 11px; }
QPushButton:disabled { color: %muted; border-color: %line; background: %surface; }
QPushButton[primary="true"] { background: %accent; color: %onAccent; border-color: %accent; }
QPushButton[primary="true"]:hover { border-color: %text; }
QPushButton[primary="true"]:focus { border: 2px solid %text; }
QPushButton[primary="true"]:disabled { background: %wash; color: %muted; border-color: %line; }
QPushButton[link="true"] { background: transparent; color: %accent; border: 1px solid transparent; padding: 0px 2px; text-align: left; text-decoration: underline; }
QPushButton[link="true"]:disabled { color: %muted; text-decoration: none; }
QPushButton[link="true"]:hover { color: %text; }
QPushButton[link="true"]:focus { border: 1px solid %focus; padding: 0px 2px; }
QPushButton[choice="true"] { border-radius: 6px; }
QPushButton[choice="true"]:focus { border: 2px solid %focus; }
QPushButton[choice="true"]:checked { background: %wash; border-color: %accent; color: %accent; }
QToolButton { background: transparent; color: %text; border: 1px solid transparent; border-radius: 4px; padding: 4px; }
QToolButton[outlined="true"] { background: %raised; border-color: %mark; padding: 3px 4px; }
QToolButton[outlined="true"]:checked { background: %wash; border-color: %accent; color: %accent; }
QToolButton:hover, QToolButton:checked { background: %wash; }
QToolButton:focus { border: 1px solid %focus; }
QRadioButton, QCheckBox { border: 1px solid transparent; border-radius: 4px; padding: 1px; spacing: 6px; }
QRadioButton:focus, QCheckBox:focus { border-color: %focus; }
QRadioButton::indicator { width: 12px; height: 12px; border: 1px solid %mark; border-radius: 7px; background: %raised; }
QCheckBox::indicator { width: 12px; height: 12px; border: 1px solid %mark; border-radius: 3px; background: %raised; }
QCheckBox::indicator:checked { width: 8px; height: 8px; border: 3px solid %accent; background: %onAccent; }
QSlider::groove:horizontal { height: 4px; background: %mark; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; margin: -5px 0px; border: 1px solid %accent; border-radius: 7px; background: %raised; }
QSlider::handle:horizontal:focus { border: 2px solid %focus; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 4px solid %accent; background: %onAccent; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateEdit { background: %raised; color: %text; border: 1px solid %mark; border-radius: 4px; padding: 3px 8px; selection-background-color: %accent; selection-color: %onAccent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus { border: 2px solid %focus; padding: 2px 7px; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url(:/icons/dropdown.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: %raised; color: %text; border: 1px solid %line; selection-background-color: %wash; selection-color: %text; }
QAbstractItemView { background: %raised; alternate-background-color: %surface; color: %text; border: 1px solid %line; outline: none; selection-background-color: %wash; selection-color: %text; }
QAbstractItemView:focus { border: 1px solid %focus; }
QTableView { gridline-color: %line; }
QTableView::item, QListView::item, QTreeView::item { padding: 4px 8px; border: none; }
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected { background: %wash; color: %text; }
QTableView::item:focus, QListView::item:focus, QTreeView::item:focus { border: 1px solid %focus; }
QTableView QLineEdit, QTreeView QLineEdit { border-radius: 0; padding: 0 7px; }
QHeaderView { background: %surface; border: none; }
QHeaderView::section { background: %surface; color: %muted; border: none; border-bottom: 1px solid %line; padding: 6px 8px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { width: 0px; height: 0px; }
QTableCornerButton::section { background: %surface; border: none; }
QMenuBar { background: %surface; color: %text; }
QMenuBar::item { padding: 4px 8px; background: transparent; }
QMenuBar::item:selected { background: %wash; }
QMenu { background: %raised; color: %text; border: 1px solid %line; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 24px; border-radius: 4px; }
QMenu::item:selected { background: %wash; color: %text; }
QMenu::item:disabled { color: %muted; }
QMenu::separator { height: 1px; background: %line; margin: 4px 8px; }
QScrollArea { border: none; background: transparent; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: %mark; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: %wash; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; color: transparent; }
QProgressBar::chunk { background: %accent; border-radius: 3px; }
QSplitter::handle { background: %line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
)";

}  // namespace

QString styleSheetOf(const Tokens& t)
{
    QString text = QString::fromLatin1(sheet);
    const std::pair<const char*, QColor> names[] = {
        {"%surface", t.surface},     {"%raised", t.raised}, {"%wash", t.wash},
        {"%line", t.line},           {"%mark", t.mark},     {"%text", t.text},
        {"%muted", t.muted},         {"%accent", t.accent}, {"%onAccent", t.onAccent},
        {"%attention", t.attention}, {"%focus", t.focus}};
    for (const auto& [name, colour] : names) {
        text.replace(QString::fromLatin1(name), colour.name());
    }
    return text;
}

}  // namespace kith
