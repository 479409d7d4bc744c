// SPDX-License-Identifier: Apache-2.0
// Reading the parcel from standard input; what comes after it is the script's to read.
#pragma once

#include "core/base/error.h"
#include "core/trace/parcel.h"

namespace tapescope {

/// Bytes without a parcel's magic are a script alone, to their end. Fails where the input ends too early.
Result<Parcel> readParcel(int descriptor);

}  // namespace tapescope
