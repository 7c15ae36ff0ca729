#include "core/import/whatsappheader.h"

#include "core/base/text.h"

#include <algorithm>

namespace kith {
namespace {

enum class Half { Unknown, Morning, Afternoon };

struct HalfWord {
    std::string_view word;  ///< lower case, without dots and spaces
    Half half;
};

constexpr auto am = Half::Morning;
constexpr auto pm = Half::Afternoon;

constexpr std::array halves{
    HalfWord{"am", am},     HalfWord{"pm", pm},     HalfWord{"ص", am},    HalfWord{"م", pm},
    HalfWord{"قظ", am},     HalfWord{"بظ", pm},     HalfWord{"πμ", am},   HalfWord{"μμ", pm},
    HalfWord{"पूर्वाह्न", am}, HalfWord{"अपराह्न", pm}, HalfWord{"오전", am}, HalfWord{"오후", pm},
    HalfWord{"上午", am},   HalfWord{"下午", pm},   HalfWord{"午前", am}, HalfWord{"午後", pm},
    HalfWord{"凌晨", am},   HalfWord{"早上", am},   HalfWord{"中午", pm}, HalfWord{"晚上", pm},
    HalfWord{"sa", am},     HalfWord{"ch", pm},     HalfWord{"öö", am},   HalfWord{"ös", pm},
    HalfWord{"ÖÖ", am},     HalfWord{"ÖS", pm},     HalfWord{"ptg", pm},  HalfWord{"pg", am},
    HalfWord{"de", am},     HalfWord{"du", pm},     HalfWord{"pd", am},   HalfWord{"md", pm},
    HalfWord{"дп", am},     HalfWord{"пп", pm},     HalfWord{"ДП", am},   HalfWord{"ПП", pm},
    HalfWord{"vorm", am},   HalfWord{"nachm", pm},  HalfWord{"ip", pm},   HalfWord{"ap", am},
    HalfWord{"fm", am},     HalfWord{"em", pm},     HalfWord{"காலை", am}, HalfWord{"மாலை", pm},
};

constexpr std::array<std::string_view, 10> wordsBeforeTime{"klo", "kl.", "kl",    "at", "um",
                                                           "à",   "às",  "a las", "om", "o"};

bool isInvisible(char32_t one)
{
    return (one >= 0x200b && one <= 0x200f) || (one >= 0x202a && one <= 0x202e) ||
           (one >= 0x2060 && one <= 0x2069) || one == 0xfeff;
}

bool isBlank(char32_t one)
{
    return one == ' ' || one == '\t' || one == 0xa0 || one == 0x202f ||
           (one >= 0x2000 && one <= 0x200a);
}

int digitValue(char32_t one)
{
    constexpr std::array<char32_t, 5> zeros{'0', 0x0660, 0x06f0, 0x0966, 0x09e6};
    for (const char32_t zero : zeros) {
        if (one >= zero && one < zero + 10) return static_cast<int>(one - zero);
    }
    return -1;
}

/// Walks through one line; every try either moves on and says so, or stays.
class Scanner {
public:
    explicit Scanner(std::string_view line) : line_(line) {}

    struct Number {
        int value = 0;
        int digits = 0;
    };

    char32_t peek() const
    {
        auto at = at_;
        return at < line_.size() ? decode(at) : U'\0';
    }

    void step()
    {
        if (at_ < line_.size()) (void)decode(at_);
    }

    /// @return true when one of them was U+200E
    bool skipInvisible()
    {
        bool mark = false;
        for (char32_t one = peek(); isInvisible(one); one = peek()) {
            mark = mark || one == 0x200e;
            step();
        }
        return mark;
    }

    bool skipBlanks()
    {
        bool any = false;
        for (char32_t one = peek(); isBlank(one) || isInvisible(one); one = peek()) {
            any = any || isBlank(one);
            step();
        }
        return any;
    }

