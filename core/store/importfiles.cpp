#include "core/store/importfiles.h"

#include "core/base/error.h"
#include "core/import/shows.h"
#include "core/store/beside.h"
#include "core/store/bulkload.h"
#include "core/store/fingerprint.h"
#include "core/store/ingestion.h"
#include "core/store/rows.h"
#include "core/store/schema.h"
#include "core/version.h"

#include <memory>
#include <nlohmann/json.hpp>

namespace kith {

namespace {

std::string optionsText(const ImportOptions& options)
{
    nlohmann::json json = nlohmann::json::object();
    if (options.read.zone) json["zone"] = options.read.zone->name();
    if (options.read.dates) json["dates"] = static_cast<int>(*options.read.dates);
    if (!options.read.columns.empty()) json["columns"] = options.read.columns;
    if (!options.read.conversation.empty()) json["name"] = options.read.conversation;
    if (!options.format.empty()) json["format"] = options.format;
    if (!options.read.leaveOut.empty()) json["leave_out"] = options.read.leaveOut;
    if (!options.read.chats.empty()) json["chats"] = options.read.chats;
    if (!options.read.members.empty()) json["members"] = options.read.members;
    if (!options.read.encoding.empty()) json["encoding"] = options.read.encoding;
    if (options.read.privateToo) json["private"] = true;
    if (options.strict) json["strict"] = true;
    return json.dump();
}

std::string nameOf(const std::string& file, const Recognised& part, bool several)
{
    const auto named = [](const std::string& outer, const std::string& inner) {
        return inner.empty() || inner == outer ? outer : outer + ", " + inner;
    };
    const auto member = named(file, part.member);
    const bool whole = !part.package->isCollection() || part.package->entries().empty();
    if (!several || whole || part.reader->wantsCollection()) return member;
    return named(member, part.package->entries().front().name);
}

std::uint64_t bytesOf(const Package& package)
{
    std::uint64_t bytes = 0;
    for (const auto& entry : package.entries()) bytes += entry.size;
    return bytes;
}

/// One file (or member) on its way into a database.
class FileImport {
public:
    FileImport(const Database& db, const Recognised& part, const ImportOptions& options,
               bool preview, bool several)
        : db_(db), part_(part), options_(options), preview_(preview), several_(several)
    {}

    ImportReport run(const std::string& name, Task& task)
    {
        name_ = name;
        // What comes out of an archive is counted before a reader may stumble over it, and of
        // several chats each is looked at before anything of it is kept.
        const bool beforehand = part_.package->isCollection() || several_;
        try {
            if (beforehand) print_ = fingerprintOf(*part_.package, task);
        } catch (const Error& error) {
            // Of several chats in one archive, a damaged one does not keep the others out.
            if (!several_ || options_.strict || error.kind() != Error::Kind::BadInput) throw;
            return leftOut(error);
        }
        if (!beforehand) listening_ = std::make_unique<Fingerprinted>(*part_.package);
        const auto& platforms = part_.reader->info().platforms;
        std::string platform(platforms.empty() ? part_.reader->info().id : platforms.front());

        db_.run("SAVEPOINT file");
        auto report = attempt(platform, task);
        if (report.platform != platform) {
            // The reader found out only while reading whose accounts these are: once more, rightly.
            db_.run("ROLLBACK TO file");
            platform = report.platform;
            report = attempt(platform, task);
        }
        db_.run("RELEASE file");
        return report;
    }

private:
    ImportReport attempt(const std::string& platform, Task& task)
    {
        ImportReport report = blank();
        report.source = addSource();
        Ingest ingest(db_, report.source, platform, options_, report, preview_);
        task.begin("Reading " + name_, bytesOf(*part_.package));
        for (const Problem& note : part_.notes) ingest.problem(note);
        const ReadReport read = readBeside(
            *part_.reader, listening_ ? *listening_ : *part_.package, readOptions(), ingest,
            [&](const MessageRecord& record) { ingest.expect(record); }, task);
        if (listening_) {
            print_ = listening_->finish(task);
            listening_.reset();  // another attempt needs no other
        }
        ingest.finish(read, task);
        report.platform = read.platform.empty() ? platform : read.platform;
        report.flat = read.flat;
        writeSource(report, read.flat);
        forgetRepeated(report, task);
        if (preview_) report.source = {};
        return report;
    }

