// SPDX-License-Identifier: Apache-2.0
// Starting CPython so that nothing of the user's machine shows in a run: no site, no environment, a fixed hash seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tapescope {

/// Throws std::runtime_error with Python's reason.
void startPython(const std::string& scriptName, std::uint64_t seed);

/// Do these modules lead to tensors? Then TensorFlow's names and numpy, which shows their values, are loaded; not for
/// scripts that import the standard library alone.
bool needsTensors(const std::vector<std::string>& wanted);

/// Imports what every script may lead to and what `wanted` names of the allow-list; what cannot be found is left out.
void preload(const std::vector<std::string>& wanted, std::uint64_t seed);

}  // namespace tapescope
