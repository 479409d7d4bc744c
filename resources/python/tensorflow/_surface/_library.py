# SPDX-License-Identifier: Apache-2.0
"""The public names of linear algebra, control flow, and of the library around the operations."""

from tensorflow._mathematics import _einsum, _exponential, _linalg, _linear_operators, _products, _signal, _tridiagonal
from tensorflow._chance import _candidates
from tensorflow._nets import _nn, _ordered, _sampled, _sparse_lookups
from tensorflow._pictures import _patches, _similarity
from tensorflow._running import _config, _control, _debugging, _function, _module, _outside, _printing, _tracetype
from tensorflow._running._tensorarray import TensorArray
from tensorflow._taping import _checker
from tensorflow._values import _nest


def _all(prefix, names, home):
    return {prefix + name: getattr(home, name) for name in names.split()}


def _under(prefix, members):
    return {prefix + name: member for name, member in members.items()}


NAMES = {
    **_all("", "matmul tensordot", _products),
    **_all("linalg.", "matmul matvec tensordot", _products),
    **_linear_operators.NAMES,
    "linalg.expm": _exponential.expm,
    **_signal.NAMES,
    **_tracetype.NAMES,
    **_ordered.NAMES,
    **_similarity.NAMES,
    **_under("nn.", _sampled.NN),
    **_under("nn.", _sparse_lookups.NN),
    **_under("random.", _candidates.RANDOM),
    **_all("linalg.", "tridiagonal_matmul tridiagonal_solve", _tridiagonal),
    "image.extract_patches": _patches.extract_patches,
    "guarantee_const": _patches.guarantee_const,
    **_all("", "norm eye eig eigvals", _linalg),
    **_all(
        "linalg.",
        "norm normalize diag diag_part set_diag trace eye matrix_transpose adjoint svd "
        "eig eigvals eigh eigvalsh cholesky_solve logdet lstsq pinv matrix_rank lu_reconstruct lu_solve lu_matrix_inverse",
        _linalg,
    ),
    "linalg.l2_normalize": _nn.NN["l2_normalize"],
    "einsum": _einsum.einsum,
    "linalg.einsum": _einsum.einsum,
    **_all(
        "",
        "cond case switch_case while_loop map_fn scan foldl foldr vectorized_map control_dependencies group no_op init_scope",
        _control,
    ),
    "tuple": _control.tuple_of,
    "TensorArray": TensorArray,
    **_all("nest.", "flatten pack_sequence_as map_structure is_nested assert_same_structure", _nest),
    **_all("", "Module name_scope get_current_name_scope", _module),
    "print": _printing.print_v2,
    **_under("debugging.", _debugging.NAMES),
    **_all("", "Assert assert_equal assert_greater assert_less assert_rank", _debugging),
    **_all("", "function executing_eagerly inside_function", _function),
    **_all("", "py_function numpy_function", _outside),
    **_all("", "device get_logger timestamp get_static_value", _config),
    **_under("config.", _config.CONFIG),
    **_under("config.experimental.", _config.EXPERIMENTAL),
    **_under("config.threading.", _config.THREADING),
    **_under("config.optimizer.", _config.OPTIMIZER),
    **_under("test.", _config.TEST),
    "test.compute_gradient": _checker.compute_gradient,
    **_under("version.", _config.VERSION),
    **_under("autograph.", _config.AUTOGRAPH),
    **_under("autograph.experimental.", _config.AUTOGRAPH_EXPERIMENTAL),
}
