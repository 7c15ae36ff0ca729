#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace kith {

/// A row number that cannot be mixed up with another table's; 0 means "not stored".
template <class Tag>
struct Id {
    std::int64_t value = 0;

    explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const Id&, const Id&) = default;  // NOLINT(modernize-use-nullptr)
};

using SourceId = Id<struct SourceTag>;
using AccountId = Id<struct AccountTag>;
using PersonId = Id<struct PersonTag>;
using MessageId = Id<struct MessageTag>;
using TraitId = Id<struct TraitTag>;
using ConcernId = Id<struct ConcernTag>;
using CommunityId = Id<struct CommunityTag>;
using AssessmentId = Id<struct AssessmentTag>;
using EvidenceId = Id<struct EvidenceTag>;
using StepId = Id<struct StepTag>;  ///< one step of the history

}  // namespace kith

template <class Tag>
struct std::hash<kith::Id<Tag>> {
    std::size_t operator()(const kith::Id<Tag>& id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
