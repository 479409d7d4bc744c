// SPDX-License-Identifier: Apache-2.0
#include "core/base/tensor.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <new>

#include "core/base/error.h"
#include "core/base/narrow.h"
#include "core/base/statistics.h"

namespace tapescope {

const Shape Tensor::none;

namespace {

/// A shape that TensorFlow's tensors cannot have, however it came about.
void refuseImpossible(const Shape& shape) {
    constexpr std::size_t usual = 8;
    if (shape.size() <= usual && std::ranges::all_of(shape, [](auto dimension) { return dimension > 0; })) return;
    constexpr std::size_t mostDimensions = 254;
    if (shape.size() > mostDimensions) throw Error(ErrorKind::InvalidArgument, "Too many dimensions in tensor");
    for (const auto dimension : shape) {
        if (dimension < 0) {
            throw Error(ErrorKind::InvalidArgument, "Expected a non-negative size, got " + std::to_string(dimension));
        }
    }
    if (std::ranges::find(shape, 0) == shape.end()) return;    // memory bounds those that have elements
    constexpr std::int64_t mostShown = std::int64_t{1} << 48;  // as where values arrive (value.cpp)
    std::int64_t product = 1;
    for (const auto dimension : shape) {
        if (dimension > 0 && product > mostShown / dimension) {
            throw Error(ErrorKind::InvalidArgument,
                        "Shape " + kernelText(shape) + " has no elements, but sizes that are too large to be shown");
        }
        product *= std::max<std::int64_t>(dimension, 1);
    }
}

}  // namespace

Tensor::Content* Tensor::made(DType dtype, const Shape& shape, std::size_t bytes, bool remarkable) {
    refuseImpossible(shape);
    // Where any type may be read; those of large tensors at the beginning of a line of the cache.
    constexpr std::size_t fewBytes = 4096, alignment = 16, line = 64;
    const std::size_t unit = bytes > fewBytes ? line : alignment;
    const std::size_t head = (sizeof(Content) + unit - 1) / unit * unit;
    auto* memory = static_cast<std::byte*>(::operator new(head + bytes));
    auto* content = new (memory) Content;
    content->dtype = dtype;
    content->bytes = memory + head;
    content->shape = shape;
    static std::atomic<std::uint64_t> storages{0};
    if (remarkable) content->storage = storages.fetch_add(1, std::memory_order_relaxed) + 1;
    return content;
}

Tensor::Content* Tensor::madeOfStrings(const Shape& shape, std::size_t count) {
    Content* content = made(DType::String, shape, count * sizeof(std::string), true);
    std::uninitialized_default_construct_n(reinterpret_cast<std::string*>(content->bytes), count);
    return content;
}

void Tensor::discard(Content* content) noexcept {
    if (content->owner != nullptr) {
        const Tensor owner(content->owner);
    } else if (content->dtype == DType::String) {
        std::destroy_n(reinterpret_cast<std::string*>(content->bytes), elementCount(content->shape));
    }
    content->~Content();
    ::operator delete(content);
}

Tensor Tensor::copied(DType dtype, const Shape& shape, const void* bytes) {
    ByteFilling copy(dtype, shape);
    if (!copy.bytes.empty()) std::memcpy(copy.bytes.data(), bytes, copy.bytes.size());
    return std::move(copy).done();
}

ByteFilling::ByteFilling(DType dtype, const Shape& shape) {
    const auto count = static_cast<std::size_t>(elementCount(shape));
    const std::size_t size = count * row(dtype).size;
    filled_ = Tensor(Tensor::made(dtype, shape, size, count > largeCount));
    bytes = {filled_.content_->bytes, size};
}

Tensor Tensor::viewed(DType dtype, const Shape& shape) const {
    if (content_ == nullptr) return {};
    refuseImpossible(shape);
    Tensor view(new (::operator new(sizeof(Content))) Content);
    Content& content = *view.content_;
    content.dtype = dtype;
    content.bytes = content_->bytes;
    content.storage = content_->storage;
    content.owner = content_->owner != nullptr ? content_->owner : content_;
    content.owner->owners.fetch_add(1, std::memory_order_relaxed);
    content.shape = shape;
    return view;
}

Tensor Tensor::scalar(float value) {
    return of<float>({}, std::span<const float>(&value, 1));
}

double Tensor::at(std::int64_t i) const {
    const auto index = static_cast<std::size_t>(i);
    switch (dtype()) {
        case DType::Float32: return static_cast<double>(as<float>()[index]);
        case DType::Float64: return as<double>()[index];
        case DType::Int32: return static_cast<double>(as<std::int32_t>()[index]);
        case DType::Int64: return static_cast<double>(as<std::int64_t>()[index]);
        case DType::Bool: return as<bool>()[index] ? 1.0 : 0.0;
        case DType::Float16: return static_cast<double>(halfToFloat(as<std::uint16_t>()[index]));
        case DType::BFloat16: return static_cast<double>(bfloat16ToFloat(as<std::uint16_t>()[index]));
        case DType::Int8: return static_cast<double>(as<std::int8_t>()[index]);
        case DType::Int16: return static_cast<double>(as<std::int16_t>()[index]);
        case DType::UInt8: return static_cast<double>(as<std::uint8_t>()[index]);
        case DType::UInt16: return static_cast<double>(as<std::uint16_t>()[index]);
        case DType::UInt32: return static_cast<double>(as<std::uint32_t>()[index]);
        case DType::UInt64: return static_cast<double>(as<std::uint64_t>()[index]);
        case DType::Complex64: return static_cast<double>(as<std::complex<float>>()[index].real());
        case DType::Complex128: return as<std::complex<double>>()[index].real();
        case DType::String:
        case DType::Resource:
        case DType::Variant: break;
    }
    return 0.0;
}

double distance(const Tensor& a, const Tensor& b) {
    if (a.dtype() == DType::Float32 && b.dtype() == DType::Float32) {
        SquaredDistance squares;
        squares.take(a.as<float>(), b.as<float>());
        return std::sqrt(squares.total());
    }
    double sum = 0;
    for (std::int64_t i = 0; i < a.count(); ++i) {
        const double gap = b.at(i) - a.at(i);
        sum += gap * gap;
    }
    return std::sqrt(sum);
}

bool operator==(const Tensor& a, const Tensor& b) {
    if (!a || !b) return !a && !b;
    if (a.dtype() != b.dtype() || a.shape() != b.shape()) return false;
    if (a.dtype() == DType::String) return std::ranges::equal(a.as<std::string>(), b.as<std::string>());
    return std::memcmp(a.bytes(), b.bytes(), a.byteCount()) == 0;
}

}  // namespace tapescope