    ImportReport leftOut(const Error& error) const
    {
        ImportReport report = blank();
        report.seen = report.refused = report.problemCount = 1;
        report.problems.push_back({Outcome::Refused, error.where(), error.cause()});
        report.warnings.push_back("nothing of it was kept: " + error.cause());
        return report;
    }

    /// Of an archive that is cut off, the chats wanted were names of files, and are chosen already.
    ReadOptions readOptions() const
    {
        auto options = options_.read;
        if (part_.package->isPartial()) options.chats.clear();
        return options;
    }

    ImportReport blank() const
    {
        ImportReport report;
        report.file = name_;
        report.format = part_.reader->info().id;
        report.formatName = part_.reader->info().name;
        report.reason = part_.recognition.reason;
        report.shows = part_.reader->info().shows;
        report.documented = part_.reader->info().documented;
        if (report.shows.onePersonsView) {
            report.warnings.emplace_back(onePersonsViewNote);
        }
        return report;
    }

    SourceId addSource() const
    {
        Statement(db_,
                  "INSERT INTO source (file, format, format_name, platform, zone, imported, "
                  "bytes, file_hash, importer, options, flat, messages, system, skipped, "
                  "refused, warnings, hash) "
                  "VALUES (?1, ?2, ?3, '', '', ?4, 0, x'', ?5, ?6, 0, 0, 0, 0, 0, '[]', 0)")
            .run(name_, part_.reader->info().id, part_.reader->info().name, now(), kithVersion,
                 optionsText(options_));
        return SourceId{db_.lastId()};
    }

