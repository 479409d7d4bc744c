// SPDX-License-Identifier: Apache-2.0
// Eigen for a file that is compiled once for each level, TS_LEVEL its name: in a namespace of its own in each, so that
// the linker does not take one level's code for another's. Nothing else in such a file may leave code that other files
// have too. Comes before all other headers.
#pragma once

#define TS_JOIN_TEXT(a, b) a##b
#define TS_JOIN(a, b) TS_JOIN_TEXT(a, b)
#define Eigen TS_JOIN(Eigen_, TS_LEVEL)
#include <Eigen/Core>
