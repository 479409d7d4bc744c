// SPDX-License-Identifier: Apache-2.0
// Running totals, orders and segments.
#include "tests/ops/trials/trial.h"

namespace tapescope::testing {

namespace {
Trial ofSegments(const char* op) {
    return {op, {{5, 2}, {5}}, {}, 0.5, 2, {{1, indices({5}, {0, 0, 1, 3, 3})}}};
}

Trial ofUnsorted(const char* op) {
    return {op, {{5, 2}, {5}}, {std::int64_t{3}}, 0.5, 2, {{1, indices({5}, {2, 0, -1, 1, 0})}}};
}
}  // namespace

std::vector<Trial> rowTrials() {
    std::vector<Trial> all{
        {"Prod", {{2, 3, 2}}, {Shape{0, 2}, false}},
        {"Prod", {{2, 3}}, {std::monostate{}, true}},
        {"EuclideanNorm", {{2, 3}}, {Shape{1}, false}},
        {"TopKV2", {{2, 4}}, {std::int64_t{2}, true, DType::Int32}},
    };
    for (const bool exclusive : {false, true}) {
        for (const bool reverse : {false, true}) {
            all.push_back({"Cumsum", {{2, 3}}, {std::int64_t{1}, exclusive, reverse}});
            all.push_back({"Cumprod", {{3, 2}}, {std::int64_t{0}, exclusive, reverse}, 0.5, 2});
            if (!exclusive) all.push_back({"CumulativeLogsumexp", {{3, 2}}, {std::int64_t{0}, exclusive, reverse}});
        }
    }
    for (const char* op : {"SegmentSum", "SegmentMean", "SegmentProd", "SegmentMax", "SegmentMin"})
        all.push_back(ofSegments(op));
    for (const char* op : {"UnsortedSegmentSum", "UnsortedSegmentProd", "UnsortedSegmentMax", "UnsortedSegmentMin"})
        all.push_back(ofUnsorted(op));
    return all;
}

}  // namespace tapescope::testing
