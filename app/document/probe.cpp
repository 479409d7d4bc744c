// SPDX-License-Identifier: Apache-2.0
#include "app/document/probe.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <exception>
#include <map>
#include <set>
#include <stdexcept>

#include "core/base/dtype.h"
#include "core/ops/op.h"

namespace tapescope {

namespace {

constexpr std::size_t mostNodes = 5000;
constexpr std::int64_t mostElements = 4;

std::invalid_argument unreadable(const std::string& text) {
    return std::invalid_argument("an attribute of the recording cannot be read: " + text);
}

template <class T>
T numberFrom(const std::string& text) {
    T number{};
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (trouble != std::errc{} || end != text.data() + text.size()) throw unreadable(text);
    return number;
}

Shape shapeFrom(const std::string& text) {
    Shape shape;
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '-' && (text[at] < '0' || text[at] > '9')) {
            ++at;
            continue;
        }
        const char* const first = text.data() + at;
        const auto [end, trouble] = std::from_chars(first, text.data() + text.size(), shape.emplace_back());
        if (trouble != std::errc{}) throw unreadable(text);
        at += static_cast<std::size_t>(end - first);
    }
    return shape;
}

/// An attribute from its text in the trace, by the type that its row gives it.
AttributeValue attributeFrom(const std::string& text, const AttributeValue& fallback) {
    if (text == "None") return std::monostate{};
    if (std::holds_alternative<std::int64_t>(fallback)) return numberFrom<std::int64_t>(text);
    if (std::holds_alternative<double>(fallback)) return numberFrom<double>(text);
    if (std::holds_alternative<std::string>(fallback)) return text;
    if (text == "True" || text == "False") return text == "True";
    if (text.starts_with('[') || text.starts_with('(')) return shapeFrom(text);
    if (const auto dtype = dtypeNamed(text)) return *dtype;
    const bool whole = text.find_first_not_of("-0123456789") == std::string::npos;
    return whole ? AttributeValue(numberFrom<std::int64_t>(text)) : AttributeValue(text);
}

Attributes attributesOf(const OpRow& row, const OpExecuted& op) {
    Attributes attributes;
    for (const AttributeRow& attribute : row.attributes) {
        const auto told = std::find_if(op.attributes.begin(), op.attributes.end(),
                                       [&](const auto& one) { return one.first == attribute.name; });
        attributes.push_back(told == op.attributes.end() ? attribute.fallback
                                                         : attributeFrom(told->second, attribute.fallback));
    }
    return attributes;
}

template <class T>
Tensor moved(const Tensor& tensor, std::int64_t element, double by) {
    std::vector<T> values(tensor.as<T>().begin(), tensor.as<T>().end());
    values[static_cast<std::size_t>(element)] += static_cast<T>(by);
    return Tensor::of<T>(tensor.shape(), values);
}

class Replay {
public:
    Replay(const Timeline& timeline, const GradientAsked& asked, TensorId source)
        : timeline_(timeline), asked_(asked), source_(source) {
        collect();
    }

    const Tensor& start() const { return start_; }

    /// The sum of the targets for a value of the source.
    double at(const Tensor& value) {
        std::map<TensorId, Tensor> values;
        if (!timeline_.tensors()[source_.index()].variable.valid()) values[source_] = value;
        for (const NodeId node : nodes_) compute(timeline_.op(node), value, values);
        double sum = 0;
        for (const TensorId target : asked_.targets) sum += sumOf(valueOf(target, values));
        return sum;
    }

    double recorded() const {
        double sum = 0;
        for (const TensorId target : asked_.targets) sum += sumOf(valueOf(target, {}));
        return sum;
    }

private:
    /// Everything that the targets were made of, oldest first.
    void collect() {
        std::set<NodeId> seen;
        std::vector<TensorId> row = asked_.targets;
        const TensorRecord& record = timeline_.tensors()[source_.index()];
        while (!row.empty()) {
            const TensorId tensor = row.back();
            row.pop_back();
            const NodeId node = timeline_.tensors()[tensor.index()].producer;
            if (tensor == source_ || !node.valid() || !seen.insert(node).second) continue;
            if (seen.size() > mostNodes) throw std::runtime_error("there are too many operations in between");
            const OpExecuted& op = timeline_.op(node);
            row.insert(row.end(), op.inputs.begin(), op.inputs.end());
        }
        nodes_.assign(seen.begin(), seen.end());
        if (!record.variable.valid()) start_ = valueOf(source_, {});
        for (const NodeId node : nodes_) {
            const OpExecuted& op = timeline_.op(node);
            if (!readsSource(op)) continue;
            if (start_ && op.version != version_) throw std::runtime_error("the variable changed in between");
            version_ = op.version;
            start_ = wholeOf(op.values.front());
        }
        if (!start_) throw std::runtime_error("no path leads from it to what was differentiated");
    }

