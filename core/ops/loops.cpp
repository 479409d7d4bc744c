// SPDX-License-Identifier: Apache-2.0
#include "core/ops/loops.h"

namespace tapescope::kernel {

namespace {
/// Elements between neighbours along each axis of `common`; 0 where the operand is repeated.
Shape stepsOf(const Shape& shape, const Shape& common) {
    Shape steps(common.size(), 0);
    std::int64_t step = 1;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        const std::size_t from = shape.size() - 1 - i;
        if (shape[from] != 1) steps[common.size() - 1 - i] = step;
        step *= shape[from];
    }
    return steps;
}
}  // namespace

Pairing pairingOf(const Shape& left, const Shape& right, const Shape& common) {
    if (left == right) return {{elementCount(common)}, {1}, {1}};
    const auto leftSteps = stepsOf(left, common);
    const auto rightSteps = stepsOf(right, common);
    Pairing merged;
    for (std::size_t axis = 0; axis < common.size(); ++axis) {
        const std::int64_t size = common[axis];
        if (size == 1) continue;
        const bool joins = !merged.sizes.empty() && merged.left.back() == leftSteps[axis] * size &&
                           merged.right.back() == rightSteps[axis] * size;
        if (joins) {
            merged.sizes.back() *= size;
            merged.left.back() = leftSteps[axis];
            merged.right.back() = rightSteps[axis];
        } else {
            merged.sizes.push_back(size);
            merged.left.push_back(leftSteps[axis]);
            merged.right.push_back(rightSteps[axis]);
        }
    }
    if (merged.sizes.empty()) {
        merged.sizes.push_back(1);
        merged.left.push_back(0);
        merged.right.push_back(0);
    }
    return merged;
}

Shape commonShape(const OpRow& row, const Tensor& a, const Tensor& b) {
    const auto shape = broadcast(a.shape(), b.shape());
    if (!shape) refuse(row, "Incompatible shapes: " + kernelText(a.shape()) + " vs. " + kernelText(b.shape()));
    return *shape;
}

}  // namespace tapescope::kernel
