#pragma once

#include "core/import/source.h"

#include <memory>
#include <string>

namespace kith {

/// A package one of whose objects is read as a list, so that JsonElements and JsonRecords walk
/// through an object of any size in constant memory. Every byte and line stays where it is. What is
/// no JSON comes out as something else that may be none.
class MembersAsItems final : public Package {
public:
    enum class Keys {
        Blank,  ///< {"a": 1, "b": 2} becomes [     1,      2]
        Items   ///< {"a": 1, "b": 2} becomes ["a", 1, "b", 2]
    };

    /// @param package must outlive this one
    /// @param member  of the root object, whose value is meant where it is an object; empty = the
    ///                root object itself
    MembersAsItems(const Package& package, std::string member, Keys keys);

    /// @throws Error as the package does
    std::unique_ptr<ByteSource> open(std::size_t entry) const override;

private:
    const Package& package_;
    std::string member_;
    Keys keys_;
};

}  // namespace kith
