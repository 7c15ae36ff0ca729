#include "ui/map/legend.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

#include "ui/map/picture.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <algorithm>

namespace kith {
namespace {

constexpr std::size_t mostRows = 40;
constexpr int swatch = 18;

}  // namespace

LegendRow::LegendRow(const LegendEntry& entry, QWidget* parent)
    : QAbstractButton(parent), entry_(entry)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setObjectName(QStringLiteral("legend%1").arg(entry.key));
    setText(entry.label);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    auto name = tr("%1, %2 people").arg(entry.label, number(std::uint64_t{entry.people}));
    if (!entry.note.isEmpty()) name += tr(", %1").arg(entry.note);
    setAccessibleName(name);
    setAccessibleDescription(tr("Shows this group alone; with Shift in addition."));
}

void LegendRow::setDimmed(bool dimmed)
{
    dimmed_ = dimmed;
    update();
}

QSize LegendRow::sizeHint() const
{
    const QFontMetrics body(theme().font());
    const QFontMetrics small(theme().font(TextSize::Small));
    const int lines = body.height() + (entry_.note.isEmpty() ? 0 : small.height());
    return {200, lines + 2 * space::hair + 2};
}

void LegendRow::paintEvent(QPaintEvent*)
{
    const auto& tokens = theme().tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.wash);
        painter.drawRoundedRect(rect(), 4, 4);
    }
    if (hasFocus()) {
        painter.setPen(QPen(tokens.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    const auto colours = mapColours(tokens);
    const auto ink = territoryInk(entry_.colour, colours);
    QPainterPath box;
    box.addRoundedRect(QRectF(space::small, (height() - swatch) / 2.0, swatch, swatch), 4, 4);
    painter.setOpacity(dimmed_ ? 0.35 : 1);
    painter.fillPath(box, ink);
    hatch(painter, box, entry_.colour, tokens.surface);
    painter.setOpacity(1);

    const int left = space::small + swatch + space::small;
    const auto font = theme().font(TextSize::Body, isChecked());
    const QFontMetrics metrics(font);
    const auto count = number(std::uint64_t{entry_.people});
    const int countWidth = metrics.horizontalAdvance(count) + space::small;
    const int width = this->width() - left - countWidth - space::small;
    painter.setFont(font);
    painter.setPen(dimmed_ ? tokens.muted : tokens.text);
    const int top = space::hair + 1;
    painter.drawText(QRect(left, top, width, metrics.height()), Qt::AlignLeft,
                     metrics.elidedText(entry_.label, Qt::ElideRight, width));
    painter.setPen(tokens.muted);
    painter.drawText(
        QRect(this->width() - countWidth - space::small, top, countWidth, metrics.height()),
        Qt::AlignRight, count);
    painter.setFont(theme().font(TextSize::Small));
    painter.drawText(QRect(left, top + metrics.height(), this->width() - left, metrics.height()),
                     Qt::AlignLeft, entry_.note);
}

MapLegend::MapLegend(QWidget* parent) : QWidget(parent), layout_(new QVBoxLayout(this))
{
    setAccessibleName(tr("Legend"));
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(2);
}

void MapLegend::setEntries(const std::vector<LegendEntry>& entries)
{
    removeAll(layout_);
    rows_.clear();
    lit_.clear();
    for (const auto& entry : entries) {
        if (rows_.size() == mostRows) break;
        auto* row = new LegendRow(entry, this);
        connect(row, &QAbstractButton::clicked, this, [this, key = entry.key] {
            press(key, QApplication::keyboardModifiers().testFlag(Qt::ShiftModifier));
        });
        layout_->addWidget(row);
        rows_.push_back(row);
    }
    if (entries.size() <= mostRows) return;
    layout_->addWidget(new Text(tr("and %1 smaller ones").arg(entries.size() - mostRows),
                                TextSize::Small, Tone::Muted, this));
}

void MapLegend::press(int key, bool adding)
{
    auto lit = lit_;
    if (adding) {
        if (lit.erase(key) == 0) lit.insert(key);
    } else {
        lit = lit == std::set{key} ? std::set<int>{} : std::set{key};
    }
    setLit(lit);
    Q_EMIT litChanged(lit_);
}

void MapLegend::setLit(const std::set<int>& lit)
{
    lit_ = lit;
    for (auto* row : rows_) {
        row->setChecked(lit.contains(row->key()));
        row->setDimmed(!lit.empty() && !lit.contains(row->key()));
    }
}

LegendRow* MapLegend::row(int key) const
{
    const auto found = std::ranges::find(rows_, key, &LegendRow::key);
    return found == rows_.end() ? nullptr : *found;
}

}  // namespace kith
