// SPDX-License-Identifier: Apache-2.0
// What a function of several operations was given and what it gave: "clip_by_global_norm took norm 10.6 and gave 1".
#pragma once

#include <optional>
#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

struct FoldResult {
    std::vector<TensorId> given;    ///< tensors from outside that its operations used, in the order of their use
    std::vector<TensorId> results;  ///< what its operations made and none of them used
    std::uint32_t operations = 0;   ///< without constants and reads
};
FoldResult foldResult(const Timeline& timeline, FoldId fold);

/// Does the function clip what it is given, as tf.clip_by_norm does?
bool clips(std::string_view function);

/// The L2 norm of everything that a clipping function was given, and of what it gave; nothing for other functions.
struct NormChange {
    double before = 0, after = 0;
};
std::optional<NormChange> normChange(const Timeline& timeline, FoldId fold);

}  // namespace tapescope
