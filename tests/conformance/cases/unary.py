# SPDX-License-Identifier: Apache-2.0
# One input, element by element. What the cases are is in kinds.py.
NAMES = """
abs acos acosh asin asinh atan atanh math.ceil cos cosh math.digamma math.erf math.erfc math.erfinv exp math.expm1 floor
math.is_finite math.is_inf math.is_nan math.lgamma math.log math.log1p math.log_sigmoid math.logical_not math.ndtri
negative math.reciprocal math.reciprocal_no_nan math.rint round math.rsqrt sigmoid sign sin sinh math.softplus
math.softsign sqrt square tan tanh math.real math.imag math.conj math.angle nn.relu nn.relu6 nn.elu nn.selu nn.gelu
nn.silu nn.leaky_relu nn.crelu nn.softmax nn.log_softmax nn.l2_loss identity zeros_like ones_like stop_gradient
bitwise.invert math.bessel_i0e math.cumsum argmax sort transpose
"""

for name in NAMES.split():
    cases_of_one(name)
