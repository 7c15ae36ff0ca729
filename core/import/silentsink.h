#pragma once

#include "core/import/sink.h"

namespace kith {

/// Hears nothing: for a first walk over a file, whose records and problems the second will tell.
class SilentSink final : public Sink {
public:
    void account(AccountRecord) override {}
    void message(MessageRecord&&) override {}
    void system(SystemRecord) override {}
    void change(ChangeRecord) override {}
    void givenTie(GivenTie) override {}
    void trait(TraitRecord) override {}
    void vote(VoteRecord) override {}
    void problem(Problem) override {}
};

}  // namespace kith
