// SPDX-License-Identifier: Apache-2.0
// Strong ids. An id names one thing for the whole run; ids of one kind count up from 0 and never mix with another kind.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace tapescope {

template <class Tag>
struct Id {
    static constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t value = nothing;

    constexpr bool valid() const { return value != nothing; }
    constexpr std::size_t index() const { return value; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using NodeId = Id<struct NodeTag>;          ///< one executed operation
using TensorId = Id<struct TensorTag>;      ///< one output of a node, or the handle of a variable
using VariableId = Id<struct VariableTag>;  ///< one tf.Variable (its handle), whatever names it has
using TapeId = Id<struct TapeTag>;  ///< one recording of a GradientTape (reset and re-entry after use make a new one)
using GradientId = Id<struct GradientTag>;    ///< one call of gradient()
using OptimizerId = Id<struct OptimizerTag>;  ///< one optimizer object
using ApplyId = Id<struct ApplyTag>;          ///< one call of apply_gradients
using FoldId = Id<struct FoldTag>;  ///< one call of a function of TensorFlow's that is made of several operations
using CallSiteId = Id<struct CallSiteTag>;  ///< one place in the script together with the calls that led there
using FileId = Id<struct FileTag>;          ///< one source text of the run; 0 is the script

}  // namespace tapescope

template <class Tag>
struct std::hash<tapescope::Id<Tag>> {
    std::size_t operator()(tapescope::Id<Tag> id) const noexcept { return id.value; }
};
