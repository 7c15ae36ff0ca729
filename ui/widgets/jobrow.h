#pragma once

#include <QWidget>

#include <vector>

class QProgressBar;
class QToolButton;

namespace kith {

class Jobs;
class Text;

/// What is being done, how far, and a cross to stop it.
class JobRow final : public QWidget {
    Q_OBJECT

public:
    explicit JobRow(QWidget* parent = nullptr);

    void setWork(const QString& what, const QString& phase, double fraction);

Q_SIGNALS:
    void cancelWanted();

private:
    Text* what_;
    QProgressBar* progress_;
    QToolButton* cancel_;
};

/// All running work of a Jobs model, one row each, newest at the right.
class JobStrip final : public QWidget {
    Q_OBJECT

public:
    explicit JobStrip(Jobs& jobs, QWidget* parent = nullptr);

private:
    void rebuild();
    void refresh();

    Jobs& jobs_;
    std::vector<JobRow*> rows_;
};

}  // namespace kith
