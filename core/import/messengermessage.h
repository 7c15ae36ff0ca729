#pragma once

#include "core/import/jsonrecords.h"
#include "core/import/senderbook.h"

#include <string>
#include <variant>
#include <vector>

namespace kith {

/// What one file of Messenger's or Instagram's says of its thread, which stands behind the list of
/// messages; found out in a walk of its own.
struct MessengerThread {
    std::string conversation;
    bool encrypted = false;  ///< the newer, end-to-end encrypted kind, whose text is whole
};
MessengerThread messengerThread(const Package& package, std::size_t entry,
                                const std::string& otherwise, Sink& sink, Task& task);

/// Turns the messages of Messenger and Instagram into records. Files that begin with the newest
/// message are turned round.
class MessengerMessages {
public:
    explicit MessengerMessages(Sink& sink) : sink_(sink), people_(sink) {}

    /// Reads one file to its end.
    /// @return the number of its records
    std::uint64_t read(JsonRecords& records, const MessengerThread& thread);

    /// Tells what was counted over all files.
    void finish(const Place& place);

private:
    using Item = std::variant<MessageRecord, SystemRecord>;

    void take(const JsonRecords::Record& record, const MessengerThread& thread);
    void keep(Item item, Time time);
    void flush();
    std::string whole(const Json& text) const;
    std::string person(const Json& name);
    void addFiles(const Json& json, MessageRecord& message) const;
    void addShare(const Json& json, MessageRecord& message) const;
    void addReactions(const Json& json, MessageRecord& message);

    Sink& sink_;
    SenderBook people_;
    bool encrypted_ = false;
    std::vector<Item> items_;  ///< not yet sent
    std::size_t bytes_ = 0;
    Time first_{};
    Time last_{};
    std::uint64_t gone_ = 0;
};

}  // namespace kith
