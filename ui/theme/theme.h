#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>

namespace kith {

/// Every colour of the desktop, beside the palette of territories. Contrast is tested: text, muted,
/// accent and attention at 4.5:1 on surface, raised and wash; mark and focus at 3:1.
struct Tokens {
    QColor surface;  ///< the page
    QColor raised;   ///< cards, fields, tables
    QColor wash;     ///< hovered, chosen, quiet emphasis
    QColor line;     ///< separators; carries no meaning
    QColor mark;     ///< outlines of controls, axes, unfilled steps
    QColor text;
    QColor muted;
    QColor accent;     ///< what can be acted on
    QColor onAccent;   ///< text on accent
    QColor attention;  ///< what needs a look
    QColor focus;      ///< the ring
};

const Tokens& lightTokens();
const Tokens& darkTokens();

/// WCAG 2 contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b);

/// The grid: all distances are one of these, in device-independent pixels.
namespace space {
inline constexpr int hair = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int huge = 24;
}  // namespace space

/// Relative to the system's font and the chosen text size.
enum class TextSize { Small, Body, Reading, Title };

enum class ThemeChoice { System, Light, Dark };

/// The only place that names a colour or a size. One a program, see theme().
class Theme final : public QObject {
    Q_OBJECT

public:
    Theme();

    const Tokens& tokens() const;
    bool isDark() const;
    ThemeChoice choice() const { return choice_; }
    void setChoice(ThemeChoice choice);

    /// In per cent, 80 to 200.
    int textScale() const { return textScale_; }
    void setTextScale(int percent);

    QFont font(TextSize size = TextSize::Body, bool strong = false) const;
    /// The same with figures of equal width, for tables.
    QFont tableFont() const;

    /// Palette of territories; negative = grey.
    QColor territory(int colour) const;
    /// Text that can be read on a territory's colour.
    QColor onTerritory(int colour) const;
    /// An outline for a territory's colour that keeps 3:1 against the page.
    QColor territoryEdge(int colour) const;

    /// Motion is off when the system asks for less; else at most 250 ms.
    int motionMillis() const;

    /// Puts palette, font and style sheet on the application.
    void apply();

Q_SIGNALS:
    /// Custom-painted widgets get QEvent::PaletteChange as well and need not listen.
    void changed();

private:
    ThemeChoice choice_ = ThemeChoice::System;
    int textScale_ = 100;
    bool systemDark_ = false;
    QFont systemFont_;
};

/// Needs a QApplication; the first call must come before apply() was called by anybody else.
Theme& theme();

QPalette paletteOf(const Tokens& tokens);
QString styleSheetOf(const Tokens& tokens);

}  // namespace kith