    bool take(char32_t wanted)
    {
        if (peek() != wanted) return false;
        step();
        return true;
    }

    bool takeWord(std::string_view word)
    {
        if (!line_.substr(at_).starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    std::optional<Number> number()
    {
        skipInvisible();
        Number found;
        for (int digit = digitValue(peek()); digit >= 0; digit = digitValue(peek())) {
            if (++found.digits > 4) return std::nullopt;
            found.value = found.value * 10 + digit;
            step();
        }
        return found.digits > 0 ? std::optional(found) : std::nullopt;
    }

    std::size_t at() const { return at_; }
    void back(std::size_t at) { at_ = at; }
    std::string_view from(std::size_t start) const { return line_.substr(start, at_ - start); }
    bool atEnd() const { return at_ >= line_.size(); }

private:
    char32_t decode(std::size_t& at) const
    {
        const auto byte = static_cast<unsigned char>(line_[at]);
        if (byte < 0x80) {
            ++at;
            return byte;
        }
        return nextCodePoint(line_, at);
    }

    std::string_view line_;
    std::size_t at_ = 0;
};

bool isDateSeparator(char32_t one)
{
    return one == '/' || one == '.' || one == '-' || one == U'年' || one == U'月' ||
           one == 0x2010 || one == 0x2011;
}

std::optional<Scanner::Number> yearOfEra(Scanner& in)
{
    int before = 0;
    switch (in.peek()) {
    case 'R': before = 2018; break;
    case 'H': before = 1988; break;
    case 'S': before = 1925; break;
    default: return std::nullopt;
    }
    const auto start = in.at();
    in.step();
    const auto year = in.number();
    if (!year) {
        in.back(start);
        return std::nullopt;
    }
    return Scanner::Number{before + year->value, 4};
}

bool scanDate(Scanner& in, ChatHeader& out)
{
    std::array<int, 3> digits{};
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0) {
            in.skipInvisible();
            if (!isDateSeparator(in.peek())) return false;
            in.step();
            in.skipBlanks();
        }
        auto number = yearOfEra(in);
        if (!number) number = in.number();
        if (!number || number->digits == 3) return false;
        out.date[i] = number->value;
        digits[i] = number->digits;
    }
    if (digits[1] == 4 || (digits[0] == 4 && digits[2] == 4)) return false;
    out.yearFirst = digits[0] == 4;
    out.shortYear = !out.yearFirst && digits[2] <= 2;
    int& year = out.date[out.yearFirst ? 0 : 2];
    constexpr int buddhist = 543;
    if (year > 2400) year -= buddhist;
    if (!in.take('.')) in.take(U'日');
    const auto start = in.at();
    in.skipBlanks();
    if (!in.takeWord("BE") && !in.takeWord("พ.ศ.")) in.back(start);
    return true;
}

void skipBetween(Scanner& in)
{
    in.skipBlanks();
    if (in.peek() == ',' || in.peek() == 0x060c || in.peek() == 0x3001 || in.peek() == 0xff0c) {
        in.step();
        in.skipBlanks();
    }
    for (const auto word : wordsBeforeTime) {
        const auto start = in.at();
        if (in.takeWord(word) && in.skipBlanks()) return;
        in.back(start);
    }
}

/// Letters, with the dots and blanks between them: "a. m.".
std::string_view wordAt(Scanner& in)
{
    const auto start = in.at();
    auto end = start;
    for (int count = 0; count < 16 && !in.atEnd(); ++count) {
        const char32_t one = in.peek();
        const bool letter = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || one >= 0xc0;
        if (isInvisible(one) || isBlank(one) || one == '.') {
            in.step();
        } else if (letter && one != 0x2013 && one != 0x2014 && one != 0x060c && one != 0x3001) {
            in.step();
        } else {
            break;
        }
        if (letter || one == '.') end = in.at();
    }
    in.back(end);
    return in.from(start);
}

Half halfOf(std::string_view word)
{
    std::string plain;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t one = nextCodePoint(word, at);
        if (!isInvisible(one) && !isBlank(one) && one != '.') appendUtf8(plain, one);
    }
    const auto lower = asciiLower(plain);
    for (const auto& [known, half] : halves) {
        if (known == lower || known == plain) return half;
    }
    return Half::Unknown;
}

int hourOfDay(int hour, Half half)
{
    if (half == pm && hour < 12) return hour + 12;
    return half == am && hour == 12 ? 0 : hour;
}

/// A word for the half of the day, before or behind the time.
bool scanTime(Scanner& in, ChatHeader& out)
{
    auto half = Half::Unknown;
    const bool wordFirst = digitValue(in.peek()) < 0;
    if (wordFirst) {
        half = halfOf(wordAt(in));
        if (half == Half::Unknown) return false;
        in.skipBlanks();
    }
    const auto hour = in.number();
    if (!hour || hour->digits > 2) return false;
    in.skipInvisible();
    if (!in.take(':') && !in.take('.')) return false;
    const auto minute = in.number();
    if (!minute || minute->digits != 2) return false;
    out.minute = minute->value;
    const auto start = in.at();
    if (in.take(':') || in.take('.')) {
        const auto second = in.number();
        if (second && second->digits == 2) {
            out.second = second->value;
        } else {
            in.back(start);
        }
    }
    if (!wordFirst) {
        const auto before = in.at();
        in.skipBlanks();
        const auto word = wordAt(in);
        if (word.empty()) {
            in.back(before);
        } else {
            half = halfOf(word);
            if (half == Half::Unknown) out.unknownWord = word;
        }
    }
    out.hour = hourOfDay(hour->value, half);
    return true;
}

bool scanStamp(Scanner& in, ChatHeader& out)
{
    const auto start = in.at();
    if (scanDate(in, out)) {
        skipBetween(in);
        return scanTime(in, out);
    }
    in.back(start);
    if (!scanTime(in, out)) return false;
    skipBetween(in);
    return scanDate(in, out);
}

/// "] " or " - ".
bool scanEnd(Scanner& in, bool bracket)
{
    const bool blank = in.skipBlanks();
    if (bracket) {
        if (!in.take(']')) return false;
        in.take(' ');
        return true;
    }
    const char32_t dash = in.peek();
    if (!blank || (dash != '-' && dash != 0x2013 && dash != 0x2014)) return false;
    in.step();
    return in.take(' ') || in.take(0xa0) || in.atEnd();
}

}  // namespace

