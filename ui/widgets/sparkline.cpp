#include "ui/widgets/sparkline.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace kith {

Sparkline::Sparkline(const QString& name, QWidget* parent) : QWidget(parent)
{
    setAccessibleName(name);
    connect(&theme(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::setValues(std::vector<double> values)
{
    values_ = std::move(values);
    std::vector<double> known;
    std::copy_if(values_.begin(), values_.end(), std::back_inserter(known),
                 [](double value) { return std::isfinite(value); });
    if (!known.empty()) {
        setAccessibleDescription(tr("from %1 to %2, at most %3")
                                     .arg(known.front())
                                     .arg(known.back())
                                     .arg(*std::max_element(known.begin(), known.end())));
    }
    update();
}

QSize Sparkline::sizeHint() const
{
    return {120, 28};
}

void Sparkline::paintEvent(QPaintEvent*)
{
    if (values_.size() < 2) return;
    double top = 0;
    for (const double value : values_) {
        if (std::isfinite(value)) top = std::max(top, value);
    }
    if (top <= 0) top = 1;
    const QRectF area = QRectF(rect()).adjusted(2, 3, -2, -3);
    QPainterPath path;
    bool drawing = false;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        if (!std::isfinite(values_[i])) {
            drawing = false;
            continue;
        }
        const QPointF at(area.left() + area.width() * static_cast<double>(i) /
                                           static_cast<double>(values_.size() - 1),
                         area.bottom() - area.height() * values_[i] / top);
        if (drawing) path.lineTo(at);
        if (!drawing) path.moveTo(at);
        drawing = true;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().tokens().accent, 1.5));
    painter.drawPath(path);
}

}  // namespace kith
