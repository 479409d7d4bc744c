# SPDX-License-Identifier: Apache-2.0
"""Functions of TensorFlow that complain about arguments in their dispatcher's words: by names, behind "|" the parameters, with "=" where they have a default.
"""

ROWS = """
sets.difference | a b aminusb= validate_indices=
tensordot linalg.tensordot | a b axes name=
image.psnr | a b max_val name=
linalg.matvec | a b transpose_a= adjoint_a= a_is_sparse= b_is_sparse= name=
matmul linalg.matmul | a b transpose_a= transpose_b= adjoint_a= adjoint_b= a_is_sparse= b_is_sparse= output_type= grad_a= grad_b= name=
sets.intersection sets.union | a b validate_indices=
linalg.matrix_transpose | a name= conjugate=
transpose | a perm= conjugate= name=
linalg.pinv | a rcond= validate_args= name=
linalg.matrix_rank | a tol= validate_args= name=
sets.size | a validate_indices=
math.bincount | arr weights= minlength= maxlength= dtype= name= axis= binary_output=
linalg.cholesky_solve | chol rhs name=
math.polyval | coeffs x name=
Assert debugging.Assert | condition data summarize= name=
where | condition x= y= name=
nn.normalize_moments | counts mean_ss variance_ss shift name=
ragged.boolean_mask | data mask name=
strings.ngrams | data ngram_width separator= pad_values= padding_width= preserve_short_sequences= name=
ragged.stack_dynamic_partitions | data partitions num_partitions name=
math.unsorted_segment_mean math.unsorted_segment_sqrt_n | data segment_ids num_segments name=
linalg.diag | diagonal name= k= num_rows= num_cols= padding_value= align=
linalg.tridiagonal_matmul | diagonals rhs diagonals_format= name=
linalg.tridiagonal_solve | diagonals rhs diagonals_format= transpose_rhs= conjugate_rhs= name= partial_pivoting= perturb_singular=
fill | dims value name= layout=
nn.leaky_relu | features alpha= name=
nn.gelu | features approximate= name=
nn.crelu | features axis= name=
nn.silu nn.swish | features beta=
math.softplus nn.relu6 nn.softplus | features name=
scan | fn elems initializer= parallel_iterations= back_prop= swap_memory= infer_shape= reverse= name=
foldl foldr | fn elems initializer= parallel_iterations= back_prop= swap_memory= name=
signal.inverse_stft_window_fn | frame_step forward_window_fn= name=
py_function | func= inp= Tout= name=
numpy_function | func= inp= Tout= stateful= name=
image.flip_left_right image.flip_up_down image.image_gradients image.per_image_standardization image.sobel_edges | image
image.central_crop | image central_fraction
image.adjust_brightness | image delta
image.adjust_hue | image delta name=
image.convert_image_dtype | image dtype saturate= name=
image.adjust_gamma | image gamma= gain=
image.rot90 | image k= name=
image.stateless_random_contrast | image lower upper seed
image.random_contrast image.random_saturation image.stateless_random_saturation | image lower upper seed=
image.stateless_random_brightness image.stateless_random_hue | image max_delta seed
image.random_brightness image.random_hue | image max_delta seed=
image.transpose | image name=
image.crop_to_bounding_box image.pad_to_bounding_box | image offset_height offset_width target_height target_width
image.adjust_saturation | image saturation_factor name=
image.stateless_random_flip_left_right image.stateless_random_flip_up_down | image seed
image.random_flip_left_right image.random_flip_up_down | image seed=
image.resize_with_crop_or_pad | image target_height target_width
image.resize_with_pad | image target_height target_width method= antialias=
image.rgb_to_yiq image.rgb_to_yuv image.yiq_to_rgb image.yuv_to_rgb | images
image.adjust_contrast | images contrast_factor
image.grayscale_to_rgb image.rgb_to_grayscale image.total_variation | images name=
image.resize | images size method= preserve_aspect_ratio= antialias= name=
image.extract_patches | images sizes strides rates padding name=
image.ssim | img1 img2 max_val filter_size= filter_sigma= k1= k2= return_index_map=
image.ssim_multiscale | img1 img2 max_val power_factors= filter_size= filter_sigma= k1= k2=
one_hot | indices depth on_value= off_value= axis= dtype= name=
expand_dims | input axis name=
math.count_nonzero | input axis= keepdims= dtype= name=
squeeze | input axis= name=
argmax argmin math.argmax math.argmin | input axis= output_type= name=
batch_to_space | input block_shape crops name=
space_to_batch | input block_shape paddings name=
nn.depth_to_space nn.space_to_depth | input block_size data_format= name=
nn.separable_conv2d | input depthwise_filter pointwise_filter strides padding data_format= dilations= name=
linalg.set_diag | input diagonal name= k= align=
ones_like zeros_like | input dtype= name= layout=
nn.depthwise_conv2d | input filter strides padding data_format= dilations= name=
nn.conv1d_transpose nn.conv2d_transpose nn.conv3d_transpose nn.conv_transpose | input filters output_shape strides padding= data_format= dilations= name=
nn.conv1d | input filters stride padding data_format= dilations= name=
nn.dilation2d | input filters strides padding data_format dilations name=
nn.conv2d nn.conv3d | input filters strides padding data_format= dilations= name=
nn.convolution | input filters strides= padding= data_format= dilations= name=
strings.unicode_split strings.unicode_split_with_offsets | input input_encoding errors= replacement_char= name=
strings.unicode_decode strings.unicode_decode_with_offsets | input input_encoding errors= replacement_char= replace_control_characters= name=
math.top_k nn.top_k | input k= sorted= index_type= name=
nn.avg_pool nn.avg_pool1d nn.avg_pool2d nn.avg_pool3d nn.max_pool nn.max_pool1d nn.max_pool2d nn.max_pool3d | input ksize strides padding data_format= name=
nn.max_pool_with_argmax | input ksize strides padding data_format= output_dtype= include_batch_in_index= name=
nn.batch_norm_with_global_normalization | input mean variance beta gamma variance_epsilon scale_after_normalization name=
identity rank stop_gradient math.angle math.imag math.real linalg.expm linalg.tensor_diag_part strings.bytes_split | input name=
linalg.diag_part | input name= k= padding_value= align=
strings.to_hash_bucket | input num_buckets name=
shape shape_n size strings.to_number | input out_type= name=
strings.unicode_encode | input output_encoding errors= replacement_char= name=
strings.regex_full_match | input pattern name=
strings.regex_replace | input pattern rewrite replace_global= name=
strings.substr | input pos len unit= name=
repeat | input repeats axis= name=
strings.split | input sep= maxsplit= name=
reverse_sequence | input seq_lengths seq_axis= batch_axis= name=
roll | input shift axis name=
signal.dct signal.idct | input type= n= axis= norm= name=
strings.length | input unit= name=
nn.pool | input window_shape pooling_type strides= padding= data_format= dilations= name=
strided_slice | input_ begin end strides= begin_mask= end_mask= ellipsis_mask= new_axis_mask= shrink_axis_mask= var= name=
slice | input_ begin size name=
io.decode_raw | input_bytes out_type little_endian= fixed_length= name=
reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum math.reduce_all math.reduce_any math.reduce_euclidean_norm math.reduce_logsumexp math.reduce_max math.reduce_mean math.reduce_min math.reduce_prod math.reduce_std math.reduce_sum math.reduce_variance | input_tensor axis= keepdims= name=
strings.reduce_join | inputs axis= keepdims= separator= name=
nn.isotonic_regression | inputs decreasing= axis=
add_n math.add_n | inputs name=
strings.join | inputs separator= name=
nn.ctc_greedy_decoder | inputs sequence_length merge_repeated= blank_index=
math.accumulate_n | inputs shape= tensor_dtype= name=
nn.softmax_cross_entropy_with_logits | labels logits axis= name=
nn.ctc_loss | labels logits label_length logit_length logits_time_major= unique= blank_index= name=
nn.sparse_softmax_cross_entropy_with_logits | labels logits name=
nn.weighted_cross_entropy_with_logits | labels logits pos_weight name=
math.confusion_matrix | labels predictions num_classes= weights= dtype= name=
nn.sigmoid_cross_entropy_with_logits | labels= logits= name=
sequence_mask | lengths maxlen= dtype= name=
signal.mfccs_from_log_mel_spectrograms | log_mel_spectrograms name=
math.log_softmax math.softmax nn.log_softmax nn.softmax | logits axis= name=
random.categorical | logits num_samples dtype= seed= name=
random.stateless_categorical | logits num_samples seed dtype= name=
linalg.lu_solve | lower_upper perm rhs validate_args= name=
linalg.lu_matrix_inverse linalg.lu_reconstruct | lower_upper perm validate_args= name=
linalg.adjoint linalg.logdet | matrix name=
linalg.lstsq | matrix rhs l2_regularizer= fast= name=
linalg.triangular_solve | matrix rhs lower= adjoint= name=
signal.linear_to_mel_weight_matrix | num_mel_bins= num_spectrogram_bins= sample_rate= lower_edge_hertz= upper_edge_hertz= dtype= name=
eye linalg.eye | num_rows num_columns= batch_shape= dtype= name=
math.approx_max_k nn.approx_max_k | operand k reduction_dimension= recall_target= reduction_input_size_override= aggregate_to_topk= name=
nn.embedding_lookup | params ids max_norm= name=
gather_nd | params indices batch_dims= name= bad_indices_policy=
gather | params indices validate_indices= axis= batch_dims= name=
nn.compute_average_loss | per_example_loss sample_weight= global_batch_size=
cond | pred true_fn= false_fn= name=
case | pred_fn_pairs default= exclusive= strict= name=
ragged.constant | pylist dtype= ragged_rank= inner_shape= name= row_splits_dtype=
complex dtypes.complex | real imag name=
nn.scale_regularization_loss | regularization_loss
scalar_mul math.scalar_mul | scalar x name=
random.fold_in | seed data alg=
random.split | seed num= alg=
ragged.segment_ids_to_row_splits | segment_ids num_segments= out_type= name=
random.gamma | shape alpha beta= dtype= seed= name=
ones zeros | shape dtype= name= layout=
random.poisson | shape lam dtype= seed= name=
random.normal random.truncated_normal | shape mean= stddev= dtype= seed= name=
random.uniform | shape minval= maxval= dtype= seed= name=
random.stateless_gamma | shape seed alpha beta= dtype= name=
random.stateless_binomial | shape seed counts probs output_dtype= name=
random.stateless_poisson | shape seed lam dtype= name=
random.stateless_normal random.stateless_truncated_normal | shape seed mean= stddev= dtype= name= alg=
random.stateless_uniform | shape seed minval= maxval= dtype= name= alg=
broadcast_dynamic_shape broadcast_static_shape | shape_x shape_y
debugging.assert_shapes | shapes data= summarize= message= name=
signal.frame | signal frame_length frame_step pad_end= pad_value= axis= name=
signal.overlap_and_add | signal frame_step name=
signal.stft | signals frame_length frame_step fft_length= window_fn= pad_end= name=
signal.mdct | signals frame_length window_fn= pad_end= norm= name=
searchsorted | sorted_sequence values side= out_type= name=
sparse.reshape | sp_input shape name=
ragged.row_splits_to_segment_ids | splits name= out_type=
range | start limit= delta= dtype= name=
linspace | start stop num name= axis=
ragged.range | starts limits= deltas= dtype= name= row_splits_dtype=
signal.inverse_stft | stfts frame_length frame_step fft_length= window_fn= name=
clip_by_norm | t clip_norm axes= name=
clip_by_value | t clip_value_min clip_value_max name=
clip_by_global_norm | t_list clip_norm use_norm= name=
linalg.global_norm | t_list name=
nn.log_poisson_loss | targets log_input compute_full_loss= name=
math.in_top_k nn.in_top_k | targets predictions k name=
strings.format | template inputs placeholder= summarize= name=
linalg.svd | tensor full_matrices= compute_uv= name=
tensor_scatter_nd_update | tensor indices updates name=
boolean_mask | tensor mask axis= name=
debugging.assert_scalar | tensor message= name=
eig eigvals linalg.eig linalg.eigh linalg.eigvals linalg.eigvalsh | tensor name=
norm linalg.norm | tensor ord= axis= keepdims= name=
linalg.normalize | tensor ord= axis= name=
pad | tensor paddings mode= constant_values= name=
reshape | tensor shape name=
debugging.assert_type | tensor tf_type message= name=
tuple | tensors control_inputs= name=
debugging.assert_same_float_dtype | tensors= dtype=
random.log_uniform_candidate_sampler random.uniform_candidate_sampler | true_classes num_true num_sampled unique range_max seed= name=
nn.compute_accidental_hits | true_classes sampled_candidates num_true seed= name=
nn.bias_add | value bias data_format= name=
saturate_cast dtypes.saturate_cast | value dtype name=
convert_to_tensor | value dtype= dtype_hint= name=
nn.atrous_conv2d_transpose | value filters output_shape rate padding name=
nn.atrous_conv2d | value filters rate padding name=
nn.erosion2d | value filters strides padding data_format dilations name=
math.zero_fraction nn.zero_fraction | value name=
unstack | value num= axis= name=
split | value num_or_size_splits axis= num= name=
random.shuffle | value seed= name=
image.stateless_random_crop | value size seed name=
image.random_crop | value size seed= name=
debugging.assert_proper_iterable | values
concat | values axis name=
sort | values axis= direction= name=
argsort | values axis= direction= stable= name=
stack ragged.stack | values axis= name=
histogram_fixed_width histogram_fixed_width_bins | values value_range nbins= dtype= name=
nn.nce_loss | weights biases labels inputs num_sampled num_classes num_true= sampled_values= remove_accidental_hits= name=
nn.sampled_softmax_loss | weights biases labels inputs num_sampled num_classes num_true= sampled_values= remove_accidental_hits= seed= name=
signal.kaiser_bessel_derived_window signal.kaiser_window | window_length beta= dtype= name=
signal.vorbis_window | window_length dtype= name=
signal.hamming_window signal.hann_window | window_length periodic= dtype= name=
nn.weighted_moments | x axes frequency_weights keepdims= name=
nn.moments nn.sufficient_statistics | x axes shift= keepdims= name=
signal.fftshift signal.ifftshift | x axes= name=
math.l2_normalize linalg.l2_normalize nn.l2_normalize | x axis= epsilon= name= dim=
cumsum math.cumprod math.cumsum math.cumulative_logsumexp | x axis= exclusive= reverse= name=
cast dtypes.cast | x dtype name=
nn.batch_normalization | x mean variance offset scale variance_epsilon name=
debugging.assert_all_finite | x message name=
debugging.assert_integer | x message= name=
debugging.assert_negative debugging.assert_non_negative debugging.assert_non_positive debugging.assert_positive | x message= summarize= name=
abs acos exp floor round sigmoid sign sqrt math.abs math.acos math.bessel_i0 math.bessel_i0e math.bessel_i1 math.bessel_i1e math.ceil math.conj math.erfcinv math.erfinv math.exp math.floor math.is_non_decreasing math.is_strictly_increasing math.lbeta math.log_sigmoid math.ndtri math.reciprocal_no_nan math.round math.rsqrt math.sigmoid math.sign math.sqrt linalg.trace nn.sigmoid | x name=
unique unique_with_counts | x out_idx= name=
assert_rank debugging.assert_rank debugging.assert_rank_at_least | x rank message= name=
debugging.assert_rank_in | x ranks message= name=
nn.dropout | x rate noise_shape= seed= name=
ensure_shape | x shape name=
assert_equal assert_greater assert_less debugging.assert_equal debugging.assert_greater debugging.assert_greater_equal debugging.assert_less debugging.assert_less_equal | x y message= summarize= name=
add divide equal multiply not_equal pow subtract truediv math.add math.divide math.divide_no_nan math.equal math.floordiv math.logical_xor math.multiply math.multiply_no_nan math.not_equal math.pow math.subtract math.truediv math.xdivy math.xlog1py | x y name=
debugging.assert_near | x y rtol= atol= message= summarize= name=
debugging.assert_none_equal | x y summarize= message= name=
nn.embedding_lookup_sparse | params sp_ids sp_weights combiner= max_norm= name= allow_fast_lookup=
nn.safe_embedding_lookup_sparse | embedding_weights sparse_ids sparse_weights= combiner= default_id= max_norm= name= allow_fast_lookup=
"""
