#include "tests/bench/grounds.h"

#include "core/base/random.h"
#include "tests/bench/writer.h"

#include <fmt/format.h>
#include <fstream>
#include <vector>

namespace kith::bench {
namespace {

Sample planted10k()
{
    return planted(plantedShape(10'000, 0.3), 1);
}
Sample planted100k()
{
    return planted(plantedShape(100'000, 0.3), 1);
}
Sample mixed100k()
{
    return planted(plantedShape(100'000, 0.5), 1);
}
Sample planted1m()
{
    return planted(plantedShape(1'000'000, 0.3), 1);
}
Sample rmat10m()
{
    return rmat(20, 10'000'000, 1);
}

const Ground all[] = {{"planted-10k", 10'000, planted10k},
                      {"planted-100k", 100'000, planted100k},
                      {"mixed-100k", 100'000, mixed100k},
                      {"planted-1m", 1'000'000, planted1m},
                      {"rmat-1m", 1'000'000, rmat10m}};

std::string handle(Vertex v)
{
    return fmt::format("person_{}", v);
}

void writeTies(const Sample& sample, std::ofstream& out)
{
    out << "source,target\n";
    for (const auto& tie : sample.ties) out << handle(tie.a) << ',' << handle(tie.b) << '\n';
}

void writeTraits(const Sample& sample, std::ofstream& out)
{
    Random random(3);
    out << "name,group,ward,shoe\n";
    for (std::size_t v = 0; v < sample.people; ++v) {
        const std::uint32_t group = sample.truth.empty() ? 0 : sample.truth[v];
        const std::uint64_t ward = random.below(2) == 0 ? group % 7 : random.below(7);
        out << fmt::format("{},g{},ward {},size {}\n", handle(static_cast<Vertex>(v)), group, ward,
                           36 + random.below(9));
    }
}

/// Words of a group of its own beside what everybody says.
std::string textOf(Writer& writer, std::uint32_t group)
{
    const auto own = fmt::format("{}{}", static_cast<char>('a' + group % 26), group);
    std::string text = writer.text().substr(0, 60);
    return text + " of" + own + " at" + own;
}

void writePostsAlong(const Sample& sample, std::ofstream& out)
{
    constexpr std::uint64_t postsEach = 10;
    Random random(4);
    Writer writer(5);
    std::vector<std::uint64_t> last(sample.people);  // by person: their last post, counted from 1
    std::vector<std::uint64_t> thread;               // by post
    for (std::uint64_t post = 1; post <= postsEach * sample.people; ++post) {
        const auto& tie = sample.ties[random.below(sample.ties.size())];
        const bool turned = random.below(2) == 0;
        const Vertex author = turned ? tie.b : tie.a;
        const std::uint64_t parent = last[turned ? tie.a : tie.b];
        const std::uint32_t group = sample.truth.empty() ? 0 : sample.truth[author];
        thread.push_back(parent == 0 ? post : thread[parent - 1]);
        out << fmt::format(R"({{"id":"p{}","author":"{}","created_utc":{},"subreddit":"town",)"
                           R"("score":1,)",
                           post, handle(author), 1'600'000'000 + post);
        const auto text = textOf(writer, group);
        if (parent == 0)
            out << fmt::format(R"("title":"News","selftext":"{}","num_comments":1}})", text);
        else
            out << fmt::format(R"("link_id":"t3_p{}","parent_id":"{}_p{}","body":"{}"}})",
                               thread.back(), thread[parent - 1] == parent ? "t3" : "t1", parent,
                               text);
        out << '\n';
        last[author] = post;
    }
}

}  // namespace

std::span<const Ground> grounds()
{
    return all;
}

const Ground* groundCalled(const std::string& name)
{
    for (const auto& ground : all)
        if (ground.name == name) return &ground;
    fmt::print("there is no graph called {}\n", name);
    return nullptr;
}

int writeGround(const std::string& name, const std::string& what, const std::string& file)
{
    const Ground* ground = groundCalled(name);
    if (ground == nullptr) return 2;
    const Sample sample = ground->make();
    std::ofstream out(file, std::ios::binary);
    if (what == "ties")
        writeTies(sample, out);
    else if (what == "traits")
        writeTraits(sample, out);
    else if (what == "posts")
        writePostsAlong(sample, out);
    else
        fmt::print("nothing is called {}: ties, traits or posts\n", what);
    return out.good() ? 0 : 1;
}

}  // namespace kith::bench