std::optional<WallTime> ChatHeader::at(DateOrder order) const
{
    const bool monthFirst = order == DateOrder::MonthDayYear;
    const bool ymd = yearFirst || order == DateOrder::YearMonthDay;
    int year = ymd ? date[0] : date[2];
    if (year < 100) year += 2000;
    const int month = ymd ? date[1] : date[monthFirst ? 0 : 1];
    const int day = ymd ? date[2] : date[monthFirst ? 1 : 0];
    return wallTime(year, static_cast<unsigned>(month), static_cast<unsigned>(day),
                    static_cast<unsigned>(hour), static_cast<unsigned>(minute),
                    static_cast<unsigned>(second));
}

std::optional<ChatHeader> chatHeader(std::string_view line)
{
    Scanner in(line);
    ChatHeader header;
    header.marked = in.skipInvisible();
    const auto start = in.at();
    header.bracket = in.take('[');
    in.skipInvisible();
    if (!header.bracket && digitValue(in.peek()) < 0) return std::nullopt;
    if (!scanStamp(in, header)) return std::nullopt;
    const auto stampEnd = in.at();
    if (!scanEnd(in, header.bracket)) return std::nullopt;
    header.stamp = line.substr(start, stampEnd - start + (header.bracket ? 1 : 0));
    header.body = in.at();
    return header;
}

}  // namespace kith
