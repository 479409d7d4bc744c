// SPDX-License-Identifier: Apache-2.0
// The recorded lines, read once; a small table of bits for each row answers the question that every call asks.
#include "core/ops/definition.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"

namespace tapescope {

/// Written by cmake/embed.py.
std::span<const std::pair<std::string_view, std::string_view>> operationFiles();

namespace {

using Text = std::string_view;

/// The text up to `end`, which is taken off `rest` together with it.
Text cut(Text& rest, Text end) {
    const auto at = rest.find(end);
    const Text part = rest.substr(0, at);
    rest.remove_prefix(at == Text::npos ? rest.size() : at + end.size());
    return part;
}

/// "x:T", "values:N*T", "input:string", "values:Ref(T)".
struct Argument {
    Text name, type;
    bool many = false;
};

/// "T:type,default=DT_INT32,allowed=[DT_INT32, DT_INT64]".
struct Attribute {
    Text name, type;
    std::optional<Text> fallback, allowed;  ///< allowed: what stands between the brackets
};

struct Definition {
    Text summary;  ///< the whole line
    std::vector<Argument> inputs;
    std::vector<Attribute> attributes;
    std::vector<Text> kernels;  ///< "CPU; T in [DT_FLOAT]"; none where every allowed dtype has one
};

std::vector<Argument> argumentsOf(Text list) {
    std::vector<Argument> result;
    while (!list.empty()) {
        Text one = cut(list, ", ");
        Argument argument;
        argument.name = cut(one, ":");
        argument.many = one.find('*') != Text::npos;
        if (argument.many) cut(one, "*");
        argument.type = one;
        result.push_back(argument);
    }
    return result;
}

Attribute attributeOf(Text text) {
    Attribute result;
    result.name = cut(text, ":");
    result.type = text.substr(0, text.find(','));
    if (const auto at = text.find(",default="); at != Text::npos) {
        Text rest = text.substr(at + 9);
        const auto end = std::min(rest.find(",allowed="), rest.find(",min="));
        result.fallback = rest.substr(0, end);
    }
    if (const auto at = text.find(",allowed=["); at != Text::npos)
        result.allowed = text.substr(at + 10, text.size() - at - 11);
    return result;
}

Definition definitionOf(Text line) {
    Definition result;
    result.summary = line;
    cut(line, "; signature=");
    Text signature = cut(line, "; ");
    result.inputs = argumentsOf(cut(signature, " -> "));
    while (!line.empty()) {
        Text part = cut(line, "; ");
        if (part.starts_with("attr=")) result.attributes.push_back(attributeOf(part.substr(5)));
    }
    return result;
}

std::map<Text, Definition> readDefinitions() {
    std::map<Text, Definition> result;
    Definition* last = nullptr;
    for (const auto& file : operationFiles()) {
        Text rest = file.second;
        while (!rest.empty()) {
            const Text line = cut(rest, "\n");
            if (line.empty() || line.front() == '#') continue;
            if (line.front() == ' ') {
                if (last != nullptr) last->kernels.push_back(line.substr(2));
            } else {
                last = &result.insert_or_assign(line.substr(0, line.find(';')), definitionOf(line)).first->second;
            }
        }
    }
    return result;
}

const std::map<Text, Definition>& definitions() {
    static const auto all = readDefinitions();
    return all;
}

std::uint32_t bitOf(DType dtype) {
    return std::uint32_t{1} << static_cast<unsigned>(dtype);
}

/// "DT_HALF" for half.
std::string protocolName(DType dtype) {
    std::string name = "DT_" + std::string(row(dtype).kernelName);
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return name;
}

/// The dtypes of a list like "DT_INT32, DT_INT64". Those that this program lacks are left out.
std::uint32_t bitsOf(Text list) {
    std::uint32_t bits = 0;
    while (!list.empty()) {
        const Text name = cut(list, ", ");
        for (const auto& each : dtypeTable())
            if (protocolName(each.dtype) == name) bits |= bitOf(each.dtype);
    }
    return bits;
}

constexpr std::uint32_t anything = ~std::uint32_t{0};

/// What a call asks of an input: dtypes that it may have, and the first input that it must agree with.
struct Demand {
    std::uint32_t allowed = anything;
    std::size_t agreesWith = 0;  ///< itself where there is none
    InputType type;
    std::size_t place = 0;  ///< among TensorFlow's arguments
};

struct Demands {
    const Definition* definition = nullptr;
    std::vector<Demand> inputs;
    bool many = false;                  ///< the last stands for all further ones
    std::uint32_t computed = anything;  ///< dtypes of the first attribute that some kernel on a CPU has
};

/// Our input i among TensorFlow's arguments: the one of its name, else the one in its place.
const Argument* argumentFor(const Definition& definition, const OpRow& row, std::size_t i) {
    const auto named = std::ranges::find(definition.inputs, row.inputs[i].name, &Argument::name);
    if (named != definition.inputs.end()) return &*named;
    return i < definition.inputs.size() ? &definition.inputs[i] : nullptr;
}

std::uint32_t kernelBits(const Definition& definition, Text attribute) {
    if (definition.kernels.empty()) return anything;
    std::uint32_t bits = 0;
    for (Text kernel : definition.kernels) {
        if (cut(kernel, "; ") != "CPU") continue;
        const std::string constraint = std::string(attribute) + " in [";
        const auto at = kernel.find(constraint);
        if (at == Text::npos) return anything;
        Text list = kernel.substr(at + constraint.size());
        bits |= bitsOf(cut(list, "]"));
    }
    return bits;
}

Demands demandsOf(const OpRow& row) {
    Demands result;
    const auto found = definitions().find(row.type);
    if (found == definitions().end()) return result;
    // Two lists of any length (DynamicStitch) leave no way to tell whose an input is.
    if (std::ranges::count(found->second.inputs, true, &Argument::many) > 1) return result;
    result.definition = &found->second;
    for (std::size_t i = 0; i < row.inputs.size(); ++i) {
        Demand demand{anything, i, {}, i};
        if (const Argument* argument = argumentFor(*result.definition, row, i)) {
            demand.place = static_cast<std::size_t>(argument - result.definition->inputs.data());
            result.many = argument->many;
            const auto attribute = std::ranges::find(result.definition->attributes, argument->type, &Attribute::name);
            if (attribute != result.definition->attributes.end() && attribute->type == "type") {
                demand.type.attribute = argument->type;
                if (attribute->allowed) demand.allowed = bitsOf(*attribute->allowed);
            } else {
                for (const auto& each : dtypeTable())
                    if (each.kernelName == argument->type) demand.type.fixed = each.dtype;
                if (demand.type.fixed) demand.allowed = bitOf(*demand.type.fixed);
            }
        }
        for (std::size_t j = 0; j < i; ++j) {
            const bool same =
                !demand.type.attribute.empty() && result.inputs[j].type.attribute == demand.type.attribute;
            if (same) {
                demand.agreesWith = j;
                break;
            }
        }
        result.inputs.push_back(demand);
    }
    if (!result.inputs.empty() && !result.inputs[0].type.attribute.empty())
        result.computed = kernelBits(*result.definition, result.inputs[0].type.attribute);
    return result;
}

const Demands& demandsFor(const OpRow& row) {
    static const auto all = [] {
        std::vector<Demands> table;
        for (const auto& each : opTable()) table.push_back(demandsOf(each));
        return table;
    }();
    static const Demands nothing;
    return row.place < all.size() ? all[row.place] : nothing;
}

const Demand* demandOf(const Demands& demands, std::size_t input) {
    if (input < demands.inputs.size()) return &demands.inputs[input];
    return demands.many && !demands.inputs.empty() ? &demands.inputs.back() : nullptr;
}

std::string named(Text kernelName, const OpRow& row) {
    return std::string(kernelName) + " [Op:" + std::string(row.type) + "] name: ";
}

/// "bfloat16, half, float" from "DT_BFLOAT16, DT_HALF, DT_FLOAT".
std::string listed(Text allowed) {
    std::string result;
    while (!allowed.empty()) {
        for (const char c : cut(allowed, ", ").substr(3))
            result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (!allowed.empty()) result += ", ";
    }
    return result;
}

/// The kernel that TensorFlow would take: for floats of up to 32 bits some come from oneDNN, under names of their own.
std::string kernelFor(Text type, DType dtype) {
    if (dtype != DType::Float32 && dtype != DType::BFloat16 && dtype != DType::Float16) return std::string(type);
    for (const Text one : {"MatMul", "BatchMatMulV2", "Einsum"})
        if (one == type) return "_Mkl" + std::string(type);
    for (const Text one : {"Conv2D", "Conv3D", "DepthwiseConv2dNative"})
        if (one == type) return "_MklNative" + std::string(type);
    return std::string(type);
}

[[noreturn]] void refuseMismatch(const OpRow& row, std::size_t place, DType expected, DType found) {
    const auto name = [](DType dtype) { return std::string(tapescope::row(dtype).kernelName); };
    throw Error(ErrorKind::InvalidArgument, "cannot compute " + kernelFor(row.type, expected) + " as input #" +
                                                std::to_string(place) + "(zero-based) was expected to be a " +
                                                name(expected) + " tensor but is a " + name(found) +
                                                named(" tensor", row));
}

[[noreturn]] void refuseKernel(const OpRow& row, const Demands& demands, DType dtype) {
    std::vector<std::string> attributes;
    for (const auto& attribute : demands.definition->attributes) {
        const bool first = attribute.name == demands.inputs[0].type.attribute;
        const std::string value = first ? protocolName(dtype) : std::string(attribute.fallback.value_or(""));
        if (!value.empty()) attributes.push_back(std::string(attribute.name) + "=" + value);
    }
    std::ranges::sort(attributes);
    std::string text =
        "Could not find device for node: {{node " + std::string(row.type) + "}} = " + std::string(row.type) + "[";
    for (const auto& attribute : attributes) text += (text.back() == '[' ? "" : ", ") + attribute;
    text += "]\nAll kernels registered for op " + std::string(row.type) + ":\n";
    for (Text kernel : demands.definition->kernels) {
        text += "  device='" + std::string(cut(kernel, "; ")) + "'";
        while (!kernel.empty()) text += "; " + std::string(cut(kernel, "; "));
        text += "\n";
    }
    throw Error(ErrorKind::NotFound, text + named("", row));
}

/// The same again, slowly, to say what is wrong.
[[noreturn]] void complain(const OpRow& row, const Demands& demands, Inputs inputs) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Demand* demand = demandOf(demands, i);
        if (demand == nullptr || demand->type.attribute.empty() ||
            demand->agreesWith != std::min(i, demands.inputs.size() - 1))
            continue;
        if ((demand->allowed & bitOf(inputs[i].dtype())) == 0)
            refuseType(row, demand->type.attribute, inputs[i].dtype());
    }
    // The kernel is looked for before all inputs are compared.
    if ((demands.computed & bitOf(inputs[0].dtype())) == 0) refuseKernel(row, demands, inputs[0].dtype());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Demand* demand = demandOf(demands, i);
        if (demand == nullptr) continue;
        const std::size_t place = demand->place + (i >= demands.inputs.size() ? i - demands.inputs.size() + 1 : 0);
        const DType expected = demand->type.fixed.value_or(inputs[demand->agreesWith].dtype());
        if (inputs[i].dtype() != expected) refuseMismatch(row, place, expected, inputs[i].dtype());
    }
    refuseKernel(row, demands, inputs[0].dtype());
}

}  // namespace

