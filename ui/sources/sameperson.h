#pragma once

#include <QWidget>

#include "core/store/samepeople.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

class QVBoxLayout;

namespace kith {

class Document;
class JobRunner;

/// "Could these be the same person?": pairs with their reasons, joined or kept apart by the user,
/// never by Kith. Names that merely look alike stand as a warning.
class SamePersonList final : public QWidget {
    Q_OBJECT

public:
    /// One suggestion with the names to show.
    struct Pair {
        SamePerson people;
        std::string first;
        std::string second;
    };
    using Finder = std::function<std::vector<Pair>(const std::filesystem::path&, Task&)>;

    explicit SamePersonList(Document& document, QWidget* parent = nullptr);
    /// @param finder for tests; runs away from the window
    SamePersonList(Document& document, Finder finder, QWidget* parent = nullptr);

private:
    void reload();
    void present(std::vector<Pair> pairs);
    void addRow(const Pair& pair);
    void decide(const SamePerson& people, bool same);

    Document& document_;
    Finder finder_;
    JobRunner* finding_;
    QVBoxLayout* rows_;
    QWidget* inside_ = nullptr;
    std::vector<Pair> pairs_;
    std::size_t most_;
};

}  // namespace kith