    bool readsSource(const OpExecuted& op) const {
        return op.op == "ReadVariableOp" && !op.inputs.empty() && op.inputs.front() == source_;
    }

    static const Tensor& wholeOf(const Value& value) {
        if (!value.whole) throw std::runtime_error("a value in between is too large to be recorded whole");
        return value.whole;
    }

    Tensor valueOf(TensorId tensor, const std::map<TensorId, Tensor>& values) const {
        if (const auto found = values.find(tensor); found != values.end()) return found->second;
        const TensorRecord& record = timeline_.tensors()[tensor.index()];
        if (!record.producer.valid()) throw std::runtime_error("an operation uses a variable itself");
        return wholeOf(timeline_.op(record.producer).values[record.output]);
    }

    void compute(const OpExecuted& op, const Tensor& value, std::map<TensorId, Tensor>& values) const {
        if (readsSource(op)) {
            values[op.outputs.front()] = value;
            return;
        }
        const auto changed = [&values](TensorId input) { return values.contains(input); };
        if (std::none_of(op.inputs.begin(), op.inputs.end(), changed)) return;
        const OpRow* row = findOpOrNull(op.op);
        if (row == nullptr || row->forward == nullptr) throw std::runtime_error(op.op + " cannot be computed again");
        const Attributes attributes = attributesOf(*row, op);
        Tensors before, inputs;
        for (const TensorId input : op.inputs) before.push_back(valueOf(input, {}));
        for (std::size_t i = 0; i < op.inputs.size(); ++i) {
            const bool severed = flowOf(*row, i, before, attributes) == Flow::Severed;
            inputs.push_back(severed ? before[i] : valueOf(op.inputs[i], values));
        }
        const Tensors outputs = row->forward(*row, inputs, attributes);
        for (std::size_t i = 0; i < outputs.size() && i < op.outputs.size(); ++i) values[op.outputs[i]] = outputs[i];
    }

    static double sumOf(const Tensor& tensor) {
        double sum = 0;
        for (std::int64_t i = 0; i < tensor.count(); ++i) sum += tensor.at(i);
        return sum;
    }

    const Timeline& timeline_;
    const GradientAsked& asked_;
    const TensorId source_;
    std::vector<NodeId> nodes_;
    Tensor start_;
    std::uint32_t version_ = 0;
};

const SourceAnswer* answerOf(const Timeline& timeline, GradientId gradient, TensorId source) {
    const EventIndex answered = timeline.gradients()[gradient.index()].answered;
    if (answered == 0) return nullptr;
    for (const SourceAnswer& answer : timeline.get<GradientAnswered>(answered).answers)
        if (answer.source == source && answer.value.whole) return &answer;
    return nullptr;
}

std::vector<Probe::Row> rowsOf(Replay& replay, const Tensor& gradient) {
    const Tensor& start = replay.start();
    const bool fine = start.dtype() == DType::Float64;
    if (!fine && start.dtype() != DType::Float32) throw std::runtime_error("it is not made of float32 or float64");
    if (gradient.count() != start.count()) throw std::runtime_error("the gradient has another shape");
    const auto move = [&](std::int64_t element, double by) {
        return fine ? moved<double>(start, element, by) : moved<float>(start, element, by);
    };
    const double again = replay.at(start), before = replay.recorded();
    if (!(std::abs(again - before) <= 1e-4 * std::max(1.0, std::abs(before))))
        throw std::runtime_error("computing it again gives another value");
    std::vector<Probe::Row> rows;
    const std::int64_t count = start.count(), shown = std::min(count, mostElements);
    for (std::int64_t i = 0; i < shown; ++i) {
        const std::int64_t element = shown < 2 ? 0 : i * (count - 1) / (shown - 1);
        const double h = (fine ? 1e-5 : 1e-2) * std::max(1.0, std::abs(start.at(element)));
        const Tensor above = move(element, h), below = move(element, -h);
        const double width = above.at(element) - below.at(element);
        rows.push_back({element, gradient.at(element), (replay.at(above) - replay.at(below)) / width});
    }
    return rows;
}

}  // namespace

Probe probeGradient(const Timeline& timeline, GradientId gradient, TensorId source) {
    Probe probe;
    const SourceAnswer* answer = answerOf(timeline, gradient, source);
    if (answer == nullptr) {
        probe.trouble = "gradient() gave no whole value for it";
        return probe;
    }
    try {
        Replay replay(timeline, timeline.get<GradientAsked>(timeline.gradients()[gradient.index()].asked), source);
        probe.rows = rowsOf(replay, answer->value.whole);
    } catch (const std::exception& error) {
        probe.trouble = error.what();
    }
    return probe;
}

}  // namespace tapescope
