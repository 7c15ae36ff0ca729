#pragma once

#include "core/analysis/sentences.h"

#include <string_view>
#include <vector>

namespace kith {

/// How the talk of a cluster's people is called where it stands among traits.
inline constexpr std::string_view talkTrait = "what they talk about";

/// How alike the people of each cluster are in what they talk about (METHODS d.2): pairs = T, the
/// mean cosine of their words inside; pairsExpected = S, that of all pairs; h = (T - S)/(1 - S);
/// `value` its strongest words. Words of threads that a pair shares count only as far as they go
/// beyond the thread's mean (TalkProfiles), so that nobody is alike for having been in one thread.
/// p from permutations of everybody's talk over the people who have a profile; q over these rows
/// alone: whoever shows them beside traits works out q over all rows together, with
/// benjaminiHochberg(). `trait` is of no meaning. By cluster; of clusters with five or more people
/// who say enough.
/// @throws Error Usage on the layer interest, which is made from what people talk about: the test
///         would be void
/// Time linear in messages, then options.permutations x (words said + threads taken part in).
std::vector<Likeness> talkLikeness(const Workspace& workspace, const Analysis& analysis,
                                   Task& task);

EvidenceSentence talkSentence(const Analysis& analysis, const Likeness& row);

}  // namespace kith
