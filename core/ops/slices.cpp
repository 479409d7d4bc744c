// SPDX-License-Identifier: Apache-2.0
// Gradients that are slices, made dense.
#include "core/ops/moving.h"

namespace tapescope {

using namespace kernel;

Shape denseShapeOf(const Operand& gradient) {
    if (!gradient.slices) return gradient.value.shape();
    const auto sizes = integersOf(gradient.slices->denseShape.value);
    return Shape(sizes.begin(), sizes.end());
}

Operand dense(Runner& runner, const Operand& gradient) {
    if (!gradient.slices) return gradient;
    const Slices& slices = *gradient.slices;
    if (!slices.denseShape) {
        throw Error(ErrorKind::Value,
                    "Tensor conversion requested for IndexedSlices for argument `value` without dense_shape");
    }
    const Operand rows{gradient.id, gradient.value, {}};
    return runner.run("UnsortedSegmentSum", {rows, slices.indices}, {integerAt(slices.denseShape.value, 0)});
}

Tensor denseValue(const Operand& gradient) {
    if (!gradient.slices || !gradient.slices->denseShape) return gradient.value;
    static const OpRow& row = findOp("UnsortedSegmentSum");
    const Tensors inputs{gradient.value, gradient.slices->indices.value};
    return row.forward(row, inputs, {integerAt(gradient.slices->denseShape.value, 0)}).front();
}

}  // namespace tapescope
