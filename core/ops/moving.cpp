// SPDX-License-Identifier: Apache-2.0
#include "core/ops/moving.h"

#include <algorithm>

namespace tapescope::kernel {

std::vector<std::int64_t> stridesOf(const Shape& shape) {
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t axis = shape.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * shape[axis];
    return strides;
}

Tensor picked(const OpRow& row, const Tensor& input, const Shape& shape, const std::vector<std::int64_t>& from) {
    return pickedRuns(row, input, shape, from, 1);
}

Tensor pickedRuns(const OpRow& row, const Tensor& input, const Shape& shape, const std::vector<std::int64_t>& from,
                  std::int64_t run) {
    return byElementSize(row, input.dtype(), [&]<class T>() {
        Filling<T> result(shape);
        const auto source = input.as<T>();
        auto next = result.values.begin();
        for (const std::int64_t index : from) {
            next = index < 0 ? std::fill_n(next, run, T{}) : std::copy_n(source.begin() + index * run, run, next);
        }
        return std::move(result).done(input.dtype());
    });
}

Tensor placed(const OpRow& row, const Tensor& base, const Tensor& input, const std::vector<std::int64_t>& to,
              std::int64_t run) {
    return byElementSize(row, base.dtype(), [&]<class T>() {
        Filling<T> result(base.shape());
        std::ranges::copy(base.as<T>(), result.values.begin());
        auto next = input.as<T>().begin();
        for (const std::int64_t index : to) {
            std::copy_n(next, run, result.values.begin() + index * run);
            next += run;
        }
        return std::move(result).done(base.dtype());
    });
}

Tensor zerosOf(const OpRow& row, DType dtype, const Shape& shape) {
    return byElementSize(row, dtype, [&]<class T>() {
        Filling<T> result(shape);
        std::ranges::fill(result.values, T{});
        return std::move(result).done(dtype);
    });
}

std::int64_t integerAt(const Tensor& tensor, std::int64_t i) {
    if (tensor.dtype() == DType::Int64) return tensor.as<std::int64_t>()[static_cast<std::size_t>(i)];
    return static_cast<std::int64_t>(tensor.at(i));
}

std::vector<std::int64_t> integersOf(const Tensor& tensor) {
    std::vector<std::int64_t> values(static_cast<std::size_t>(tensor.count()));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = integerAt(tensor, static_cast<std::int64_t>(i));
    return values;
}

Tensor integers(DType dtype, Shape shape, const std::vector<std::int64_t>& values) {
    if (dtype == DType::Int64) return Tensor::of<std::int64_t>(std::move(shape), values);
    Filling<std::int32_t> filling(std::move(shape));
    std::ranges::transform(values, filling.values.begin(),
                           [](std::int64_t value) { return static_cast<std::int32_t>(value); });
    return std::move(filling).done();
}

Operand vectorOf(Runner& runner, const std::vector<std::int64_t>& values, DType dtype) {
    return runner.constant(integers(dtype, {static_cast<std::int64_t>(values.size())}, values));
}

std::int64_t fromZero(std::int64_t axis, std::size_t rank) {
    return axis < 0 ? axis + static_cast<std::int64_t>(rank) : axis;
}

void requireSizes(const OpRow& row, const Shape& shape) {
    for (const auto size : shape) {
        if (size < 0) refuse(row, "Dimension " + std::to_string(size) + " must be >= 0");
    }
    std::int64_t count = 1;
    for (const auto size : shape) {
        if (__builtin_mul_overflow(count, size, &count))
            refuse(row, "Shape " + kernelText(shape) + " would have more than 2**63 - 1 elements");
    }
}

Shape sub(const Shape& shape, std::size_t begin, std::size_t end) {
    return Shape(shape.begin() + static_cast<std::ptrdiff_t>(begin), shape.begin() + static_cast<std::ptrdiff_t>(end));
}

Shape joined(Shape a, const Shape& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

}  // namespace tapescope::kernel
