#include "core/report/report.h"

#include "core/journey/journey.h"
#include "core/report/html.h"
#include "core/report/tables.h"
#include "tests/support/village.h"

#include <catch2/catch.hpp>

#include <sstream>

using namespace kith;
using namespace kith::tests;

namespace {

std::string reportOf(const Workspace& workspace, const Analysis& analysis,
                     ReportOptions options = {})
{
    std::ostringstream out;
    Task task;
    writeHtmlReport(out, workspace, analysis, options, task);
    return out.str();
}

bool has(const std::string& page, const std::string& text)
{
    return page.find(text) != std::string::npos;
}

}  // namespace

TEST_CASE("text is escaped so that no name can become mark-up", "[report]")
{
    CHECK(escaped("<img src=x onerror='a'>\"&") ==
          "&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;");
    CHECK(escaped("a\u202eb\x01") == "ab\uFFFD");
}

TEST_CASE("a default report names nobody and holds nothing from outside", "[report]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    const auto page = reportOf(workspace, *found);
    for (const auto& person : found->persons) CHECK_FALSE(has(page, person.name));
    CHECK(has(page, found->pseudonyms[found->bridges.front().person]));
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "src="));
    CHECK_FALSE(has(page, "the mould is back"));
    CHECK(has(page, "<svg"));
    CHECK(page == reportOf(workspace, *analysed(workspace)));

    ReportOptions real;
    real.names = Naming::Real;
    CHECK(has(reportOf(workspace, *found, real), "Quinn"));
    ReportOptions none;
    none.names = Naming::None;
    const auto nameless = reportOf(workspace, *found, none);
    for (const auto& pseudonym : found->pseudonyms) CHECK_FALSE(has(nameless, pseudonym + " "));
}

TEST_CASE("a report shows the journey and the methods", "[report]")
{
    const TempFolder folder;
    auto workspace = village(folder);
    const auto before = analysed(workspace);
    const auto id = adoptCluster(workspace, *before, 0, "<b>Damp & homes</b>");
    Assessment rating;
    rating.community = id;
    rating.characteristic = Characteristic::Vision;
    rating.level = 2;
    assess(workspace, rating);
    const auto page = reportOf(workspace, *analysed(workspace));
    CHECK(has(page, "&lt;b&gt;Damp &amp; homes&lt;/b&gt;"));
    CHECK(has(page, "One short statement exists and most have seen it."));
    CHECK(has(page, "■■□□"));
    CHECK(has(page, "<th>seed</th><td>1</td>"));
}

TEST_CASE("groups below the smallest size are left out", "[report]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    ReportOptions options;
    options.smallest = 100;
    const auto page = reportOf(workspace, *found, options);
    CHECK(has(page, "Groups of fewer than 100 people are left out to protect them."));
    CHECK_FALSE(has(page, "class=\"verdict\""));
}

TEST_CASE("an exported graph carries traits only with real names", "[report]")
{
    const TempFolder folder;
    const auto workspace = village(folder);
    const auto found = analysed(workspace);
    const auto columns = [&](Naming naming) {
        std::string names;
        for (const auto& column : graphExport(workspace, *found, naming).columns)
            names += column.name + ' ';
        return names;
    };
    CHECK_FALSE(has(columns(Naming::Pseudonyms), "ward"));
    CHECK(has(columns(Naming::Real), "ward"));
    CHECK(graphExport(workspace, *found, Naming::None).labels[0] == "1");
}
