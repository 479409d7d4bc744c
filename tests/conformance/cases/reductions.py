# SPDX-License-Identifier: Apache-2.0
# Many elements to fewer, along axes. What the cases are is in kinds.py.
NAMES = """
reduce_sum reduce_mean reduce_max reduce_min reduce_prod reduce_all reduce_any reduce_logsumexp math.reduce_std
math.reduce_variance math.reduce_euclidean_norm
"""

for name in NAMES.split():
    cases_of_a_reduction(name)