InputType inputType(const OpRow& row, std::size_t input) {
    const Demand* demand = demandOf(demandsFor(row), input);
    return demand == nullptr ? InputType{} : demand->type;
}

void refuseType(const OpRow& row, std::string_view attribute, DType dtype) {
    refuseValue(row, attribute, std::string(tapescope::row(dtype).kernelName));
}

void refuseValue(const OpRow& row, std::string_view attribute, const std::string& value) {
    const auto found = definitions().find(row.type);
    const std::string type(row.type);
    std::string text =
        "Value for attr '" + std::string(attribute) + "' of " + value + " is not in the list of allowed values";
    if (found == definitions().end())
        throw Error(ErrorKind::InvalidArgument, text + "\n\t; NodeDef: {{node " + type + "}}" + named("", row));
    const auto facts = std::ranges::find(found->second.attributes, attribute, &Attribute::name);
    if (facts != found->second.attributes.end() && facts->allowed)
        text += ": " + (facts->type == "type" ? listed(*facts->allowed) : std::string(*facts->allowed));
    throw Error(ErrorKind::InvalidArgument, text + "\n\t; NodeDef: {{node " + type + "}}; Op<name=" +
                                                std::string(found->second.summary) + ">" + named("", row));
}

void requireAllowed(const OpRow& row, std::string_view attribute, DType dtype) {
    const auto found = definitions().find(row.type);
    if (found == definitions().end()) return;
    const auto& all = found->second.attributes;
    const auto facts = std::ranges::find(all, attribute, &Attribute::name);
    if (facts == all.end() || !facts->allowed) return;
    const std::string allowed = ", " + listed(*facts->allowed) + ",";
    if (allowed.find(", " + std::string(tapescope::row(dtype).kernelName) + ",") == std::string::npos)
        refuseType(row, attribute, dtype);
}

std::optional<bool> attributeDefaults(const OpRow& row, std::string_view attribute) {
    const auto found = definitions().find(row.type);
    if (found == definitions().end()) return std::nullopt;
    const auto facts = std::ranges::find(found->second.attributes, attribute, &Attribute::name);
    if (facts == found->second.attributes.end()) return std::nullopt;
    return facts->fallback.has_value();
}

void requireTypes(const OpRow& row, Inputs inputs) {
    const Demands& demands = demandsFor(row);
    if (demands.definition == nullptr || inputs.empty()) return;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Demand* demand = demandOf(demands, i);
        if (demand == nullptr) continue;
        const DType dtype = inputs[i].dtype();
        const bool allowed = (demand->allowed & bitOf(dtype)) != 0;
        const bool agrees = dtype == inputs[demand->agreesWith].dtype();
        if (!allowed || !agrees) complain(row, demands, inputs);
    }
    if ((demands.computed & bitOf(inputs[0].dtype())) == 0) complain(row, demands, inputs);
}

}  // namespace tapescope
