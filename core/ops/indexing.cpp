// SPDX-License-Identifier: Apache-2.0
// Numbers that name places: where something is, what lies there, in which order.
#include <algorithm>
#include <numeric>

#include "core/ops/moving.h"
#include "core/ops/rows.h"

namespace tapescope::rows {

namespace {
using namespace kernel;
using enum Flow;
using Gradients = std::span<const Operand>;

bool isSet(const Tensor& tensor, std::int64_t i) {
    return tensor.at(i) != 0;
}

Tensors found(const OpRow& row, Inputs in, const Attributes&) {
    const Shape& shape = in[0].shape();
    if (shape.empty()) refuse(row, "WhereOp : Unhandled input dimensions: 0");
    std::vector<std::int64_t> places;
    std::int64_t next = 0;
    eachPosition(shape, [&](const Shape& at) {
        if (isSet(in[0], next++)) places.insert(places.end(), at.begin(), at.end());
    });
    const auto rank = static_cast<std::int64_t>(shape.size());
    const auto count = static_cast<std::int64_t>(places.size()) / rank;
    return {integers(DType::Int64, {count, rank}, places)};
}

Tensors oneHot(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto depth = std::get<std::int64_t>(attributes[0]);
    const auto axis = std::get<std::int64_t>(attributes[1]);
    const Shape& of = in[0].shape();
    const auto rank = static_cast<std::int64_t>(of.size());
    if (axis != -1 && (axis < 0 || axis > rank)) {
        refuse(row, "Expected axis to be -1 or between [0, " + std::to_string(rank + 1) +
                        ").  But received: " + std::to_string(axis));
    }
    if (depth < 0) refuse(row, "depth must be non-negative, got: " + std::to_string(depth));
    const auto place = static_cast<std::size_t>(axis == -1 ? rank : axis);
    Shape shape = of;
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(place), depth);
    const auto inner = elementCount(sub(of, place, of.size()));
    const auto numbers = integersOf(in[0]);
    return {byElementSize(row, in[1].dtype(), [&]<class T>() {
        Filling<T> result(shape);
        std::ranges::fill(result.values, in[2].template as<T>()[0]);
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(numbers.size()); ++i) {
            const auto number = numbers[static_cast<std::size_t>(i)];
            if (number < 0 || number >= depth) continue;
            const auto at = (i / inner * depth + number) * inner + i % inner;
            result.values[static_cast<std::size_t>(at)] = in[1].template as<T>()[0];
        }
        return std::move(result).done(in[1].dtype());
    })};
}

/// Numbers of the rows that go to each part.
std::vector<std::vector<std::int64_t>> partsOf(const OpRow& row, Inputs in, std::int64_t count) {
    const Shape& data = in[0].shape();
    const Shape& of = in[1].shape();
    if (in[1].dtype() != DType::Int32) {
        throw Error(
            ErrorKind::InvalidArgument,
            "cannot compute DynamicPartition as input #1(zero-based) was expected to be a int32 tensor but is a " +
                std::string(tapescope::row(in[1].dtype()).kernelName) + " tensor [Op:DynamicPartition] name: ");
    }
    const std::string kernel = std::string(row.type) + "_num_partitions_" + std::to_string(count);
    if (of.size() > data.size() || sub(data, 0, of.size()) != of) {
        refuse(row,
               "data.shape must start with partitions.shape, got data.shape = " + kernelText(data) +
                   ", partitions.shape = " + kernelText(of),
               kernel);
    }
    std::vector<std::vector<std::int64_t>> parts(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < in[1].count(); ++i) {
        const auto part = integerAt(in[1], i);
        if (part < 0 || part >= count) {
            Shape at(of.size(), 0);
            std::int64_t rest = i;
            for (std::size_t axis = of.size(); axis-- > 0; rest /= of[axis]) at[axis] = rest % of[axis];
            refuse(row,
                   "partitions" + (of.empty() ? std::string() : kernelText(at)) + " = " + std::to_string(part) +
                       " is not in [0, " + std::to_string(count) + ")",
                   kernel);
        }
        parts[static_cast<std::size_t>(part)].push_back(i);
    }
    return parts;
}

