#include "tests/bench/peer.h"

#include "core/base/random.h"

#include <igraph/igraph.h>
#include <span>
#include <stdexcept>

namespace kith::bench {
namespace {

void expect(bool holds, const char* what)
{
    if (!holds) throw std::runtime_error(what);
}

/// igraph's vectors of numbers, freed at the end.
class Reals {
public:
    explicit Reals(std::size_t size = 0) { igraph_vector_init(&vector, number(size)); }
    ~Reals() { igraph_vector_destroy(&vector); }
    Reals(const Reals&) = delete;
    Reals& operator=(const Reals&) = delete;

    static igraph_integer_t number(std::size_t value)
    {
        return static_cast<igraph_integer_t>(value);
    }
    std::vector<double> values() const
    {
        return {VECTOR(vector), VECTOR(vector) + igraph_vector_size(&vector)};
    }

    igraph_vector_t vector;
};

class Integers {
public:
    explicit Integers(std::size_t size = 0)
    {
        igraph_vector_int_init(&vector, Reals::number(size));
    }
    ~Integers() { igraph_vector_int_destroy(&vector); }
    Integers(const Integers&) = delete;
    Integers& operator=(const Integers&) = delete;

    igraph_vector_int_t vector;
};

}  // namespace

struct Peer::Data {
    igraph_t graph;
    std::size_t people = 0;
    std::size_t ties = 0;
};

Peer::Peer(const Sample& sample) : data_(std::make_unique<Data>())
{
    data_->people = sample.people;
    data_->ties = sample.ties.size();
    Integers ends(2 * sample.ties.size());
    for (std::size_t i = 0; i < sample.ties.size(); ++i) {
        VECTOR(ends.vector)[2 * i] = sample.ties[i].a;
        VECTOR(ends.vector)[2 * i + 1] = sample.ties[i].b;
    }
    expect(igraph_create(&data_->graph, &ends.vector, Reals::number(sample.people), false) ==
               IGRAPH_SUCCESS,
           "the peer does not take the graph");
    expect(igraph_vcount(&data_->graph) == Reals::number(data_->people), "people differ");
    expect(igraph_ecount(&data_->graph) == Reals::number(data_->ties), "ties differ");
    Integers degrees;
    igraph_degree(&data_->graph, &degrees.vector, igraph_vss_all(), IGRAPH_ALL, true);
    expect(igraph_vector_int_sum(&degrees.vector) == Reals::number(2 * data_->ties),
           "degrees do not add up");
}

Peer::~Peer()
{
    igraph_destroy(&data_->graph);
}

std::vector<std::uint32_t> Peer::leiden(int rounds, std::uint64_t seed) const
{
    igraph_rng_seed(igraph_rng_default(), seed);
    Reals strength(data_->people);
    igraph_strength(&data_->graph, &strength.vector, igraph_vss_all(), IGRAPH_ALL, true, nullptr);
    Integers membership;
    igraph_integer_t clusters = 0;
    igraph_real_t quality = 0;
    const double resolution = 1 / (2 * static_cast<double>(data_->ties));
    igraph_community_leiden(&data_->graph, nullptr, &strength.vector, resolution, 0.01, false,
                            rounds, &membership.vector, &clusters, &quality);
    std::vector<std::uint32_t> labels;
    for (std::size_t v = 0; v < data_->people; ++v)
        labels.push_back(static_cast<std::uint32_t>(VECTOR(membership.vector)[v]));
    return labels;
}

std::vector<double> Peer::betweenness() const
{
    Reals result;
    igraph_betweenness(&data_->graph, &result.vector, igraph_vss_all(), false, nullptr);
    return result.values();
}

std::vector<double> Peer::betweennessFrom(const std::vector<std::uint32_t>& sources) const
{
    Reals result;
    Integers from(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i)
        VECTOR(from.vector)[i] = Reals::number(sources[i]);
    igraph_betweenness_subset(&data_->graph, &result.vector, igraph_vss_all(), false,
                              igraph_vss_vector(&from.vector), igraph_vss_all(), nullptr);
    return result.values();
}

std::vector<double> Peer::constraint() const
{
    Reals result;
    igraph_constraint(&data_->graph, &result.vector, igraph_vss_all(), nullptr);
    return result.values();
}

int Peer::shuffledAssortativity(std::vector<std::uint32_t> values, int shuffles) const
{
    Random random(1);
    Integers types(values.size());
    int reached = 0;
    double observed = 0;
    for (int i = 0; i <= shuffles; ++i) {
        for (std::size_t v = 0; v < values.size(); ++v) VECTOR(types.vector)[v] = values[v];
        igraph_real_t r = 0;
        igraph_assortativity_nominal(&data_->graph, &types.vector, &r, false, true);
        if (i == 0)
            observed = r;
        else
            reached += r >= observed ? 1 : 0;
        random.shuffle(std::span(values));
    }
    return reached;
}

}  // namespace kith::bench
