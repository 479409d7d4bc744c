// SPDX-License-Identifier: Apache-2.0
// The operation table: one row per operation, and everything else follows from the row (Python binding, docstring,
// shape check, gradient, finite differences, formula in the inspector).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/ids.h"
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
using Attributes = std::vector<AttributeValue>;

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

/// Which rows of which shape: indices may repeat, and what they name adds up.
struct Slices {
    Operand indices;     ///< a vector of integers, one for each row of the values
    Operand denseShape;  ///< a vector of integers; empty where a script made the slices without one
};

/// Runs operations on behalf of a pullback, so that the way back is recorded like any other operation.
class Runner {
public:
    virtual ~Runner() = default;
    /// All outputs; attributes that are not given take the row's fallback.
    virtual std::vector<Operand> runAll(std::string_view op, std::vector<Operand> inputs,
                                        Attributes attributes = {}) = 0;
    /// The first output.
    Operand run(std::string_view op, std::vector<Operand> inputs, Attributes attributes = {}) {
        return runAll(op, std::move(inputs), std::move(attributes)).front();
    }
    virtual Operand constant(const Tensor& value) = 0;
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
    std::vector<bool> wanted;
};

using Inputs = std::span<const Tensor>;

struct OpRow {
    std::string_view type;     ///< TensorFlow's operation type, as errors name it: "MatMul"
    std::string_view names;    ///< Python names, separated by blanks: "matmul linalg.matmul"; "" for none
    std::string_view formula;  ///< "C = A·B"
    std::string_view doc;      ///< one sentence; for Kinked inputs, what holds at the kink
    std::vector<InputRow> inputs;
    std::vector<AttributeRow> attributes;
    /// Checks dtypes and shapes as TensorFlow does (throws Error with its text) and computes.
    std::vector<Tensor> (*forward)(const OpRow& row, Inputs inputs, const Attributes& attributes) = nullptr;
    /// Gradients of the inputs for the gradients of the outputs; an empty Operand is None. Missing where no input has a
    /// flow.
    std::vector<Operand> (*pullback)(Runner& runner, const Executed& op, std::span<const Operand> gradients) = nullptr;
    /// Flow of input i for these dtypes, where the row's own depends on them (Cast); else missing.
    Flow (*flowFor)(std::size_t input, Inputs inputs, const Attributes& attributes) = nullptr;
    /// Names of several outputs, separated by blanks: Python gets a named tuple of them. "*": any number, a list.
    /// "": a single one.
    std::string_view outputs = {};
    /// The pullback passes gradients on that are slices; for all others they are made dense before.
    bool passesSlices = false;
};

/// All rows, in a fixed order.
std::span<const OpRow> opTable();
const OpRow& findOp(std::string_view type);  ///< throws std::out_of_range for a type that no row has
const OpRow* findOpOrNull(std::string_view type);

Flow flowOf(const OpRow& row, std::size_t input, Inputs inputs, const Attributes& attributes);

/// "axis=1 keepdims=True": for the trace and the inspector.
std::vector<std::pair<std::string, std::string>> attributeTexts(const OpRow& row, const Attributes& attributes);

}  // namespace tapescope
