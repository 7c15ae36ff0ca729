#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/blueskyposts.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"
#include "core/import/threadposts.h"

#include <utility>

namespace kith {
namespace {

const std::vector<std::string>& lists()
{
    static const std::vector<std::string> all{"feed", "posts", "records"};
    return all;
}

/// A thread begins with its name, before the first of its posts.
bool holdsThread(std::string_view head)
{
    const auto thread = head.find("\"thread\"");
    return trim(head).starts_with('{') && thread != head.npos && thread < head.find("\"post\"") &&
           head.find("app.bsky.feed") != head.npos;
}

std::string headOf(const OneFile& file)
{
    constexpr std::size_t enough = 1U << 16U;
    const auto source = file.open();
    std::string head(enough, '\0');
    std::size_t size = 0;
    while (size < enough) {
        const auto count = source->read(std::span(head).subspan(size));
        if (count == 0) break;
        size += count;
    }
    head.resize(size);
    return head;
}

/// One file being read.
class BlueskyImport {
public:
    BlueskyImport(const Package& package, const ReadOptions& options, Sink& sink, Task& task)
        : file_(package), import_(options, sink, task), posts_(import_)
    {}

    ReadReport run()
    {
        if (holdsThread(headOf(file_))) {
            readThread();
        } else {
            readRecords();
        }
        if (posts_.known() == 0) {
            throw Error(Error::Kind::BadInput, "the file holds no posts of Bluesky", file_.place(),
                        "Expected a feed, a thread or posts as Bluesky's interface gives them.");
        }
        import_.report().platform = "bluesky";
        return import_.report();
    }

private:
    void readRecords()
    {
        PostRecords records(file_, import_.task(), lists());
        while (const auto record = records.next()) {
            if (record->value == nullptr) {
                import_.refuse(record->place, record->trouble);
            } else {
                posts_.take(*record->value, record->place);
            }
        }
    }

    void readThread()
    {
        import_.task().begin("Reading " + file_.name(), file_.size());
        const auto source = file_.open();
        ThreadPosts thread(*source, file_.place());
        std::uint64_t before = 0;
        while (const auto found = thread.next()) {
            takeFound(*found);
            import_.task().advance(thread.consumed() - std::exchange(before, thread.consumed()));
        }
        if (!thread.trouble().empty()) import_.refuse(thread.place(), thread.trouble());
    }

    void takeFound(const ThreadPosts::Found& found)
    {
        if (found.raw.empty()) return import_.skip(found.place, found.why);
        try {
            posts_.take(Json::parse(found.raw, found.place), found.place);
        } catch (const Error& error) {
            import_.refuse(error.where(), "the post is no valid JSON: " + error.cause());
        }
    }

    OneFile file_;
    PostImport import_;
    BlueskyPosts posts_;
};

class BlueskyReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"bluesky",
                                     "Bluesky feeds, threads and posts (JSON)",
                                     {"bluesky"},
                                     {".json", ".jsonl", ".ndjson"},
                                     {.replies = true, .mentions = true, .reposts = true},
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        const auto says = [&](std::string_view text) {
            return probe.head.find(text) != std::string_view::npos;
        };
        if (!says("at://") && !says("app.bsky.")) return {};
        if (holdsThread(probe.head)) return {92, "a thread of Bluesky"};
        const auto first = firstPostIn(probe.head, lists());
        if (first && isBluesky(*first)) return {92, "posts of Bluesky"};
        const auto start = trim(probe.head);
        const bool json = start.starts_with('{') || start.starts_with('[');
        if (!first && json && says("\"cid\"") && says("\"indexedAt\""))
            return {80, "the fields of a post of Bluesky"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        return BlueskyImport(package, options, sink, task).run();
    }
};

}  // namespace

const Reader& blueskyReader()
{
    static const BlueskyReader reader;
    return reader;
}

}  // namespace kith
