# SPDX-License-Identifier: Apache-2.0
"""Functions of TensorFlow that complain about arguments in Python's words, under the name that stands first: by names, behind "|" the parameters, with "=" where they have a default.
"""

ROWS = """
compute_gradient test.compute_gradient | f x delta=
HessiansV2 hessians | ys xs gate_gradients= aggregation_method= name=
_irfft_wrapper.<locals>._irfft signal.irfft signal.irfft2d | input_tensor fft_length= name=
_rfft_wrapper.<locals>._rfft signal.rfft signal.rfft2d | input_tensor fft_length= name=
acosh acosh math.acosh | x name=
as_dtype as_dtype dtypes.as_dtype | type_value
as_string as_string strings.as_string | input precision= scientific= shortest= width= fill= name=
asin asin math.asin | x name=
asinh asinh math.asinh | x name=
assert_same_structure nest.assert_same_structure | nest1 nest2 check_types= expand_composites=
atan atan math.atan | x name=
atan2 atan2 math.atan2 | y x name=
atanh atanh math.atanh | x name=
betainc math.betainc | a b x name=
bitcast bitcast | input type name=
bitwise_and bitwise.bitwise_and | x y name=
bitwise_or bitwise.bitwise_or | x y name=
bitwise_xor bitwise.bitwise_xor | x y name=
broadcast_to broadcast_to | input shape name=
check_numerics debugging.check_numerics | tensor message name=
cholesky linalg.cholesky | input name=
constant constant | value dtype= shape= name=
constant_value get_static_value | tensor partial=
control_dependencies control_dependencies | control_inputs
cos cos math.cos | x name=
cosh cosh math.cosh | x name=
create_rng_state random.create_rng_state | seed alg
cross linalg.cross | a b name=
custom_gradient custom_gradient | f=
decode_base64 io.decode_base64 | input name=
diag linalg.tensor_diag | diagonal name=
digamma math.digamma | x name=
disable_check_numerics debugging.disable_check_numerics |
disable_traceback_filtering debugging.disable_traceback_filtering |
dynamic_partition dynamic_partition | data partitions num_partitions name=
dynamic_stitch dynamic_stitch | indices data name=
elu nn.elu | features name=
enable_traceback_filtering debugging.enable_traceback_filtering |
encode_base64 io.encode_base64 | input pad= name=
erf math.erf | x name=
erfc math.erfc | x name=
executing_eagerly executing_eagerly |
expm1 math.expm1 | x name=
fake_quant_with_min_max_args quantization.fake_quant_with_min_max_args | inputs min= max= num_bits= narrow_range= name=
fake_quant_with_min_max_args_gradient quantization.fake_quant_with_min_max_args_gradient | gradients inputs min= max= num_bits= narrow_range= name=
fake_quant_with_min_max_vars quantization.fake_quant_with_min_max_vars | inputs min max num_bits= narrow_range= name=
fake_quant_with_min_max_vars_gradient quantization.fake_quant_with_min_max_vars_gradient | gradients inputs min max num_bits= narrow_range= name=
fake_quant_with_min_max_vars_per_channel quantization.fake_quant_with_min_max_vars_per_channel | inputs min max num_bits= narrow_range= name=
fake_quant_with_min_max_vars_per_channel_gradient quantization.fake_quant_with_min_max_vars_per_channel_gradient | gradients inputs min max num_bits= narrow_range= name=
fft signal.fft | input name=
fft2d signal.fft2d | input name=
fft3d signal.fft3d | input name=
flatten nest.flatten | structure expand_composites=
floor_mod math.floormod math.mod | x y name=
from_dense sparse.from_dense | tensor name=
function function | func= input_signature= autograph= jit_compile= reduce_retracing= experimental_implements= experimental_autograph_options= experimental_attributes= experimental_relax_shapes= experimental_compile= experimental_follow_type_hints=
get_current_name_scope get_current_name_scope |
get_global_generator random.get_global_generator |
get_log_device_placement debugging.get_log_device_placement |
get_logger get_logger |
grad_pass_through grad_pass_through | f
gradients_v2 gradients | ys xs grad_ys= name= gate_gradients= aggregation_method= stop_gradients= unconnected_gradients=
greater greater math.greater | x y name=
greater_equal greater_equal math.greater_equal | x y name=
guarantee_const guarantee_const | input name=
hsv_to_rgb image.hsv_to_rgb | images name=
identity_n identity_n | input name=
ifft signal.ifft | input name=
ifft2d signal.ifft2d | input name=
ifft3d signal.ifft3d | input name=
igamma math.igamma | a x name=
igammac math.igammac | a x name=
init_scope init_scope |
inside_function inside_function |
invert bitwise.invert | x name=
invert_permutation math.invert_permutation | x name=
is_finite math.is_finite | x name=
is_inf math.is_inf | x name=
is_nan math.is_nan | x name=
is_nested nest.is_nested | seq
is_numeric_tensor debugging.is_numeric_tensor | tensor
is_symbolic_tensor is_symbolic_tensor | tensor
is_tf_type is_tensor | x
is_traceback_filtering_enabled debugging.is_traceback_filtering_enabled |
l2_loss nn.l2_loss | t name=
left_shift bitwise.left_shift | x y name=
less less math.less | x y name=
less_equal less_equal math.less_equal | x y name=
lgamma math.lgamma | x name=
log math.log | x name=
log1p math.log1p | x name=
log_matrix_determinant linalg.slogdet | input name=
logical_and logical_and math.logical_and | x y name=
logical_not logical_not math.logical_not | x name=
logical_or logical_or math.logical_or | x y name=
lrn nn.local_response_normalization nn.lrn | input depth_radius= bias= alpha= beta= name=
lu linalg.lu | input output_idx_type= name=
map_fn_v2 map_fn | fn elems dtype= parallel_iterations= back_prop= swap_memory= infer_shape= name= fn_output_signature=
matrix_band_part linalg.band_part | input num_lower num_upper name=
matrix_determinant linalg.det | input name=
matrix_inverse linalg.inv | input adjoint= name=
matrix_logarithm linalg.logm | input name=
matrix_solve linalg.solve | matrix rhs adjoint= name=
matrix_square_root matrix_square_root linalg.sqrtm | input name=
maximum maximum math.maximum | x y name=
minimum minimum math.minimum | x y name=
neg negative math.negative | x name=
next_after math.nextafter | x1 x2 name=
no_op no_op | name=
pack_sequence_as nest.pack_sequence_as | structure flat_sequence expand_composites=
parse_tensor io.parse_tensor | serialized out_type name=
polygamma math.polygamma | a x name=
qr linalg.qr | input full_matrices= name=
real_div realdiv | x y name=
reciprocal math.reciprocal | x name=
recompute_grad recompute_grad | f
relu nn.relu | features name=
reverse_v2 reverse | tensor axis name=
rgb_to_hsv image.rgb_to_hsv | images name=
right_shift bitwise.right_shift | x y name=
rint math.rint | x name=
scatter_nd scatter_nd | indices updates shape bad_indices_policy= name=
segment_max math.segment_max | data segment_ids name=
segment_mean math.segment_mean | data segment_ids name=
segment_min math.segment_min | data segment_ids name=
segment_prod math.segment_prod | data segment_ids name=
segment_sum math.segment_sum | data segment_ids name=
selu nn.selu | features name=
serialize_tensor io.serialize_tensor | tensor name=
set_global_generator random.set_global_generator | generator
set_log_device_placement debugging.set_log_device_placement | enabled
set_seed random.set_seed | seed
sin sin math.sin | x name=
sinh sinh math.sinh | x name=
softsign math.softsign nn.softsign | features name=
space_to_batch_nd space_to_batch_nd | input block_shape paddings name=
sparse_add_v2 sparse.add | a b threshold=
sparse_concat_v2 sparse.concat | axis sp_inputs expand_nonconcat_dims= name=
sparse_expand_dims sparse.expand_dims | sp_input axis= name=
sparse_eye sparse.eye | num_rows num_columns= dtype= name=
sparse_fill_empty_rows sparse.fill_empty_rows | sp_input default_value name=
sparse_mask sparse.mask | a mask_indices name=
sparse_maximum sparse.maximum | sp_a sp_b name=
sparse_minimum sparse.minimum | sp_a sp_b name=
sparse_reduce_max_v2 sparse.reduce_max | sp_input axis= keepdims= output_is_sparse= name=
sparse_reduce_sum_v2 sparse.reduce_sum | sp_input axis= keepdims= output_is_sparse= name=
sparse_reorder sparse.reorder | sp_input name=
sparse_reset_shape sparse.reset_shape | sp_input new_shape=
sparse_retain sparse.retain | sp_input to_retain
sparse_segment_mean_v2 sparse.segment_mean | data indices segment_ids num_segments= name= sparse_gradient=
sparse_segment_sqrt_n_v2 sparse.segment_sqrt_n | data indices segment_ids num_segments= name= sparse_gradient=
sparse_segment_sum_v2 sparse.segment_sum | data indices segment_ids num_segments= name= sparse_gradient=
sparse_slice sparse.slice | sp_input start size name=
sparse_softmax sparse.softmax | sp_input name=
sparse_split_v2 sparse.split | sp_input= num_split= axis= name=
sparse_tensor_dense_matmul sparse.sparse_dense_matmul | sp_a b adjoint_a= adjoint_b= name=
sparse_tensor_to_dense sparse.to_dense | sp_input default_value= validate_indices= name=
sparse_to_indicator sparse.to_indicator | sp_input vocab_size name=
sparse_transpose sparse.transpose | sp_input perm= name=
square square math.square | x name=
squared_difference math.squared_difference | x y name=
string_lower strings.lower | input encoding= name=
string_strip strings.strip | input name=
string_to_hash_bucket_fast strings.to_hash_bucket_fast | input num_buckets name=
string_to_hash_bucket_strong strings.to_hash_bucket_strong | input num_buckets key name=
string_upper strings.upper | input encoding= name=
switch_case switch_case | branch_index branch_fns default= name=
tan tan math.tan | x name=
tanh tanh math.tanh nn.tanh | x name=
tensor_scatter_add tensor_scatter_nd_add | tensor indices updates bad_indices_policy= name=
tensor_scatter_max tensor_scatter_nd_max | tensor indices updates bad_indices_policy= name=
tensor_scatter_min tensor_scatter_nd_min | tensor indices updates bad_indices_policy= name=
tensor_scatter_sub tensor_scatter_nd_sub | tensor indices updates bad_indices_policy= name=
tile tile | input multiples name=
timestamp timestamp | name=
truncate_div truncatediv | x y name=
truncate_mod truncatemod | x y name=
type_spec_from_value type_spec_from_value | value
unicode_transcode strings.unicode_transcode | input input_encoding output_encoding errors= replacement_char= replace_control_characters= name=
unravel_index unravel_index | indices dims name=
unsorted_segment_max math.unsorted_segment_max | data segment_ids num_segments name=
unsorted_segment_min math.unsorted_segment_min | data segment_ids num_segments name=
unsorted_segment_prod math.unsorted_segment_prod | data segment_ids num_segments name=
unsorted_segment_sum math.unsorted_segment_sum | data segment_ids num_segments name=
vectorized_map vectorized_map | fn elems fallback_to_while_loop= warn=
while_loop_v2 while_loop | cond body loop_vars shape_invariants= parallel_iterations= back_prop= swap_memory= maximum_iterations= name=
xlogy math.xlogy | x y name=
zeta math.zeta | x q name=
"""
