#pragma once

#include <QWidget>

#include <vector>

namespace kith {

/// A small curve without axes. Missing values (NaN) are gaps, never zeros. Says its first, last and
/// highest value as its accessible description.
class Sparkline final : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(const QString& name, QWidget* parent = nullptr);

    void setValues(std::vector<double> values);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {48, 20}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<double> values_;
};

}  // namespace kith
