// SPDX-License-Identifier: Apache-2.0
// The Python sources that are part of the program.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace tapescope {

/// Name below resources/ ("python/tensorflow/__init__.py") and text.
std::span<const std::pair<std::string_view, std::string_view>> pythonFiles();

/// Is there an embedded package or module of this name?
bool isEmbedded(std::string_view topLevel);

/// Makes the embedded modules importable. Python must be running.
void installEmbedded();

}  // namespace tapescope
