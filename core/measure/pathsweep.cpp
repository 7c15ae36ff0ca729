#include "core/measure/pathsweep.h"

#include <algorithm>
#include <numeric>
#include <utility>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace kith {

PathSweep::PathSweep(const Graph& graph)
    : graph_(graph),
      paths_(graph.people()),
      shown_(graph.people()),
      next_(graph.people()),
      coming_(graph.people()),
      seen_(graph.people())
{}

void PathSweep::addFrom(std::span<const Vertex> sources, std::vector<double>& value)
{
    begin(sources);
    while (goOn()) {
    }
    comeBack(value);
    for (const Stop& stop : stops_) paths_[stop.vertex] = {};
}

std::span<const PathSweep::Stop> PathSweep::level(std::size_t number) const
{
    const std::size_t last = number + 1 < starts_.size() ? starts_[number + 1] : stops_.size();
    return std::span(stops_).subspan(starts_[number], last - starts_[number]);
}

void PathSweep::begin(std::span<const Vertex> sources)
{
    all_ = static_cast<Mask>((1U << sources.size()) - 1);
    std::fill(seen_.begin(), seen_.end(), Mask{0});
    open_.resize(graph_.people());
    std::iota(open_.begin(), open_.end(), Vertex{0});
    openArcs_ = graph_.weight.size();
    stops_.clear();
    starts_.assign(1, 0);
    for (std::size_t k = 0; k < sources.size(); ++k) {
        const auto lane = static_cast<Mask>(1U << k);
        seen_[sources[k]] = lane;
        paths_[sources[k]].of[k] = shown_[sources[k]].of[k] = 1;
        stops_.push_back({sources[k], lane});
    }
}

std::uint64_t PathSweep::arcsOf(std::span<const Stop> stops) const
{
    std::uint64_t arcs = 0;
    for (const Stop& stop : stops) arcs += graph_.degree(stop.vertex);
    return arcs;
}

/// What the neighbours show, added up.
PathSweep::Lanes PathSweep::around(Vertex vertex) const
{
    Lanes sum;
#ifdef __SSE2__  // the sums stay in registers, which compilers do not see by themselves
    __m128d a = _mm_setzero_pd(), b = a, c = a, d = a;
    for (const Vertex w : graph_.neighbours(vertex)) {
        const double* shown = shown_[w].of.data();
        a = _mm_add_pd(a, _mm_load_pd(shown));
        b = _mm_add_pd(b, _mm_load_pd(shown + 2));
        c = _mm_add_pd(c, _mm_load_pd(shown + 4));
        d = _mm_add_pd(d, _mm_load_pd(shown + 6));
    }
    _mm_store_pd(sum.of.data(), a);
    _mm_store_pd(sum.of.data() + 2, b);
    _mm_store_pd(sum.of.data() + 4, c);
    _mm_store_pd(sum.of.data() + 6, d);
#else
    for (const Vertex w : graph_.neighbours(vertex))
        for (std::size_t k = 0; k < most; ++k) sum.of[k] += shown_[w].of[k];
#endif
    return sum;
}

/// One step outwards: from those just reached, or looking back from those not reached yet,
/// whichever looks along fewer ties (a push reads and writes where a pull only reads).
/// @return false when nobody new was reached
bool PathSweep::goOn()
{
    const std::size_t begun = starts_.back();
    const std::size_t ended = stops_.size();
    const auto front = level(starts_.size() - 1);
    if (2 * arcsOf(front) < openArcs_)
        pushAhead(front);
    else
        pullAhead();
    for (std::size_t i = begun; i < ended; ++i) shown_[stops_[i].vertex] = {};
    for (std::size_t i = ended; i < stops_.size(); ++i) {
        const Stop stop = stops_[i];
        for (std::size_t k = 0; k < most; ++k)
            if ((stop.lanes >> k & 1U) != 0) shown_[stop.vertex].of[k] = paths_[stop.vertex].of[k];
    }
    if (stops_.size() == ended) return false;
    starts_.push_back(ended);
    return true;
}

void PathSweep::pullAhead()
{
    std::size_t kept = 0;
    openArcs_ = 0;
    for (const Vertex v : open_) {
        if (seen_[v] == all_) continue;
        const Lanes paths = around(v);
        Mask coming = 0;
        for (std::size_t k = 0; k < most; ++k)
            coming = static_cast<Mask>(coming | (paths.of[k] > 0 ? 1U << k : 0U));
        reach(v, paths, coming);
        if (seen_[v] == all_) continue;
        open_[kept++] = v;
        openArcs_ += graph_.degree(v);
    }
    open_.resize(kept);
}

void PathSweep::pushAhead(std::span<const Stop> front)
{
    touched_.clear();
    for (const Stop& stop : front) {
        const Lanes shown = shown_[stop.vertex];
        for (const Vertex w : graph_.neighbours(stop.vertex)) {
            if ((stop.lanes & ~seen_[w]) == 0) continue;
            if (coming_[w] == 0) touched_.push_back(w);
            coming_[w] = static_cast<Mask>(coming_[w] | stop.lanes);
            Lanes& coming = next_[w];
            for (std::size_t k = 0; k < most; ++k) coming.of[k] += shown.of[k];
        }
    }
    for (const Vertex v : touched_) {
        reach(v, next_[v], coming_[v]);
        next_[v] = {};
        coming_[v] = 0;
    }
}

/// Takes down the paths from those sources that somebody had not been seen from before.
void PathSweep::reach(Vertex vertex, const Lanes& paths, Mask coming)
{
    const auto found = static_cast<Mask>(coming & ~seen_[vertex]);
    if (found == 0) return;
    for (std::size_t k = 0; k < most; ++k)
        if ((found >> k & 1U) != 0) paths_[vertex].of[k] = paths.of[k];
    seen_[vertex] = static_cast<Mask>(seen_[vertex] | found);
    stops_.push_back({vertex, found});
}

/// What somebody passes on to those one step nearer: (1 + own share) / paths.
void PathSweep::share(Stop stop, const Lanes& given, double& value)
{
    const Lanes& paths = paths_[stop.vertex];
    Lanes& passed = next_[stop.vertex];
    for (std::size_t k = 0; k < most; ++k) {
        if ((std::uint32_t{stop.lanes} >> k & 1U) == 0) continue;
        const double own = paths.of[k] * given.of[k];
        value += own;
        passed.of[k] = (1 + own) / paths.of[k];
    }
}

/// From the farthest to those next to the sources.
void PathSweep::comeBack(std::vector<double>& value)
{
    for (std::size_t at = starts_.size() - 1; at > 0; --at) {
        for (const Stop& stop : level(at)) share(stop, around(stop.vertex), value[stop.vertex]);
        if (at + 1 < starts_.size())
            for (const Stop& stop : level(at + 1)) shown_[stop.vertex] = {};
        std::swap(shown_, next_);
    }
    if (starts_.size() > 1)
        for (const Stop& stop : level(1)) shown_[stop.vertex] = {};
}

}  // namespace kith
