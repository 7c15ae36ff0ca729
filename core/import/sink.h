#pragma once

#include "core/import/records.h"

namespace kith {

/// Where readers send what they find, in file order. For every record of the file a reader calls
/// exactly one of message(), system(), vote(), skipped() or refused(); graph readers count nodes
/// and ties as records and call account() / givenTie(), skipped() or refused(). The reader itself
/// counts the records it saw where it splits the file (ReadReport::seen), so that the sum can be
/// checked.
class Sink {
public:
    virtual ~Sink() = default;

    virtual void account(AccountRecord record) = 0;
    /// The sink takes of the record what it wants and leaves the rest in any state.
    virtual void message(MessageRecord&& record) = 0;
    virtual void system(SystemRecord record) = 0;
    virtual void change(ChangeRecord record) = 0;
    virtual void givenTie(GivenTie tie) = 0;
    virtual void trait(TraitRecord record) = 0;
    virtual void vote(VoteRecord record) = 0;

    /// Skipped, Refused: takes the place of the record. Repaired, Noted: beside it.
    virtual void problem(Problem problem) = 0;

    /// An empty message to fill and hand to message(): mostly one that has been used before, whose
    /// room is used again. Readers of large files take it; a record of one's own does as well.
    /// Valid until the next call of message() or blank().
    virtual MessageRecord& blank();

private:
    MessageRecord blank_;
};

}  // namespace kith
