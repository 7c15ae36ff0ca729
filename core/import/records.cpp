#include "core/import/records.h"

#include "core/import/sink.h"

namespace kith {
namespace {

void emptied(std::string& text, std::size_t most)
{
    text.clear();
    if (text.capacity() > most) text.shrink_to_fit();
}

template <class Item>
void emptied(std::vector<Item>& items)
{
    constexpr std::size_t most = 64;
    items.clear();
    if (items.capacity() > most) items.shrink_to_fit();
}

}  // namespace

void MessageRecord::clear()
{
    constexpr std::size_t mostName = 256;
    constexpr std::size_t mostText = 4096;
    for (auto* one : {&id, &conversation, &thread, &account, &place.file, &place.entry})
        emptied(*one, mostName);
    emptied(text, mostText);
    emptied(ties);
    emptied(reactions);
    emptied(attachments);
    time = {};
    certainty = TimeCertainty::Exact;
    kind = MessageKind::Said;
    timed = true;
    edited = deleted = bot = false;
    place.line.reset();
    place.byte.reset();
}

MessageRecord& Sink::blank()
{
    blank_.clear();
    return blank_;
}

}  // namespace kith
