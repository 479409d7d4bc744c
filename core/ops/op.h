// SPDX-License-Identifier: Apache-2.0
// The operation table: one row per operation, and everything else follows from the row (Python binding, docstring,
// shape check, gradient, finite differences, formula in the inspector).
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/few.h"
#include "core/base/ids.h"
#include "core/base/smallvector.h"
#include "core/base/tensor.h"

namespace tapescope {

/// What the derivative with respect to an input is, as a matter of structure.
enum class Flow : std::uint8_t {
    Smooth,        ///< differentiable
    Kinked,        ///< differentiable but for points; the row's doc says what holds there
    Zero,          ///< registered, and zero everywhere: a gradient of zeros
    Severed,       ///< no gradient: None
    Unregistered,  ///< nobody wrote one: LookupError when the way back meets it
};

/// monostate is Python's None ("all axes").
using AttributeValue = std::variant<std::monostate, bool, std::int64_t, double, DType, std::string, Shape>;

/// Values of a call's attributes, in the order of the row.
using Attributes = Few<AttributeValue, 3>;

struct InputRow {
    std::string_view name;
    Flow flow = Flow::Smooth;
};

struct AttributeRow {
    std::string_view name;
    AttributeValue fallback;
};

struct Slices;

/// A tensor that the session knows: what pullbacks compute with.
struct Operand {
    TensorId id{};
    Tensor value{};
    /// Only of gradients, and only of those that stand for rows of a tensor (tf.IndexedSlices); `id` and `value` are
    /// then the rows. Mostly nothing.
    std::shared_ptr<const Slices> slices{};
    explicit operator bool() const { return id.valid(); }
};

using Tensors = Few<Tensor, 4>;
using Operands = Few<Operand, 4>;

/// Which rows of which shape: indices may repeat, and what they name adds up.
struct Slices {
    Operand indices;     ///< a vector of integers, one for each row of the values
    Operand denseShape;  ///< a vector of integers; empty where a script made the slices without one
};

struct OpRow;

/// Runs operations on behalf of a pullback, so that the way back is recorded like any other operation.
class Runner {
public:
    virtual ~Runner() = default;
    /// All outputs, for all attributes of the row.
    virtual Operands apply(const OpRow& row, std::span<const Operand> inputs, const Attributes& attributes) = 0;
    virtual Operand constant(const Tensor& value) = 0;
    /// All outputs; attributes that are not given take the row's fallback.
    Operands runAll(std::string_view op, const Operands& inputs, Attributes attributes = {});
    /// The first output.
    Operand run(std::string_view op, const Operands& inputs, Attributes attributes = {}) {
        return std::move(runAll(op, inputs, std::move(attributes)).front());
    }
};

/// The gradient as a tensor: slices are added up, as TensorFlow's conversion of tf.IndexedSlices does (one
/// UnsortedSegmentSum).
Operand dense(Runner& runner, const Operand& gradient);
/// The same number for number, without leaving a trace.
Tensor denseValue(const Operand& gradient);
/// The shape of what is differentiated: of the tensor, not of the slices.
Shape denseShapeOf(const Operand& gradient);

/// The executed operation that is being differentiated. `wanted(i)`: somebody needs the gradient of input i.
struct Executed {
    std::span<const Operand> inputs;
    std::span<const Operand> outputs;
    const Attributes& attributes;
    SmallVector<bool, 8> wanted;
};

/// The values that an operation works on, wherever they lie: side by side, or in operands.
class Inputs {
    template <class Range, class T>
    static constexpr bool of =
        std::ranges::contiguous_range<Range>&& std::same_as<std::ranges::range_value_t<Range>, T>;

public:
    class iterator;

