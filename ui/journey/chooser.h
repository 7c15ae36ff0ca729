#pragma once

#include <QWidget>

#include "core/journey/rubric.h"

#include <array>
#include <optional>

class QButtonGroup;
class QRadioButton;

namespace kith {

class Text;

/// The five levels of a characteristic in plain words, one to choose. Keys 0 to 4 choose as well.
class LevelChooser final : public QWidget {
    Q_OBJECT

public:
    explicit LevelChooser(QWidget* parent = nullptr);

    void setRubric(const RubricRow& row, std::optional<int> level);
    std::optional<int> level() const;
    void setLevel(std::optional<int> level);
    QWidget* focusTarget() const;

Q_SIGNALS:
    void levelChanged();
    void confirmed();  ///< Enter

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QButtonGroup* group_;
    std::array<QRadioButton*, 5> buttons_{};
    std::array<Text*, 5> words_{};
};

}  // namespace kith
