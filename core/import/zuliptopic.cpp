#include "core/import/zuliptopic.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/jsonlines.h"
#include "core/import/readers.h"
#include "core/import/zuliptext.h"

#include <utility>

namespace kith {
namespace {

/// "general" of "113488-general/on-this-page.json", and the topic.
std::pair<std::string, std::string> streamAndTopic(std::string_view name)
{
    const auto slash = name.rfind('/');
    std::string topic(lastPartOf(name));
    if (topic.ends_with(".json")) topic.resize(topic.size() - 5);
    if (slash == std::string_view::npos) return {{}, topic};
    auto stream = lastPartOf(name.substr(0, slash));
    const auto dash = stream.find('-');
    if (dash != stream.npos && parseInteger(stream.substr(0, dash))) stream.remove_prefix(dash + 1);
    return {std::string(stream), topic};
}

class ZulipTopicReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"zulip-topic",      "One topic of a public Zulip archive",
                                     {"zulip"},          {".json"},
                                     {.mentions = true}, true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto start = trim(probe.head);
        const auto has = [&](std::string_view key) { return start.find(key) != start.npos; };
        if (start.starts_with('[') && has("\"sender_full_name\"") && has("\"timestamp\"") &&
            has("\"content\"")) {
            return {92, "holds messages with the keys of a public Zulip archive"};
        }
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        task.begin("Reading " + package.name(), package.entries().front().size);
        ReadReport report;
        report.platform = "zulip";
        report.seen = ZulipTopic(package, options, sink, task).read(0, true);
        return report;
    }
};

}  // namespace

std::uint64_t itemsOrRefusal(JsonItems& items, const Place& place, Sink& sink,
                             const JsonItems::Take& take)
{
    try {
        items.each(take);
    } catch (const Error& error) {
        if (error.kind() != Error::Kind::BadInput || items.seen() > 0) throw;
        sink.problem({Outcome::Refused, place, "the file is left out: " + error.cause()});
        return 1;
    }
    return items.seen();
}

std::uint64_t ZulipTopic::read(std::size_t entry, bool alone)
{
    auto named = streamAndTopic(package_.entries()[entry].name);
    auto& stream = named.first;  // clang 14: a lambda takes no structured binding
    const auto& topic = named.second;
    if (stream.empty()) stream = options_.conversation.empty() ? topic : options_.conversation;
    JsonItems items(package_, entry, {""}, sink_, task_);
    const auto each = [&](const JsonItems::Item& item) { take(item, stream, topic); };
    if (!alone) return itemsOrRefusal(items, placeIn(package_, entry), sink_, each);
    items.each(each);
    return items.seen();
}

void ZulipTopic::take(const JsonItems::Item& item, const std::string& stream,
                      const std::string& topic)
{
    const auto& json = item.json;
    const auto time = epochTime(json["timestamp"]);
    if (json["id"].text().empty() || !time) {
        return sink_.problem({Outcome::Refused, item.place, "the message has no id or no time"});
    }
    MessageRecord record;
    record.id = json["id"].text();
    record.conversation = stream;
    record.thread = topic;
    record.account = json["sender_full_name"].text();
    record.time = *time;
    record.place = item.place;
    auto text = readZulipHtml(json["content"].text());
    record.text = boundedText(std::move(text.text), item.place, sink_);
    for (auto& one : text.mentions) {
        if (one.name != record.account)
            record.ties.push_back({TieKind::Mention, std::move(one.name), {}, 1});
    }
    sink_.message(std::move(record));
}

const Reader& zulipTopicReader()
{
    static const ZulipTopicReader reader;
    return reader;
}

}  // namespace kith
