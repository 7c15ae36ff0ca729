#include "core/base/error.h"
#include "core/import/mastodonoutbox.h"
#include "core/import/postrecords.h"
#include "core/import/readers.h"

#include <utility>

namespace kith {
namespace {

constexpr std::size_t longestActor = 4U << 20U;

std::optional<std::size_t> fileNamed(const Package& package, std::string_view name)
{
    for (std::size_t i = 0; i < package.entries().size(); ++i) {
        const std::string_view entry = package.entries()[i].name;
        if (entry.substr(entry.rfind('/') + 1) == name) return i;
    }
    return std::nullopt;
}

ReadReport readOutbox(const Package& package, std::size_t entry, PostImport& import,
                      MastodonOutbox& outbox)
{
    const auto place = placeIn(package, entry);
    import.task().begin("Reading " + package.name(), package.entries()[entry].size);
    const auto source = package.open(entry);
    JsonElements elements(*source, place, {"orderedItems"});
    std::uint64_t before = 0;
    while (const auto element = elements.next()) {
        outbox.take(element->raw, element->place);
        import.task().advance(elements.consumed() - std::exchange(before, elements.consumed()));
    }
    if (elements.broken()) import.refuse(elements.broken()->place, elements.broken()->what);
    import.noteLeftOut(place);
    const bool empty = import.report().seen == 0;
    if (empty || elements.entered(0) == 0) {
        throw Error(Error::Kind::BadInput, "the outbox holds no posts", place,
                    "Ask for the archive again and open it as it comes.");
    }
    import.report().platform = "mastodon";
    return import.report();
}

constexpr Shows outboxShows{
    .replies = true, .mentions = true, .reposts = true, .onePersonsView = true};

class MastodonArchiveReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"mastodon-archive",
                                     "Mastodon archive of one account",
                                     {"mastodon"},
                                     {".zip", ".tar.gz"},
                                     outboxShows,
                                     false,
                                     true};
        return info;
    }

    bool wantsCollection() const override { return true; }

    Recognition recognise(const Probe& probe) const override
    {
        bool outbox = false;
        bool actor = false;
        for (const auto& entry : probe.entries) {
            const std::string_view name =
                std::string_view(entry.name).substr(entry.name.rfind('/') + 1);
            outbox = outbox || name == "outbox.json";
            actor = actor || name == "actor.json";
        }
        if (outbox && actor) return {95, "holds outbox.json and actor.json of a Mastodon archive"};
        return {};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        PostImport import(options, sink, task);
        MastodonOutbox outbox(import);
        const auto entry = fileNamed(package, "outbox.json");
        if (!entry) {
            throw Error(Error::Kind::BadInput, "there is no outbox.json in it",
                        {package.name(), {}, {}, {}}, "Open the archive as it comes.");
        }
        if (const auto actor = fileNamed(package, "actor.json")) {
            try {
                const auto source = package.open(*actor);
                outbox.takeActor(
                    Json::parse(readAll(*source, longestActor), placeIn(package, *actor)));
            } catch (const Error& error) {
                if (error.kind() == Error::Kind::FileUnreadable) throw;
                import.note(placeIn(package, *actor),
                            "the owner's description is unreadable: " + error.cause());
            }
        }
        for (const auto* name : {"likes.json", "bookmarks.json"}) {
            if (const auto rest = fileNamed(package, name)) {
                import.note(placeIn(package, *rest),
                            "left out: it names posts of others without their words or times");
            }
        }
        return readOutbox(package, *entry, import, outbox);
    }
};

class MastodonOutboxReader final : public Reader {
public:
    const FormatInfo& info() const override
    {
        static const FormatInfo info{"mastodon-outbox",
                                     "Outbox of a Mastodon archive (outbox.json)",
                                     {"mastodon"},
                                     {".json"},
                                     outboxShows,
                                     false,
                                     true};
        return info;
    }

    Recognition recognise(const Probe& probe) const override
    {
        if (probe.head.find("\"orderedItems\"") == std::string_view::npos) return {};
        const auto source = sourceOver(std::string(probe.head));
        JsonElements elements(*source, {}, {"orderedItems"});
        const auto first = elements.next();
        const bool cut = !first && elements.entered(0) > 0 && !probe.whole;
        if (!first && !cut) return {};
        const auto raw = first ? first->raw : probe.head;
        const auto says = [&](std::string_view text) { return raw.find(text) != raw.npos; };
        const bool activity = says("\"Create\"") || says("\"Announce\"");
        if (!activity || (!says("\"actor\"") && !says("\"object\""))) return {};
        return {92, "a list of posts and boosts, as in the outbox of a Mastodon archive"};
    }

    ReadReport read(const Package& package, const ReadOptions& options, Sink& sink,
                    Task& task) const override
    {
        PostImport import(options, sink, task);
        MastodonOutbox outbox(import);
        return readOutbox(package, 0, import, outbox);
    }
};

}  // namespace

const Reader& mastodonArchiveReader()
{
    static const MastodonArchiveReader reader;
    return reader;
}

const Reader& mastodonOutboxReader()
{
    static const MastodonOutboxReader reader;
    return reader;
}

}  // namespace kith
