// SPDX-License-Identifier: Apache-2.0
#include "core/ops/op.h"

#include <array>
#include <atomic>
#include <stdexcept>
#include <unordered_map>

#include "core/ops/rows.h"
#include "core/ops/transforms.h"
#include "core/ops/valuerows.h"

namespace tapescope {

namespace {
std::vector<OpRow> everyRow() {
    std::vector<OpRow> all;
    for (auto* family :
         {rows::division,  rows::trigonometry, rows::slopes,  rows::special, rows::gamma,   rows::integrals,
          rows::complexes, rows::spectra,      rows::integer, rows::scan,    rows::order,   rows::counting,
          rows::segment,   rows::joining,      rows::padding, rows::gather,  rows::scatter, rows::indexing,
          rows::blocks,    rows::image,        rows::colours}) {
        for (auto& row : family()) all.push_back(std::move(row));
    }
    for (auto* family : {rows::arithmetic,    rows::pointwise,      rows::activation,
                         rows::softmax,       rows::comparison,     rows::reduction,
                         rows::linear,        rows::summation,      rows::diagonals,
                         rows::decomposition, rows::checking,       rows::shaping,
                         rows::slicing,       rows::source,         rows::randomNumbers,
                         rows::sampling,      rows::strings,        rows::stringParts,
                         rows::sparse,        rows::blocking,       rows::activationGradients,
                         rows::convolutions,  rows::depthwise,      rows::dilation,
                         rows::quantization,  rows::averagePooling, rows::maxPooling,
                         rows::normalisation, rows::crossentropy,   rows::logarithms}) {
        for (auto& row : family()) all.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < all.size(); ++i) all[i].place = i;
    return all;
}

std::string textOf(const AttributeValue& value) {
    struct Text {
        std::string operator()(std::monostate) const { return "None"; }
        std::string operator()(bool on) const { return on ? "True" : "False"; }
        std::string operator()(std::int64_t number) const { return std::to_string(number); }
        std::string operator()(double number) const { return std::to_string(number); }
        std::string operator()(DType dtype) const { return std::string(row(dtype).name); }
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(const Shape& shape) const { return pythonText(shape); }
    };
    return std::visit(Text{}, value);
}
}  // namespace

std::span<const OpRow> opTable() {
    static const std::vector<OpRow> table = everyRow();
    return table;
}

const OpRow* findOpOrNull(std::string_view type) {
    static const auto index = [] {
        std::unordered_map<std::string_view, const OpRow*> byType;
        for (const auto& row : opTable()) byType.emplace(row.type, &row);
        return byType;
    }();
    const auto found = index.find(type);
    return found == index.end() ? nullptr : found->second;
}

/// Pullbacks name operations by literals: where one lies says which row it was the last time. What lies there is
/// compared.
const OpRow& findOp(std::string_view type) {
    static std::array<std::atomic<const OpRow*>, 512> recent{};
    auto& slot =
        recent[(reinterpret_cast<std::uintptr_t>(type.data()) ^ (reinterpret_cast<std::uintptr_t>(type.data()) >> 9)) %
               recent.size()];
    const OpRow* row = slot.load(std::memory_order_relaxed);
    if (row != nullptr && row->type == type) return *row;
    row = findOpOrNull(type);
    if (row == nullptr) throw std::out_of_range("no operation " + std::string(type));
    slot.store(row, std::memory_order_relaxed);
    return *row;
}

void complete(Attributes& attributes, const OpRow& row) {
    for (std::size_t i = attributes.size(); i < row.attributes.size(); ++i)
        attributes.push_back(row.attributes[i].fallback);
}

Operands Runner::runAll(std::string_view op, const Operands& inputs, Attributes attributes) {
    const OpRow& row = findOp(op);
    complete(attributes, row);
    return apply(row, inputs, attributes);
}

Flow flowOf(const OpRow& row, std::size_t input, Inputs inputs, const Attributes& attributes) {
    if (row.flowFor != nullptr) return row.flowFor(input, inputs, attributes);
    // A row of any number of inputs (AddN) states one input for all of them.
    return row.inputs[std::min(input, row.inputs.size() - 1)].flow;
}

std::vector<std::pair<std::string, std::string>> attributeTexts(const OpRow& row, const Attributes& attributes) {
    std::vector<std::pair<std::string, std::string>> texts;
    for (std::size_t i = 0; i < attributes.size() && i < row.attributes.size(); ++i) {
        if (attributes[i] != row.attributes[i].fallback) {
            texts.emplace_back(row.attributes[i].name, textOf(attributes[i]));
        }
    }
    return texts;
}

}  // namespace tapescope
