#pragma once

#include "core/base/task.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kith::cli {

/// Declares what a verb takes. Every value is bound to a variable of the caller that outlives the
/// parse and holds the default before it.
class Arguments {
public:
    virtual ~Arguments() = default;

    virtual void positional(const std::string& name, std::string& value,
                            const std::string& about) = 0;
    virtual void optionalPositional(const std::string& name, std::string& value,
                                    const std::string& about) = 0;
    virtual void rest(const std::string& name, std::vector<std::string>& values,
                      const std::string& about) = 0;

    virtual void option(const std::string& name, std::string& value, const std::string& about) = 0;
    virtual void option(const std::string& name, std::vector<std::string>& values,
                        const std::string& about) = 0;
    virtual void option(const std::string& name, double& value, const std::string& about) = 0;
    virtual void option(const std::string& name, unsigned& value, const std::string& about) = 0;
    virtual void option(const std::string& name, std::uint64_t& value,
                        const std::string& about) = 0;
    virtual void required(const std::string& name, std::string& value,
                          const std::string& about) = 0;
    virtual void flag(const std::string& name, bool& value, const std::string& about) = 0;
};

/// What a verb is given to speak with.
struct Console {
    bool json = false;
    Task& task;

    /// Prints the document to standard output when --json was given; otherwise the lines.
    void answer(const nlohmann::ordered_json& document,
                const std::vector<std::string>& lines) const;
};

/// One verb of the command line. run() throws kith::Error for work that failed (exit 1; Usage: 2).
class Verb {
public:
    virtual ~Verb() = default;
    virtual std::string_view name() const = 0;
    virtual std::string_view about() const = 0;
    virtual void declare(Arguments& arguments) = 0;
    virtual void run(const Console& console) = 0;
};

// One file a verb; main.cpp lists them.
std::unique_ptr<Verb> importVerb();
std::unique_ptr<Verb> formatsVerb();
std::unique_ptr<Verb> infoVerb();
std::unique_ptr<Verb> traitsVerb();
std::unique_ptr<Verb> clustersVerb();
std::unique_ptr<Verb> homophilyVerb();
std::unique_ptr<Verb> bridgesVerb();
std::unique_ptr<Verb> wordsVerb();
std::unique_ptr<Verb> gapVerb();
std::unique_ptr<Verb> topicsVerb();
std::unique_ptr<Verb> concernVerb();
std::unique_ptr<Verb> checkDraftVerb();
std::unique_ptr<Verb> growthVerb();
std::unique_ptr<Verb> diversityVerb();
std::unique_ptr<Verb> retentionVerb();
std::unique_ptr<Verb> opinionsVerb();
std::unique_ptr<Verb> listenVerb();
std::unique_ptr<Verb> communityVerb();
std::unique_ptr<Verb> personVerb();
std::unique_ptr<Verb> historyVerb();
std::unique_ptr<Verb> reportVerb();
std::unique_ptr<Verb> exportVerb();
std::unique_ptr<Verb> mapVerb();
std::unique_ptr<Verb> scenarioVerb();
std::unique_ptr<Verb> verifyVerb();

}  // namespace kith::cli
