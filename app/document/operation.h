// SPDX-License-Identifier: Apache-2.0
// What the table of operations says of a type, for the inspector: views do not see the table.
#pragma once

#include <QString>
#include <QStringList>
#include <string>

namespace tapescope {

struct OperationFacts {
    QString formula;  ///< "C = A·B"
    QStringList inputs;
};

/// Empty for a type that the table does not have.
OperationFacts operationFacts(const std::string& type);

}  // namespace tapescope
