// SPDX-License-Identifier: Apache-2.0
// Where a gradient comes from and what became of it. Stricter than what the picture shows: only clipping keeps a
// gradient the gradient of the same thing; whoever multiplies it by something else may be writing out the chain rule.
#pragma once

#include <vector>

#include "core/trace/timeline.h"

namespace tapescope {

/// The answer of gradient() that a tensor is, or that was clipped into it.
struct Origin {
    GradientId gradient;  ///< nothing: the tensor is no such thing
    TensorId source;
    TensorId answer;  ///< as gradient() returned it
    bool clipped = false;
};
Origin originOf(const Timeline& timeline, TensorId tensor);

/// One call of a clipping function, for one tensor.
struct Clipping {
    TensorId from, to;
    CallSiteId site;
    EventIndex event = 0;  ///< of the operation that made `to`
    std::string function;  ///< "tf.clip_by_norm"
};
std::vector<Clipping> clippings(const Timeline& timeline);

/// Do the values of `tensor` depend on `variable` alone, in a way that lets a gradient with respect to the one stand
/// for the other: read, copied, shifted by something that no variable has a part in (a step along a gradient is such a
/// shift), clipped, or quantised?
bool standsFor(const Timeline& timeline, TensorId tensor, VariableId variable);

}  // namespace tapescope
