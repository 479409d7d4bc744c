// SPDX-License-Identifier: Apache-2.0
// How numpy's numbers write themselves within lists, dictionaries and notebooks.
#pragma once

namespace tapescope {

/// From here on numpy's scalars have the reprs of numpy 2, which TensorFlow's own installation brings:
/// `np.float32(1.5)`. Their str() is the same in both. A second call does nothing; without numpy, Python's ImportError.
void modernizeScalars();

}  // namespace tapescope
