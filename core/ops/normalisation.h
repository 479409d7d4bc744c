// SPDX-License-Identifier: Apache-2.0
// What the batch normalisation and its way back share. Included by core/ops/*.cpp only.
#pragma once

#include "core/ops/kernel.h"

namespace tapescope::normalisation {

/// A batch as [outer, channels, inner]: channels last has inner 1.
struct Batch {
    std::int64_t outer = 1, channels = 1, inner = 1;
    std::size_t axis = 0;  ///< of the channels

    std::int64_t perChannel() const { return outer * inner; }
    std::size_t place(std::int64_t o, std::int64_t c, std::int64_t i) const {
        return static_cast<std::size_t>((o * channels + c) * inner + i);
    }
};

/// `format`: NHWC, NDHWC, NCHW or NCDHW.
Batch batchOf(const Shape& shape, const std::string& format);

/// epsilon, exponential_avg_factor, data_format, is_training.
std::vector<AttributeRow> attributeRows();

/// nn_fused_batch_norm_grad.py: the gradients of FusedBatchNormGradV3 in dy, x and scale.
Operands gradientBack(Runner& run, const Executed& op, std::span<const Operand> upstream);

}  // namespace tapescope::normalisation
