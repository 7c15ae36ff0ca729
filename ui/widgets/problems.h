#pragma once

#include <QWidget>

#include <cstdint>
#include <vector>

namespace kith {

struct Problem;
class Text;

/// What could not be read, with file and line: "left out", "could not be read", "mended". Folds
/// beyond the first few.
class ProblemList final : public QWidget {
    Q_OBJECT

public:
    explicit ProblemList(QWidget* parent = nullptr);

    /// @param count how many there are in all; `problems` may hold fewer
    void setProblems(const std::vector<Problem>& problems, std::uint64_t count);

private:
    void show(std::size_t most);

    std::vector<std::pair<QString, QString>> lines_;  ///< place, what
    std::uint64_t count_ = 0;
    QWidget* rows_ = nullptr;
};

}  // namespace kith
