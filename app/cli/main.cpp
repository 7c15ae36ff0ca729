#include "core/base/allocator.h"
#include "core/base/error.h"
#include "core/version.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/cli/groupverbs.h"

namespace kith::cli {
namespace {

/// Arguments on CLI11; the only file that knows it.
class Parser final : public Arguments {
public:
    explicit Parser(CLI::App& app) : app_(app) {}

    void positional(const std::string& name, std::string& value, const std::string& about) override
    {
        app_.add_option(name, value, about)->required();
    }
    void optionalPositional(const std::string& name, std::string& value,
                            const std::string& about) override
    {
        app_.add_option(name, value, about);
    }
    void rest(const std::string& name, std::vector<std::string>& values,
              const std::string& about) override
    {
        app_.add_option(name, values, about);
    }
    void option(const std::string& name, std::string& value, const std::string& about) override
    {
        app_.add_option(name, value, about);
    }
    void option(const std::string& name, std::vector<std::string>& values,
                const std::string& about) override
    {
        app_.add_option(name, values, about)->allow_extra_args(false);
    }
    void option(const std::string& name, double& value, const std::string& about) override
    {
        app_.add_option(name, value, about)->capture_default_str();
    }
    void option(const std::string& name, unsigned& value, const std::string& about) override
    {
        app_.add_option(name, value, about)->capture_default_str();
    }
    void option(const std::string& name, std::uint64_t& value, const std::string& about) override
    {
        app_.add_option(name, value, about)->capture_default_str();
    }
    void required(const std::string& name, std::string& value, const std::string& about) override
    {
        app_.add_option(name, value, about)->required();
    }
    void flag(const std::string& name, bool& value, const std::string& about) override
    {
        app_.add_flag(name, value, about);
    }

private:
    CLI::App& app_;
};

std::vector<std::unique_ptr<Verb>> allVerbs()
{
    std::vector<std::unique_ptr<Verb>> verbs;
    for (const auto make :
         {importVerb,   formatsVerb,    infoVerb,       traitsVerb,   clustersVerb,
          timelineVerb, homophilyVerb,  separationVerb, bridgesVerb,  introductionsVerb,
          growthVerb,   diversityVerb,  retentionVerb,  opinionsVerb, listenVerb,
          wordsVerb,    checkDraftVerb, gapVerb,        topicsVerb,   concernVerb,
          personVerb,   communityVerb,  historyVerb,    reportVerb,   exportVerb,
          mapVerb,      scenarioVerb,   verifyVerb}) {
        verbs.push_back(make());
    }
    return verbs;
}

void showProgress(const std::string& phase, double fraction)
{
    if (fraction < 0) {
        std::fprintf(stderr, "\r\033[K%s ...", phase.c_str());
    } else {
        std::fprintf(stderr, "\r\033[K%s %3.0f %%", phase.c_str(), fraction * 100);
    }
}

void clearProgress()
{
    if (isatty(STDERR_FILENO) != 0) std::fputs("\r\033[K", stderr);
}

/// One line, whatever the message holds.
int fail(int code, std::string message)
{
    for (char& c : message) {
        if (c == '\n' || c == '\r') c = ' ';
    }
    clearProgress();
    std::fprintf(stderr, "kith-cli: %s\n", message.c_str());
    return code;
}

int runVerb(Verb& verb, bool json)
{
    try {
        Task task(std::stop_token{},
                  isatty(STDERR_FILENO) != 0 ? Task::Listener(showProgress) : Task::Listener());
        verb.run({json, task});
        clearProgress();
        std::cout.flush();
        if (!std::cout) return fail(1, "standard output could not be written to.");
        return 0;
    } catch (const Error& error) {
        return fail(error.kind() == Error::Kind::Usage ? 2 : 1, error.what());
    } catch (const std::bad_alloc&) {
        return fail(1,
                    "the computer has not enough memory for this. Select a part with --from, --to "
                    "or --source.");
    } catch (const std::exception& bug) {
        return fail(1, std::string("Kith made a mistake (") + bug.what() +
                           "). The workspace is as it was. Please report this.");
    }
}

}  // namespace

void Console::answer(const nlohmann::ordered_json& document,
                     const std::vector<std::string>& lines) const
{
    clearProgress();
    if (json) {
        std::cout << document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
        return;
    }
    for (const auto& line : lines) std::cout << line << '\n';
}

}  // namespace kith::cli

int main(int argc, char** argv)
{
    using namespace kith::cli;
    kith::giveLargeBlocksBack();
    CLI::App app("Kith maps communities from conversation exports. Nothing leaves this computer.",
                 "kith-cli");
    app.set_version_flag("--version", std::string("kith-cli ") + kith::kithVersion);
    app.require_subcommand(1);

    bool json = false;
    const auto verbs = allVerbs();
    for (const auto& verb : verbs) {
        auto* command = app.add_subcommand(std::string(verb->name()), std::string(verb->about()));
        Parser parser(*command);
        verb->declare(parser);
        command->add_flag("--json", json, "print one JSON document and nothing else");
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help) {
        return app.exit(help);
    } catch (const CLI::ParseError& wrong) {
        return fail(2, std::string(wrong.what()) + ". `kith-cli VERB --help` shows what it takes.");
    }
    for (const auto& verb : verbs) {
        if (app.got_subcommand(std::string(verb->name()))) return runVerb(*verb, json);
    }
    return 2;
}
