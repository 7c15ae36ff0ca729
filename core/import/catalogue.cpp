#include "core/import/catalogue.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/import/catalogueothers.h"
#include "core/import/lines.h"
#include "core/import/packing.h"
#include "core/import/readers.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace kith {
namespace {

constexpr std::size_t headBytes = 64U << 10U;
constexpr int sure = 50;

/// One entry of an archive or folder, as a package of its own. Places still name both.
class EntryPackage final : public Package {
public:
    EntryPackage(std::shared_ptr<const Package> all, std::size_t entry)
        : all_(std::move(all)), entry_(entry)
    {
        name_ = all_->name();
        entries_.push_back(all_->entries()[entry]);
        collection_ = true;
        partial_ = all_->isPartial();
    }

    std::unique_ptr<ByteSource> open(std::size_t) const override { return all_->open(entry_); }

private:
    std::shared_ptr<const Package> all_;
    std::size_t entry_;
};

/// The first bytes of a file, as UTF-8 without a byte-order mark.
struct Head {
    std::string text;
    bool whole = false;
};

Head readHead(const Package& package, std::size_t entry)
{
    const auto source = package.open(entry);
    Head head;
    std::vector<char> buffer(headBytes);
    while (head.text.size() < headBytes) {
        const auto count = source->read({buffer.data(), headBytes - head.text.size()});
        if (count == 0) {
            head.whole = true;
            break;
        }
        head.text.append(buffer.data(), count);
    }
    if (head.text.starts_with("\xEF\xBB\xBF")) head.text.erase(0, 3);
    if (!head.text.starts_with("\xFF\xFE") && !head.text.starts_with("\xFE\xFF")) return head;
    const auto raw = sourceOver(std::exchange(head.text, {}));
    LineReader lines(*raw, package.entries()[entry].name);
    while (const auto line = lines.next()) head.text += std::string(*line) + '\n';
    return head;
}

struct Best {
    const Reader* reader = nullptr;
    Recognition recognition;
};

/// The surest of the readers that take files, or of those that take collections; the first of
/// equals.
Best bestFor(const Probe& probe, bool collection, const Reader* only)
{
    Best best;
    for (const auto* reader : readers()) {
        if (reader->wantsCollection() != collection) continue;
        if (only != nullptr && reader != only) continue;
        auto recognition = reader->recognise(probe);
        if (recognition.confidence > best.recognition.confidence)
            best = {reader, std::move(recognition)};
    }
    return best;
}

constexpr std::string_view whatIsRead =
    "Kith reads chats, mail, posts, forums, votes, tables and graph files; the page of the manual "
    "on formats, and the command \"formats\", list them all.";

[[noreturn]] void refuse(const std::optional<OtherKind>& kind, const Place& place)
{
    if (kind) throw Error(Error::Kind::FormatUnknown, kind->what, place, kind->remedy);
    throw Error(Error::Kind::FormatUnknown, "the file is in no format that Kith knows", place,
                std::string(whatIsRead));
}

std::vector<Recognised> ofFile(std::shared_ptr<const Package> package, const Reader* only)
{
    const auto place = placeIn(*package, 0);
    const auto head = readHead(*package, 0);
    const Probe probe{package->entries().front().name, head.text, head.whole, {}};
    auto best = bestFor(probe, false, only);
    if (only != nullptr && best.reader == nullptr)
        best = {only, {1, "is read so because it was asked for"}};
    const bool empty = head.whole && trim(head.text).empty();
    if (best.recognition.confidence < sure && only == nullptr) {
        auto kind = otherKind(probe);
        if (kind || best.reader == nullptr) refuse(kind, place);
    }
    if (empty) refuse(otherKind(probe), place);
    return {{best.reader, best.recognition, std::move(package)}};
}

/// What the entries of a collection turned out to be.
struct Found {
    std::vector<Recognised> sure;
    std::vector<Recognised> guesses;
    std::vector<Problem> leftOut;  ///< damaged entries, and archives that are not opened
    std::optional<OtherKind> other;
    Place otherPlace;
    std::optional<Error> damaged;
};

std::vector<Recognised> ofCollection(std::shared_ptr<const Package> package, const Reader* only);

/// An archive that lies in a folder, with all that is in it.
void lookInside(std::shared_ptr<const Package> archive, const std::string& member,
                const Reader* only, Found& found)
{
    auto parts =
        archive->isCollection() ? ofCollection(archive, only) : ofFile(std::move(archive), only);
    for (auto& part : parts) {
        auto& list = part.recognition.confidence >= sure ? found.sure : found.guesses;
        part.member = member;
        list.push_back(std::move(part));
    }
}

void lookInto(const std::shared_ptr<const Package>& package, std::size_t entry, const Reader* only,
              Found& found)
{
    const auto place = placeIn(*package, entry);
    Head head;
    try {
        if (std::shared_ptr<const Package> archive = package->inside(entry)) {
            return lookInside(std::move(archive), package->entries()[entry].name, only, found);
        }
        head = readHead(*package, entry);
    } catch (const Error& error) {
        const bool unknown = error.kind() == Error::Kind::FormatUnknown;
        if (error.kind() != Error::Kind::BadInput && !unknown) throw;
        if (!found.damaged) found.damaged = error;
        found.leftOut.push_back({Outcome::Noted, place, "it is left out: " + error.cause()});
        return;
    }
    const Probe probe{package->entries()[entry].name, head.text, head.whole, {}};
    auto best = bestFor(probe, false, only);
    auto kind = best.recognition.confidence >= sure ? std::nullopt : otherKind(probe);
    if (best.reader != nullptr && !kind) {
        auto& list = best.recognition.confidence >= sure ? found.sure : found.guesses;
        list.push_back(
            {best.reader, best.recognition, std::make_shared<EntryPackage>(package, entry)});
        return;
    }
    if (packingOf(head.text) != Packing::Plain && kind) {
        found.leftOut.push_back({Outcome::Noted, place, "it is left out: " + kind->what});
    }
    if (kind && !found.other) {
        found.other = std::move(kind);
        found.otherPlace = place;
    }
}

/// Files that a reader takes together are one part: the whole package. A table among them that
/// another reader would take goes with them, since it may have its header in another file.
void unite(std::vector<Recognised>& parts, const std::shared_ptr<const Package>& package)
{
    const auto together = std::ranges::find_if(parts, [](const Recognised& part) {
        return part.member.empty() && part.reader->together() != nullptr;
    });
    if (together == parts.end()) return;
    Recognised whole{together->reader->together(), together->recognition, package};
    const auto goesWith = [&](const Recognised& part) {
        return part.member.empty() &&
               (part.reader->together() == whole.reader || part.reader == &edgeListReader() ||
                part.reader == &tableReader());
    };
    std::erase_if(parts, goesWith);
    parts.insert(parts.begin(), std::move(whole));
}

/// A note goes with the entry it is about, or else with the first part.
std::vector<Recognised> withNotes(std::vector<Recognised> parts, const Package& package,
                                  std::vector<Problem> leftOut)
{
    auto& first = parts.front();
    for (const auto& note : package.notes()) {
        const auto own = std::ranges::find_if(parts, [&](const Recognised& part) {
            return part.package->entries().size() == 1 &&
                   part.package->entries().front().name == note.place.entry;
        });
        auto& part = own == parts.end() ? first : *own;
        part.notes.push_back({Outcome::Noted, note.place, note.what});
    }
    if (package.isPartial()) {
        first.notes.push_back({Outcome::Noted,
                               {package.name(), {}, {}, {}},
                               "the archive is cut off: only files that are whole were read"});
    }
    std::ranges::move(leftOut, std::back_inserter(first.notes));
    return parts;
}

std::vector<Recognised> ofCollection(std::shared_ptr<const Package> package, const Reader* only)
{
    const Place place{package->name(), {}, {}, {}};
    const Probe probe{package->name(), {}, true, package->entries()};
    auto whole = bestFor(probe, true, only);
    if (only != nullptr && only->wantsCollection() && whole.reader == nullptr)
        whole = {only, {1, "is read so because it was asked for"}};
    if (whole.reader != nullptr && (only != nullptr || whole.recognition.confidence >= sure)) {
        return withNotes({{whole.reader, whole.recognition, package}}, *package, {});
    }
    auto kind = otherCollection(probe);
    if (kind && only == nullptr) refuse(kind, place);
    Found found;
    for (std::size_t i = 0; i < package->entries().size(); ++i) {
        if (!isMediaName(package->entries()[i].name)) lookInto(package, i, only, found);
    }
    unite(found.sure, package);
    auto& parts = found.sure.empty() ? found.guesses : found.sure;
    if (!parts.empty()) {
        return withNotes(std::move(parts), *package, std::move(found.leftOut));
    }
    if (found.damaged) throw *found.damaged;
    if (found.other) refuse(found.other, found.otherPlace);
    refuse(OtherKind{fmt::format("none of the {} files in it is a conversation",
                                 package->entries().size()),
                     std::string(whatIsRead)},
           place);
}

/// One entry of an archive by itself, with what the archive has to say of it.
std::vector<Recognised> ofEntry(std::shared_ptr<const Package> package, std::string_view entry,
                                const Reader* only)
{
    const auto& entries = package->entries();
    const auto found = std::ranges::find(entries, entry, &Package::Entry::name);
    if (found == entries.end()) {
        throw Error(Error::Kind::FileUnreadable, "it does not hold " + std::string(entry) + " now",
                    {package->name(), {}, {}, {}}, "It has been changed; choose it again.");
    }
    const auto at = static_cast<std::size_t>(found - entries.begin());
    auto parts = ofFile(std::make_shared<EntryPackage>(package, at), only);
    for (const auto& note : package->notes()) {
        if (note.place.entry.empty() || note.place.entry == entry)
            parts.front().notes.push_back({Outcome::Noted, note.place, note.what});
    }
    return parts;
}

const Reader* onlyReader(std::string_view format)
{
    if (format.empty()) return nullptr;
    if (const Reader* only = readerNamed(format)) return only;
    throw Error(Error::Kind::Usage, "there is no format \"" + std::string(format) + "\"", {},
                "The command \"formats\" lists them.");
}

}  // namespace

