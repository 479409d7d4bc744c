// SPDX-License-Identifier: Apache-2.0
// Where Keras's three behaviours differ in what their optimizers compute: names of slots, checks of kernels, rows of
// slices.
#pragma once

#include "core/engine/rule.h"

namespace tapescope {

/// In a rule's settings as "keras"; Three where nothing is said.
enum class Generation {
    Legacy = 1,  ///< tf.keras.optimizers.legacy, TensorFlow's own optimizers until 2.10
    Two = 2,     ///< Keras 2.11 to 2.15
    Three = 3,
};

Generation generationOf(const Settings& settings);

/// What a rule's slot is called: Adam's "momentum" is "m" before Keras 3.
std::string slotNameIn(Generation generation, std::string_view rule, std::string_view slot);

/// The rule's update, in the behaviour of the settings: before Keras 3 slices are added up first, and the legacy
/// kernels refuse gradients of another shape and leave rows alone that slices do not name.
RuleResult updated(const Rule& rule, const RuleInput& input);

}  // namespace tapescope
