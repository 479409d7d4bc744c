# SPDX-License-Identifier: Apache-2.0
"""What functions are called inside of TensorFlow (`tf.norm.__name__` is "norm_v2"), where it is not what they are called here."""

import functools

#: By module, the names of functions; behind "=" what TensorFlow calls them, where that differs.
_NAMES = {
    "tf": (
        "abs add add_n argmax=argmax_v2 argmin=argmin_v2 argsort assert_equal=assert_equal_v2 "
        "assert_greater=assert_greater_v2 assert_less=assert_less_v2 assert_rank=assert_rank_v2 "
        "batch_to_space=batch_to_space_v2 boolean_mask=boolean_mask_v2 case=case_v2 complex cond=cond_for_tf_v2 "
        "convert_to_tensor=convert_to_tensor_v2_with_dispatch divide expand_dims=expand_dims_v2 "
        "foldl=foldl_v2 foldr=foldr_v2 gather=gather_v2 gather_nd=gather_nd_v2 get_static_value=constant_value "
        "gradients=gradients_v2 histogram_fixed_width_bins is_tensor=is_tf_type linspace=linspace_nd "
        "map_fn=map_fn_v2 norm=norm_v2 ones_like=ones_like_v2 pad=pad_v2 print=print_v2 "
        "py_function=eager_py_func reduce_logsumexp reverse=reverse_v2 reverse_sequence=reverse_sequence_v2 "
        "round scalar_mul=scalar_mul_v2 scan=scan_v2 shape=shape_v2 sign size=size_v2 sort space_to_batch=space_to_batch_v2 "
        "space_to_batch_nd squeeze=squeeze_v2 tensor_scatter_nd_add=tensor_scatter_add "
        "tensor_scatter_nd_max=tensor_scatter_max tensor_scatter_nd_min=tensor_scatter_min "
        "tensor_scatter_nd_sub=tensor_scatter_sub tensor_scatter_nd_update transpose=transpose_v2 truediv "
        "truncatediv=truncate_div truncatemod=truncate_mod tuple=tuple_v2 where=where_v2 while_loop=while_loop_v2 "
        "zeros_like=zeros_like_v2"
    ),
    "tf.math": (
        "abs accumulate_n add add_n angle argmax=argmax_v2 argmin=argmin_v2 bincount confusion_matrix conj "
        "count_nonzero=count_nonzero_v2 divide divide_no_nan=div_no_nan erfcinv floormod=floor_mod imag in_top_k=in_top_k_v2 "
        "is_non_decreasing is_strictly_increasing lbeta log_sigmoid log_softmax=log_softmax_v2 logical_xor mod=floor_mod "
        "multiply_no_nan nextafter=next_after polyval real reciprocal_no_nan reduce_logsumexp reduce_std "
        "reduce_variance round scalar_mul=scalar_mul_v2 sign softmax=softmax_v2 truediv unsorted_segment_mean "
        "unsorted_segment_sqrt_n zero_fraction"
    ),
    "tf.nn": (
        "avg_pool=avg_pool_v2 batch_norm_with_global_normalization=batch_norm_with_global_normalization_v2 conv1d=conv1d_v2 "
        "conv2d=conv2d_v2 conv2d_transpose=conv2d_transpose_v2 conv3d=conv3d_v2 conv3d_transpose=conv3d_transpose_v2 "
        "convolution=convolution_v2 crelu=crelu_v2 ctc_loss=ctc_loss_v3 depth_to_space=depth_to_space_v2 "
        "depthwise_conv2d=depthwise_conv2d_v2 dilation2d=dilation2d_v2 dropout=dropout_v2 "
        "embedding_lookup=embedding_lookup_v2 erosion2d=erosion2d_v2 in_top_k=in_top_k_v2 local_response_normalization=lrn "
        "log_softmax=log_softmax_v2 lrn max_pool=max_pool_v2 max_pool_with_argmax=max_pool_with_argmax_v2 moments=moments_v2 "
        "pool=pool_v2 separable_conv2d=separable_conv2d_v2 "
        "sigmoid_cross_entropy_with_logits=sigmoid_cross_entropy_with_logits_v2 silu=swish softmax=softmax_v2 "
        "softmax_cross_entropy_with_logits=softmax_cross_entropy_with_logits_v2 space_to_depth=space_to_depth_v2 "
        "sparse_softmax_cross_entropy_with_logits=sparse_softmax_cross_entropy_with_logits_v2 "
        "sufficient_statistics=sufficient_statistics_v2 swish "
        "weighted_cross_entropy_with_logits=weighted_cross_entropy_with_logits_v2 weighted_moments=weighted_moments_v2 "
        "zero_fraction"
    ),
    "tf.random": (
        "gamma=random_gamma normal=random_normal poisson=random_poisson_v2 shuffle=random_shuffle "
        "stateless_binomial=stateless_random_binomial stateless_gamma=stateless_random_gamma "
        "stateless_normal=stateless_random_normal stateless_poisson=stateless_random_poisson "
        "stateless_uniform=stateless_random_uniform uniform=random_uniform"
    ),
    "tf.linalg": (
        "band_part=matrix_band_part det=matrix_determinant diag=matrix_diag diag_part=matrix_diag_part eigh=self_adjoint_eig "
        "eigvalsh=self_adjoint_eigvals expm=matrix_exponential inv=matrix_inverse logm=matrix_logarithm "
        "lstsq=matrix_solve_ls norm=norm_v2 set_diag=matrix_set_diag slogdet=log_matrix_determinant solve=matrix_solve "
        "sqrtm=matrix_square_root tensor_diag=diag triangular_solve=matrix_triangular_solve"
    ),
    "tf.image": (
        "extract_patches=extract_image_patches_v2 random_brightness random_contrast random_flip_left_right "
        "random_flip_up_down random_hue random_saturation resize=resize_images_v2 "
        "resize_with_crop_or_pad=resize_image_with_crop_or_pad resize_with_pad=resize_image_with_pad_v2 "
        "stateless_random_brightness stateless_random_contrast stateless_random_flip_left_right "
        "stateless_random_flip_up_down stateless_random_hue stateless_random_saturation"
    ),
    "tf.strings": (
        "bytes_split=string_bytes_split format=string_format join=string_join length=string_length_v2 lower=string_lower "
        "reduce_join=reduce_join_v2 split=string_split_v2 strip=string_strip substr=substr_v2 "
        "to_hash_bucket=string_to_hash_bucket to_hash_bucket_fast=string_to_hash_bucket_fast "
        "to_hash_bucket_strong=string_to_hash_bucket_strong to_number=string_to_number upper=string_upper"
    ),
    "tf.signal": (
        "fft2d fft3d ifft2d ifft3d irfft=_irfft irfft2d=_irfft rfft=_rfft rfft2d=_rfft"
    ),
    "tf.sets": (
        "difference=set_difference intersection=set_intersection size=set_size union=set_union"
    ),
    "tf.ragged": (
        "range"
    ),
    "tf.sparse": (
        "add=sparse_add_v2 concat=sparse_concat_v2 expand_dims=sparse_expand_dims eye=sparse_eye "
        "fill_empty_rows=sparse_fill_empty_rows mask=sparse_mask maximum=sparse_maximum minimum=sparse_minimum "
        "reduce_max=sparse_reduce_max_v2 reduce_sum=sparse_reduce_sum_v2 reorder=sparse_reorder "
        "reset_shape=sparse_reset_shape reshape=sparse_reshape retain=sparse_retain segment_mean=sparse_segment_mean_v2 "
        "segment_sqrt_n=sparse_segment_sqrt_n_v2 segment_sum=sparse_segment_sum_v2 slice=sparse_slice softmax=sparse_softmax "
        "sparse_dense_matmul=sparse_tensor_dense_matmul split=sparse_split_v2 to_dense=sparse_tensor_to_dense "
        "to_indicator=sparse_to_indicator transpose=sparse_transpose"
    ),
    "tf.debugging": (
        "assert_all_finite=verify_tensor_all_finite_v2 assert_equal=assert_equal_v2 assert_greater=assert_greater_v2 "
        "assert_greater_equal=assert_greater_equal_v2 assert_integer=assert_integer_v2 assert_less=assert_less_v2 "
        "assert_less_equal=assert_less_equal_v2 assert_near=assert_near_v2 assert_negative=assert_negative_v2 "
        "assert_non_negative=assert_non_negative_v2 assert_non_positive=assert_non_positive_v2 "
        "assert_none_equal=assert_none_equal_v2 assert_positive=assert_positive_v2 assert_rank=assert_rank_v2 "
        "assert_rank_at_least=assert_rank_at_least_v2 assert_rank_in=assert_rank_in_v2 assert_scalar=assert_scalar_v2 "
        "assert_shapes=assert_shapes_v2 assert_type=assert_type_v2 "
    ),
}


def install(tensorflow):
    for path, names in _NAMES.items():
        home = functools.reduce(getattr, path.split(".")[1:], tensorflow)
        for name in names.split():
            name, _, own = name.partition("=")
            function = getattr(home, name)
            if type(function) is _FUNCTION:
                function.__name__ = function.__qualname__ = own or name


_FUNCTION = type(install)