    Inputs() = default;
    template <class Range>
    requires of<Range, Tensor> Inputs(const Range& tensors)
        : Inputs(std::ranges::data(tensors), std::ranges::size(tensors), sizeof(Tensor)) {}
    template <class Range>
    requires of<Range, Operand> Inputs(const Range& operands)
        : Inputs(operands.empty() ? nullptr : &operands.front().value, std::ranges::size(operands), sizeof(Operand)) {}

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const Tensor& operator[](std::size_t i) const {
        return *reinterpret_cast<const Tensor*>(reinterpret_cast<const std::byte*>(first_) + i * step_);
    }
    const Tensor& front() const { return *first_; }
    const Tensor& back() const { return (*this)[size_ - 1]; }
    Inputs first(std::size_t count) const { return {first_, count, step_}; }
    Inputs subspan(std::size_t from) const { return {&(*this)[from], size_ - from, step_}; }
    iterator begin() const;
    iterator end() const;

private:
    Inputs(const Tensor* first, std::size_t size, std::size_t step) : first_(first), size_(size), step_(step) {}

    const Tensor* first_ = nullptr;
    std::size_t size_ = 0;
    std::size_t step_ = sizeof(Tensor);  ///< bytes from one to the next
};

class Inputs::iterator {
public:
    using value_type = Tensor;
    using difference_type = std::ptrdiff_t;
    using reference = const Tensor&;
    using pointer = const Tensor*;
    using iterator_category = std::forward_iterator_tag;

    iterator() = default;
    iterator(const Tensor* at, std::size_t step) : at_(at), step_(step) {}
    const Tensor& operator*() const { return *at_; }
    const Tensor* operator->() const { return at_; }
    iterator& operator++() {
        at_ = reinterpret_cast<const Tensor*>(reinterpret_cast<const std::byte*>(at_) + step_);
        return *this;
    }
    iterator operator++(int) { return std::exchange(*this, std::next(*this)); }
    friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

private:
    const Tensor* at_ = nullptr;
    std::size_t step_ = sizeof(Tensor);
};

inline Inputs::iterator Inputs::begin() const {
    return {first_, step_};
}
inline Inputs::iterator Inputs::end() const {
    return {reinterpret_cast<const Tensor*>(reinterpret_cast<const std::byte*>(first_) + size_ * step_), step_};
}

struct OpRow {
    std::string_view type;     ///< TensorFlow's operation type, as errors name it: "MatMul"
    std::string_view names;    ///< Python names, separated by blanks: "matmul linalg.matmul"; "" for none
    std::string_view formula;  ///< "C = A·B"
    std::string_view doc;      ///< one sentence; for Kinked inputs, what holds at the kink
    std::vector<InputRow> inputs;
    std::vector<AttributeRow> attributes;
    /// Checks dtypes and shapes as TensorFlow does (throws Error with its text) and computes.
    Tensors (*forward)(const OpRow& row, Inputs inputs, const Attributes& attributes) = nullptr;
    /// Gradients of the inputs for the gradients of the outputs; an empty Operand is None. Missing where no input has a
    /// flow.
    Operands (*pullback)(Runner& runner, const Executed& op, std::span<const Operand> gradients) = nullptr;
    /// Flow of input i for these dtypes, where the row's own depends on them (Cast); else missing.
    Flow (*flowFor)(std::size_t input, Inputs inputs, const Attributes& attributes) = nullptr;
    /// Names of several outputs, separated by blanks: Python gets a named tuple of them. "*": any number, a list.
    /// "": a single one.
    std::string_view outputs = {};
    /// The pullback passes gradients on that are slices; for all others they are made dense before.
    bool passesSlices = false;
    /// Its place in opTable(); of no row of it: past its end.
    std::size_t place = std::numeric_limits<std::size_t>::max();
};

/// All rows, in a fixed order.
std::span<const OpRow> opTable();
const OpRow& findOp(std::string_view type);  ///< throws std::out_of_range for a type that no row has
const OpRow* findOpOrNull(std::string_view type);

/// Adds the row's fallback for each attribute that is not given.
void complete(Attributes& attributes, const OpRow& row);

Flow flowOf(const OpRow& row, std::size_t input, Inputs inputs, const Attributes& attributes);

/// "axis=1 keepdims=True": for the trace and the inspector.
std::vector<std::pair<std::string, std::string>> attributeTexts(const OpRow& row, const Attributes& attributes);

}  // namespace tapescope
