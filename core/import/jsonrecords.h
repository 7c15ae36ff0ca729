#pragma once

#include "core/base/task.h"
#include "core/import/json.h"
#include "core/import/sink.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// For recognising: the start of a document, walked to the first element of one of its arrays.
class FirstRecord {
public:
    /// @param path as for JsonElements
    FirstRecord(std::string_view head, std::string path);

    /// Whether there is one that is whole and can be parsed: a broken one says nothing.
    explicit operator bool() const { return json_.has_value(); }
    const Json& json() const { return *json_; }
    std::optional<std::string> scalar(const std::string& path) const
    {
        return elements_.scalar(path);
    }

private:
    std::unique_ptr<ByteSource> source_;
    JsonElements elements_;
    std::optional<Json> json_;
};

/// The records of one big JSON document, one at a time: counts them, refuses those that are no
/// objects or cannot be parsed, and says where the document breaks off. Constant memory.
class JsonRecords {
public:
    /// @param paths as for JsonElements. To read scalars in an object that holds no such list,
    ///        name a member of it that does not exist: "guild.-"
    /// @param noun what an entry should be, for refusing it
    JsonRecords(const Package& package, std::size_t entry, std::vector<std::string> paths,
                Sink& sink, Task& task, std::string_view noun = "message");

    struct Record {
        const Json& json;  ///< valid until the next call
        const Place& place;
        std::size_t path = 0;
    };

    /// The next object; broken ones have become problems. nullopt at the end.
    std::optional<Record> next();

    std::uint64_t seen() const { return seen_; }
    const JsonElements& elements() const { return elements_; }
    const Place& place() const { return place_; }
    std::string scalar(const std::string& path) const
    {
        return elements_.scalar(path).value_or(std::string());
    }

    /// At the end, of one file among many: tells where it breaks off.
    void note();

    /// At the end, of a file alone: the same.
    /// @throws Error BadInput when it held nothing before it broke off, or no list at all
    void require(std::string_view list, const std::string& remedy);

private:
    std::unique_ptr<ByteSource> source_;
    Place place_;
    JsonElements elements_;
    std::size_t paths_;
    Sink& sink_;
    Task& task_;
    std::string_view noun_;
    std::uint64_t seen_ = 0;
    std::uint64_t reported_ = 0;
};

}  // namespace kith
