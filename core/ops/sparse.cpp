// SPDX-License-Identifier: Apache-2.0
// Between values with their places and tensors that hold every element.
#include "core/ops/kernel.h"
#include "core/ops/valuerows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;

std::string placeText(std::span<const std::int64_t> place) {
    return kernelText(Shape(place.begin(), place.end()));
}

/// Every place must lie within the shape and, where that is asked for, behind the one before it.
void requirePlace(const OpRow& row, const Shape& shape, std::span<const std::int64_t> places, std::size_t i,
                  bool sorted) {
    const std::size_t rank = shape.size();
    const auto place = places.subspan(i * rank, rank);
    const std::string which = "indices[" + std::to_string(i) + "] = " + placeText(place);
    for (std::size_t axis = 0; axis < rank; ++axis) {
        if (place[axis] < 0 || place[axis] >= shape[axis])
            refuse(row, which + " is out of bounds: need 0 <= index < " + kernelText(shape));
    }
    if (!sorted || i == 0) return;
    const auto before = places.subspan((i - 1) * rank, rank);
    if (std::ranges::equal(before, place)) refuse(row, which + " is repeated");
    if (std::ranges::lexicographical_compare(place, before)) {
        refuse(row, which +
                        " is out of order. Many sparse ops require sorted indices.\n    Use `tf.sparse.reorder` to "
                        "create a correctly ordered copy.\n\n");
    }
}

Tensors toDense(const OpRow& row, Inputs in, const Attributes& attributes) {
    const Shape& shape = std::get<Shape>(attributes[0]);
    const bool sorted = std::get<bool>(attributes[1]);
    const auto places = in[0].as<std::int64_t>();
    const std::size_t rank = shape.size();
    const Tensor values = stretched(in[1], {in[0].shape().empty() ? 1 : in[0].shape()[0]});
    return {byElementSize(row, in[1].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        std::fill(result.values.begin(), result.values.end(), in[2].as<T>()[0]);
        for (std::size_t i = 0; i < static_cast<std::size_t>(values.count()); ++i) {
            requirePlace(row, shape, places, i, sorted);
            std::int64_t offset = 0;
            for (std::size_t axis = 0; axis < rank; ++axis) offset = offset * shape[axis] + places[i * rank + axis];
            result.values[static_cast<std::size_t>(offset)] = values.as<T>()[i];
        }
        return std::move(result).done(in[1].dtype());
    })};
}
/// sparse_grad.py: each value gets what came to its place, the default the rest.
Operands toDenseBack(Runner& runner, const Executed& op, std::span<const Operand> gradients) {
    const Operand values = runner.run("GatherNd", {gradients[0], op.inputs[0]});
    const Operand rest = runner.run("Sub", {runner.run("Sum", {gradients[0]}), runner.run("Sum", {values})});
    return {{}, values, rest};
}
}  // namespace

std::vector<OpRow> sparse() {
    return {
        {"SparseToDense",
         "",
         "y = values in their places",
         "A tensor with every element; those without a value get the default.",
         {{"sparse_indices", Severed}, {"sparse_values"}, {"default_value"}},
         {{"shape", Shape{}}, {"validate_indices", true}},
         toDense,
         toDenseBack},
    };
}

}  // namespace tapescope::rows
