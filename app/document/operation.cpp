// SPDX-License-Identifier: Apache-2.0
// Reads a row of the operation table.
#include "app/document/operation.h"

#include "core/ops/op.h"

namespace tapescope {

namespace {

QString text(std::string_view bytes) {
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

}  // namespace

OperationFacts operationFacts(const std::string& type) {
    OperationFacts facts;
    const OpRow* row = findOpOrNull(type);
    if (row == nullptr) return facts;
    facts.formula = text(row->formula);
    for (const InputRow& input : row->inputs) facts.inputs << text(input.name);
    return facts;
}

}  // namespace tapescope