Tensors partitioned(const OpRow& row, Inputs in, const Attributes& attributes) {
    const auto parts = partsOf(row, in, std::get<std::int64_t>(attributes[0]));
    const Shape inner = sub(in[0].shape(), in[1].shape().size(), in[0].shape().size());
    Tensors results;
    for (const auto& part : parts) {
        const Shape shape = joined({static_cast<std::int64_t>(part.size())}, inner);
        results.push_back(pickedRuns(row, in[0], shape, part, elementCount(inner)));
    }
    return results;
}

/// data_flow_grad.py _DynamicPartitionGrads: each part goes back to where it was.
Operands partitionedBack(Runner& run, const Executed& op, Gradients g) {
    const Tensor values[] = {op.inputs[0].value, op.inputs[1].value};
    Operands inputs;
    for (const auto& part : partsOf(findOp("DynamicPartition"), values, std::get<std::int64_t>(op.attributes[0])))
        inputs.push_back(vectorOf(run, part));
    inputs.insert(inputs.end(), g.begin(), g.end());
    return {run.run("Reshape", {run.run("DynamicStitch", inputs)}, {values[0].shape()}), {}};
}

/// Values for each of the indices, and as many for one as for another.
void requireStitchable(const OpRow& row, Inputs in, std::size_t count, const std::string& kernel) {
    const auto named = [&](const char* what, std::size_t i, std::size_t at) {
        return std::string(what) + "[" + std::to_string(i) + "].shape = " + kernelText(in[at].shape());
    };
    for (std::size_t i = 0; i < count; ++i) {
        const Shape& indices = in[i].shape();
        const Shape& data = in[count + i].shape();
        if (data.size() < indices.size() || !std::equal(indices.begin(), indices.end(), data.begin()))
            refuse(row, named("data", i, count + i) + " does not start with " + named("indices", i, i), kernel);
        const std::size_t before = in[0].shape().size();
        if (sub(data, indices.size(), data.size()) == sub(in[count].shape(), before, in[count].shape().size()))
            continue;
        const auto rest = [](std::size_t from) { return ".shape[" + std::to_string(from) + ":]"; };
        const std::string other = "[" + std::to_string(i) + "]";
        refuse(row,
               "Need data[0]" + rest(before) + " = data" + other + rest(indices.size()) + ", got " +
                   named("data", 0, count) + ", " + named("data", i, count + i) + ", " + named("indices", 0, 0) + ", " +
                   named("indices", i, i),
               kernel);
    }
}

Tensors stitched(const OpRow& row, Inputs in, const Attributes&) {
    const std::size_t count = in.size() / 2;
    const std::string kernel = std::string(row.type) + "_N_" + std::to_string(count);
    requireStitchable(row, in, count, kernel);
    std::int64_t size = 0;
    for (std::size_t i = 0; i < count; ++i) {
        for (const auto at : integersOf(in[i])) size = std::max(size, at + 1);
    }
    const Shape inner = sub(in[count].shape(), in[0].shape().size(), in[count].shape().size());
    const auto run = elementCount(inner);
    return {byElementSize(row, in[count].dtype(), [&]<class T>() {
        Filling<T> result(joined({size}, inner));
        std::ranges::fill(result.values, T{});
        for (std::size_t i = 0; i < count; ++i) {
            auto next = in[count + i].template as<T>().begin();
            std::int64_t place = 0;
            for (const auto at : integersOf(in[i])) {
                if (at < 0) refuse(row, "indices[" + std::to_string(place) + "] is out of range", kernel);
                ++place;
                std::copy_n(next, run, result.values.begin() + at * run);
                next += run;
            }
        }
        return std::move(result).done(in[count].dtype());
    })};
}

Flow stitchFlow(std::size_t input, Inputs in, const Attributes&) {
    return input < in.size() / 2 ? Severed : Smooth;
}

/// data_flow_grad.py _DynamicStitchGrads.
Operands stitchedBack(Runner& run, const Executed& op, Gradients g) {
    const std::size_t count = op.inputs.size() / 2;
    Operands back(op.inputs.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (op.wanted[count + i]) back[count + i] = run.run("GatherV2", {g[0], op.inputs[i]});
    }
    return back;
}

