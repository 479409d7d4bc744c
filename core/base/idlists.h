// SPDX-License-Identifier: Apache-2.0
// Lists of ids, which are short nearly always.
#pragma once

#include "core/base/ids.h"
#include "core/base/smallvector.h"

namespace tapescope {

template <class Tag>
using IdList = SmallVector<Id<Tag>, 4>;

using TensorIds = IdList<TensorTag>;
using TapeIds = IdList<TapeTag>;

}  // namespace tapescope