std::span<const Reader* const> readers()
{
    // One a line, so that each can be found; the first of equally sure ones is taken.
    // clang-format off
    static const std::array all{
        // chats
        &whatsappReader(),
        &telegramReader(),
        &slackReader(),
        &slackDumpReader(),
        &discordReader(),
        &discordTableReader(),
        &discordPackageReader(),
        &messengerReader(),
        &facebookReader(),
        &facebookCommentsReader(),
        &googleChatReader(),
        &signalExportReader(),
        &signalChatReader(),
        &signalCliReader(),
        &mattermostReader(),
        &rocketChatReader(),
        &ircReader(),
        // mail, forums, votes
        &mailReader(),
        &discourseReader(),
        &discourseArchiveReader(),
        &teamsReader(),
        &zulipReader(),
        &zulipTopicReader(),
        &matrixReader(),
        &polisReader(),
        &polisTableReader(),
        &voteMatrixReader(),
        &convokitReader(),
        // posts
        &tweetsReader(),
        &xArchiveReader(),
        &xArchiveFileReader(),
        &xTableReader(),
        &redditReader(),
        &redditAccountReader(),
        &redditAccountFileReader(),
        &mastodonReader(),
        &mastodonArchiveReader(),
        &mastodonOutboxReader(),
        &blueskyReader(),
        &youtubeReader(),
        &youtubeTableReader(),
        &fourcatReader(),
        // graphs
        &graphmlReader(),
        &gmlReader(),
        &gexfReader(),
        &pajekReader(),
        &ucinetReader(),
        &vnaReader(),
        &gdfReader(),
        &dotReader(),
        &lglReader(),
        &nodeLinkReader(),
        &neo4jReader(),
        &neo4jFileReader(),
        // tables, last because they recognise the least
        &tableReader(),
        &edgeListReader(),
    };
    // clang-format on
    return all;
}

const Reader* readerNamed(std::string_view id)
{
    const auto all = readers();
    const auto found =
        std::ranges::find_if(all, [&](const Reader* one) { return one->info().id == id; });
    return found == all.end() ? nullptr : *found;
}

std::vector<Recognised> recognise(const std::filesystem::path& path, std::string_view format,
                                  const Limits& limits, const std::set<std::string>& wanted,
                                  std::string_view entry)
{
    std::shared_ptr<const Package> package = Package::open(path, limits, wanted);
    if (entry.empty() || !package->isCollection()) return recognise(std::move(package), format);
    return ofEntry(std::move(package), entry, onlyReader(format));
}

bool isOneExport(const Package& package)
{
    const Probe probe{package.name(), {}, true, package.entries()};
    return bestFor(probe, true, nullptr).recognition.confidence >= sure ||
           otherCollection(probe).has_value();
}

std::vector<Recognised> recognise(std::shared_ptr<const Package> package, std::string_view format)
{
    const Reader* only = onlyReader(format);
    if (package->isCollection()) return ofCollection(std::move(package), only);
    return ofFile(std::move(package), only);
}

}  // namespace kith
