#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontInfo>
#include <QSettings>
#include <QStyle>

#include "core/layout/scene.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kith {

const Tokens& lightTokens()
{
    static const Tokens tokens{
        .surface = QColor(0xFA, 0xF8, 0xF4),
        .raised = QColor(0xFF, 0xFF, 0xFF),
        .wash = QColor(0xEC, 0xEF, 0xEC),
        .line = QColor(0xDE, 0xD9, 0xCF),
        .mark = QColor(0x86, 0x80, 0x75),
        .text = QColor(0x24, 0x22, 0x1E),
        .muted = QColor(0x64, 0x5F, 0x56),
        .accent = QColor(0x1D, 0x5C, 0x74),
        .onAccent = QColor(0xFF, 0xFF, 0xFF),
        .attention = QColor(0xA0, 0x3A, 0x12),
        .focus = QColor(0x2A, 0x6F, 0xB5),
    };
    return tokens;
}

const Tokens& darkTokens()
{
    static const Tokens tokens{
        .surface = QColor(0x1B, 0x1C, 0x1E),
        .raised = QColor(0x25, 0x27, 0x2A),
        .wash = QColor(0x30, 0x34, 0x38),
        .line = QColor(0x3C, 0x40, 0x45),
        .mark = QColor(0x86, 0x8B, 0x92),
        .text = QColor(0xE9, 0xE6, 0xDF),
        .muted = QColor(0xB0, 0xAC, 0xA3),
        .accent = QColor(0x86, 0xC2, 0xDA),
        .onAccent = QColor(0x10, 0x22, 0x2B),
        .attention = QColor(0xF2, 0xA5, 0x77),
        .focus = QColor(0x8C, 0xB8, 0xFF),
    };
    return tokens;
}

namespace {

double luminance(const QColor& colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(double{colour.redF()}) + 0.7152 * linear(double{colour.greenF()}) +
           0.0722 * linear(double{colour.blueF()});
}

bool isDarkPalette(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

constexpr std::array<double, 4> sizes{0.88, 1.0, 1.2, 1.7};

}  // namespace

double contrast(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Theme::Theme()
    : systemDark_(isDarkPalette(QApplication::palette())), systemFont_(QApplication::font())
{
    const QSettings settings;
    choice_ = static_cast<ThemeChoice>(
        std::clamp(settings.value(QStringLiteral("theme"), 0).toInt(), 0, 2));
    textScale_ = std::clamp(settings.value(QStringLiteral("textScale"), 100).toInt(), 80, 200);
}

bool Theme::isDark() const
{
    return choice_ == ThemeChoice::Dark || (choice_ == ThemeChoice::System && systemDark_);
}

const Tokens& Theme::tokens() const
{
    return isDark() ? darkTokens() : lightTokens();
}

void Theme::setChoice(ThemeChoice choice)
{
    choice_ = choice;
    QSettings().setValue(QStringLiteral("theme"), static_cast<int>(choice));
    apply();
}

void Theme::setTextScale(int percent)
{
    textScale_ = std::clamp(percent, 80, 200);
    QSettings().setValue(QStringLiteral("textScale"), textScale_);
    apply();
}

QFont Theme::font(TextSize size, bool strong) const
{
    QFont font = systemFont_;
    const double base = QFontInfo(systemFont_).pointSizeF();
    font.setPointSizeF(base * textScale_ / 100.0 * sizes.at(static_cast<std::size_t>(size)));
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont Theme::tableFont() const
{
    QFont figures = font();
    // Most interface fonts have equally wide figures by default; the hint keeps it so on those
    // that choose by style.
    figures.setStyleStrategy(QFont::PreferMatch);
    return figures;
}

QColor Theme::territory(int colour) const
{
    return QColor(QLatin1String(territoryColour(colour)));
}

QColor Theme::onTerritory(int colour) const
{
    const QColor fill = territory(colour);
    const QColor dark(0, 0, 0);  // the ink of the page is too light on the reds
    const QColor& light = lightTokens().raised;
    return contrast(fill, dark) >= contrast(fill, light) ? dark : light;
}

QColor Theme::territoryEdge(int colour) const
{
    QColor edge = territory(colour);
    for (int step = 0; step < 12 && contrast(edge, tokens().surface) < 3; ++step) {
        edge = isDark() ? edge.lighter(115) : edge.darker(115);
    }
    return edge;
}

int Theme::motionMillis() const
{
    const bool less = qEnvironmentVariableIntValue("KITH_NO_MOTION") != 0 ||
                      !QApplication::isEffectEnabled(Qt::UI_General);
    return less ? 0 : 200;
}

void Theme::apply()
{
    QApplication::setPalette(paletteOf(tokens()));
    QApplication::setFont(font());
    if (auto* app = qobject_cast<QApplication*>(QCoreApplication::instance())) {
        app->setStyleSheet(styleSheetOf(tokens()));
    }
    Q_EMIT changed();
}

Theme& theme()
{
    static Theme one;
    return one;
}

QPalette paletteOf(const Tokens& t)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& colour) {
        palette.setColor(QPalette::All, role, colour);
    };
    set(QPalette::Window, t.surface);
    set(QPalette::WindowText, t.text);
    set(QPalette::Base, t.raised);
    set(QPalette::AlternateBase, t.surface);
    set(QPalette::Text, t.text);
    set(QPalette::Button, t.raised);
    set(QPalette::ButtonText, t.text);
    set(QPalette::BrightText, t.attention);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onAccent);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::ToolTipBase, t.raised);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::PlaceholderText, t.muted);
    set(QPalette::Light, t.raised);
    set(QPalette::Midlight, t.wash);
    set(QPalette::Mid, t.line);
    set(QPalette::Dark, t.mark);
    set(QPalette::Shadow, t.mark);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, t.mark);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, t.muted);
    return palette;
}

}  // namespace kith