/// For each value of a row, before (or behind) how many of the sorted row it belongs.
template <bool behind>
Tensors bounded(const OpRow& row, Inputs in, const Attributes& attributes) {
    requireSameDType(row, in);
    if (in[0].shape()[0] != in[1].shape()[0]) refuse(row, "Leading dim_size of both tensors must match.");
    const auto rows = in[0].shape()[0];
    const auto width = in[0].shape()[1];
    const auto each = in[1].shape()[1];
    std::vector<std::int64_t> places;
    numeric(row, in[0].dtype(), [&]<class T>() {
        for (std::int64_t i = 0; i < rows * each; ++i) {
            const auto sorted = in[0].template as<T>().subspan(static_cast<std::size_t>(i / each * width),
                                                               static_cast<std::size_t>(width));
            const T value = in[1].template as<T>()[static_cast<std::size_t>(i)];
            const auto at = behind ? std::upper_bound(sorted.begin(), sorted.end(), value)
                                   : std::lower_bound(sorted.begin(), sorted.end(), value);
            places.push_back(at - sorted.begin());
        }
        return 0;
    });
    return {integers(std::get<DType>(attributes[0]), in[1].shape(), places)};
}

Tensors unraveled(const OpRow& row, Inputs in, const Attributes&) {
    const auto dims = integersOf(in[1]);
    const auto numbers = integersOf(in[0]);
    const auto count = static_cast<std::int64_t>(numbers.size());
    if (in[0].shape().size() > 1)
        refuse(row, "The indices can only be scalar or vector, got \"" + kernelText(in[0].shape()) + "\"");
    const auto negative = std::ranges::find_if(dims, [](std::int64_t size) { return size < 0; });
    if (negative != dims.end()) {
        refuse(row, "Input dims cannot be negative. Got dim = " + std::to_string(*negative) + " at index " +
                        std::to_string(negative - dims.begin()));
    }
    std::int64_t whole = 1;
    for (const auto size : dims) whole *= size;
    std::vector<std::int64_t> result(dims.size() * numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (numbers[i] < 0 || numbers[i] >= whole) refuse(row, "index is out of bound as with dims");
        std::int64_t rest = numbers[i];
        for (std::size_t d = dims.size(); d-- > 0; rest /= dims[d]) result[d * numbers.size() + i] = rest % dims[d];
    }
    const auto rank = static_cast<std::int64_t>(dims.size());
    return {integers(in[0].dtype(), in[0].shape().empty() ? Shape{rank} : Shape{rank, count}, result)};
}
}  // namespace

std::vector<OpRow> indexing() {
    const AttributeRow outType{"out_type", DType::Int32};
    return {
        {"Where",
         "",
         "y = places where x ≠ 0",
         "Where something is: one row of numbers for each.",
         {{"condition", Severed}},
         {},
         found},
        {"OneHot",
         "",
         "y[i, k] = on if indices[i] = k, else off",
         "A one at the place that each number names.",
         {{"indices", Severed}, {"on_value", Severed}, {"off_value", Severed}},
         {{"depth", std::int64_t{0}}, {"axis", std::int64_t{-1}}},
         oneHot},
        {"DynamicPartition",
         "",
         "y₀, y₁, … = x by parts",
         "The rows sorted into parts by number.",
         {{"data"}, {"partitions", Severed}},
         {{"num_partitions", std::int64_t{1}}},
         partitioned,
         partitionedBack,
         nullptr,
         "*"},
        {"DynamicStitch",
         "",
         "y[indices[i]] = data[i]",
         "Pieces put together at the places that the numbers name; later ones overwrite.",
         {{"indices"}},
         {},
         stitched,
         stitchedBack,
         stitchFlow},
        {"LowerBound",
         "",
         "y = first place in the sorted rows",
         "Before how many of a sorted row each value belongs.",
         {{"sorted_inputs", Unregistered}, {"values", Unregistered}},
         {outType},
         bounded<false>},
        {"UpperBound",
         "",
         "y = last place in the sorted rows",
         "Behind how many of a sorted row each value belongs.",
         {{"sorted_inputs", Unregistered}, {"values", Unregistered}},
         {outType},
         bounded<true>},
        {"UnravelIndex",
         "unravel_index",
         "y = positions of flat numbers",
         "A flat number as one for each axis.",
         {{"indices", Unregistered}, {"dims", Unregistered}},
         {},
         unraveled},
    };
}

}  // namespace tapescope::rows