    void writeSource(const ImportReport& report, bool flat) const
    {
        Statement(db_,
                  "UPDATE source SET platform = ?2, zone = ?3, flat = ?4, messages = ?5, "
                  "system = ?6, skipped = ?7, refused = ?8, first = ?9, last = ?10, "
                  "warnings = ?11, bytes = ?12, file_hash = ?13 WHERE id = ?1")
            .run(report.source, report.platform, report.zone, flat,
                 static_cast<std::int64_t>(report.messages),
                 static_cast<std::int64_t>(report.system),
                 static_cast<std::int64_t>(report.skipped),
                 static_cast<std::int64_t>(report.refused), report.first, report.last,
                 nlohmann::json(report.warnings)
                     .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                 static_cast<std::int64_t>(print_.bytes), Blob{print_.hash});
        seal(db_, "source", report.source.value);

        Statement add(db_,
                      "INSERT INTO source_problem (source, ordinal, outcome, entry, line, "
                      "byte, what) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        std::int64_t ordinal = 0;
        for (const Problem& problem : report.problems) {
            const auto number = [](const std::optional<std::uint64_t>& value) {
                return value ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
            };
            add.run(report.source, ++ordinal, static_cast<int>(problem.outcome),
                    problem.place.entry, number(problem.place.line), number(problem.place.byte),
                    problem.what);
        }
    }

    SourceId sameFile(const ImportReport& report, const Hash& hash) const
    {
        Statement same(db_,
                       "SELECT min(id) FROM source WHERE file_hash = ?1 AND format = ?2 AND "
                       "zone = ?3 AND platform = ?4 AND id < ?5");
        same.bind(Blob{hash}, report.format, report.zone, report.platform, report.source);
        same.next();
        return SourceId{same.integer(0)};
    }

    bool sizeIsKnown(SourceId source) const
    {
        Statement same(db_, "SELECT EXISTS (SELECT 1 FROM source WHERE bytes = ?1 AND id < ?2)");
        same.bind(static_cast<std::int64_t>(print_.bytes), source).next();
        return same.integer(0) != 0;
    }

    /// The very same file once more, with nothing new in it, is no second source.
    void forgetRepeated(ImportReport& report, Task& task) const
    {
        if (report.newMessages + report.newSystem > 0) return;
        auto earlier = sameFile(report, print_.hash);
        if (!earlier && sizeIsKnown(report.source))
            earlier = sameFile(report, formerHashOf(*part_.package, task));
        if (!earlier) return;
        Statement own(db_, "SELECT EXISTS (SELECT 1 FROM given WHERE source = ?1)");
        own.bind(report.source).next();
        if (own.integer(0) != 0) return;
        own.reset();
        for (const char* table : {"message_source", "given_source", "account_source"}) {
            Statement(db_, "DELETE FROM " + std::string(table) + " WHERE source = ?1")
                .run(report.source);
        }
        Statement(db_, "DELETE FROM source_problem WHERE source = ?1").run(report.source);
        Statement(db_, "DELETE FROM source WHERE id = ?1").run(report.source);
        report.source = earlier;
        report.warnings.push_back("this file was imported before; it holds nothing new");
    }

    const Database& db_;
    const Recognised& part_;
    const ImportOptions& options_;
    bool preview_;
    bool several_;
    std::string name_;
    Fingerprint print_;
    std::unique_ptr<Fingerprinted> listening_;  ///< takes the fingerprint while the file is read
};

std::uint64_t bytesOf(std::span<const RecognisedFile> files)
{
    std::uint64_t bytes = 0;
    for (const RecognisedFile& file : files) {
        for (const Recognised& part : file.parts) bytes += bytesOf(*part.package);
    }
    return bytes;
}

std::vector<ImportReport> importAll(const Database& db, const std::string& file,
                                    std::span<const Recognised> parts, const ImportOptions& options,
                                    bool preview, Task& task)
{
    std::vector<ImportReport> reports;
    for (const Recognised& part : parts) {
        const bool several = parts.size() > 1 || !options.entry.empty();
        reports.push_back(FileImport(db, part, options, preview, parts.size() > 1)
                              .run(nameOf(file, part, several), task));
    }
    return reports;
}

}  // namespace

std::vector<ImportReport> importTogether(Workspace& workspace,
                                         std::span<const RecognisedFile> files,
                                         const ImportOptions& options, Task& task)
{
    const Database& db = workspace.database();
    const BulkLoad bulk(db, bytesOf(files));
    Transaction transaction(db);
    std::vector<ImportReport> reports;
    for (const RecognisedFile& file : files) {
        for (auto& report : importAll(db, file.name, file.parts, options, false, task)) {
            reports.push_back(std::move(report));
        }
    }
    bumpVersion(db);
    task.advance(0);  // the last moment to stop
    transaction.commit();
    return reports;
}

std::vector<ImportReport> importRecognised(Workspace& workspace, const std::string& file,
                                           std::span<const Recognised> parts,
                                           const ImportOptions& options, Task& task)
{
    const RecognisedFile one{file, {parts.begin(), parts.end()}};
    return importTogether(workspace, {&one, 1}, options, task);
}

std::vector<ImportReport> previewRecognised(const Workspace* workspace, const std::string& file,
                                            std::span<const Recognised> parts,
                                            const ImportOptions& options, Task& task)
{
    if (workspace != nullptr && workspace->mode() == Workspace::Mode::ReadWrite) {
        const Transaction rolledBack(workspace->database());
        return importAll(workspace->database(), file, parts, options, true, task);
    }
    const Database scratch("", Database::Access::Create);  // a nameless file that ends with us
    migrate(scratch);
    const Transaction rolledBack(scratch);
    return importAll(scratch, file, parts, options, true, task);
}

}  // namespace kith
