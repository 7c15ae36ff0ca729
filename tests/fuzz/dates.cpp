// Any text as a time, in all the ways that exports write one.

#include "core/import/json.h"
#include "core/import/jsonlines.h"
#include "core/import/mailsplit.h"
#include "core/import/tabledates.h"
#include "core/import/whatsappheader.h"
#include "tests/fuzz/check.h"
#include "tests/fuzz/stretch.h"

using namespace kith;
using namespace kith::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const Stopwatch watch;
    static const Zone london = *Zone::find("Europe/London");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto iso = parseIso(text)) {
        const auto utc = Zone().toUtc(iso->wall).time;
        requireTime(utc);
        const auto again = parseIso(isoText(utc));
        require(again && again->wall == iso->wall, "a time that does not survive being written",
                text);
    }
    if (const auto moment = TableDates().read(text, london)) requireTime(moment->time);
    if (const auto time = fromLineTime(text)) requireTime(*time);
    if (const auto header = chatHeader(text)) {
        require(header->body <= text.size(), "a header longer than its line", text);
        for (const auto order :
             {DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay}) {
            if (const auto wall = header->at(order)) requireTime(london.toUtc(*wall).time);
        }
    }
    try {
        if (const auto time = epochTime(Json::parse(text))) requireTime(*time);
    } catch (const Error& error) {
        require(error.kind() == Error::Kind::BadInput || error.kind() == Error::Kind::LimitReached,
                "no error of the parser", error.what());
    }
    watch.requireFast(size);
    return 0;
}
