# SPDX-License-Identifier: Apache-2.0
"""Names that TensorFlow 2.21 has and this program lacks, by module: of these it says so; others nobody has."""

LACKING = {
    "tensorflow": (
        "CriticalSection DeviceSpec Graph NoneTensorSpec Operation OptionalSpec "
        "RegisterGradient TensorArraySpec approx_top_k audio check_pinned conv "
        "conv2d_backprop_filter_v2 conv2d_backprop_input_v2 dtensor edit_distance "
        "extract_volume_patches feature_column fftnd fingerprint graph_util ifftnd import_graph_def irfftnd "
        "load_library load_op_library make_ndarray make_tensor_proto mlir no_gradient "
        "nondifferentiable_batch_function parallel_stack queue ragged_fill_empty_rows "
        "ragged_fill_empty_rows_grad random_index_shuffle register_tensor_conversion_function "
        "required_space_to_batch_paddings rfftnd security sysconfig tools tpu variable_creator_scope xla"
    ),
    "tensorflow.autograph": (
        "to_code"
    ),
    "tensorflow.config": (
        "experimental_connect_to_cluster experimental_connect_to_host"
    ),
    "tensorflow.config.experimental": (
        "ClusterDeviceFilters VirtualDeviceConfiguration disable_mlir_bridge enable_mlir_bridge "
        "get_device_details get_device_policy get_memory_info get_memory_usage get_virtual_device_configuration "
        "reset_memory_stats set_device_policy set_virtual_device_configuration"
    ),
    "tensorflow.config.optimizer": (
        "get_experimental_options"
    ),
    "tensorflow.data": (
        "DatasetSpec Iterator IteratorSpec NumpyIterator ThreadingOptions"
    ),
    "tensorflow.debugging": (
        "experimental"
    ),
    "tensorflow.dtypes": (
        "QUANTIZED_DTYPES"
    ),
    "tensorflow.dtypes.experimental": (
        "float4_e2m1fn float8_e4m3b11fnuz float8_e4m3fnuz float8_e5m2fnuz int2 uint2"
    ),
    "tensorflow.image": (
        "adjust_jpeg_quality combined_non_max_suppression crop_and_resize decode_and_crop_jpeg decode_bmp "
        "decode_gif decode_image decode_jpeg decode_jxl decode_png decode_webp draw_bounding_boxes encode_jpeg "
        "encode_png extract_glimpse extract_jpeg_shape generate_bounding_box_proposals is_jpeg "
        "non_max_suppression non_max_suppression_overlaps non_max_suppression_padded "
        "non_max_suppression_with_scores random_jpeg_quality sample_distorted_bounding_box "
        "stateless_random_jpeg_quality stateless_sample_distorted_bounding_box"
    ),
    "tensorflow.io": (
        "FixedLenFeature FixedLenSequenceFeature RaggedFeature SparseFeature TFRecordOptions VarLenFeature "
        "decode_and_crop_jpeg decode_bmp decode_compressed decode_csv decode_gif decode_image decode_jpeg "
        "decode_json_example decode_jxl decode_png decode_proto decode_webp deserialize_many_sparse encode_jpeg "
        "encode_png encode_proto extract_jpeg_shape is_jpeg match_filenames_once parse_example "
        "parse_sequence_example parse_single_example parse_single_sequence_example serialize_many_sparse "
        "serialize_sparse write_graph"
    ),
    "tensorflow.linalg": (
        "LinearOperatorAdjoint LinearOperatorBlockDiag LinearOperatorBlockLowerTriangular "
        "LinearOperatorCirculant LinearOperatorCirculant2D LinearOperatorCirculant3D LinearOperatorComposition "
        "LinearOperatorHouseholder LinearOperatorInversion LinearOperatorKronecker LinearOperatorLowRankUpdate "
        "LinearOperatorPermutation LinearOperatorToeplitz LinearOperatorTridiag banded_triangular_solve "
        "eigh_tridiagonal experimental"
    ),
    "tensorflow.lookup": (
        "TextFileIndex TextFileInitializer"
    ),
    "tensorflow.math": (
        "approx_min_k sobol_sample"
    ),
    "tensorflow.nn": (
        "RNNCellDeviceWrapper RNNCellDropoutWrapper RNNCellResidualWrapper all_candidate_sampler "
        "approx_min_k collapse_repeated ctc_beam_search_decoder ctc_unique_labels "
        "depthwise_conv2d_backprop_filter depthwise_conv2d_backprop_input "
        "fixed_unigram_candidate_sampler fractional_avg_pool fractional_max_pool "
        "learned_unigram_candidate_sampler "
        "space_to_batch with_space_to_batch"
    ),
    "tensorflow.profiler.experimental": (
        "client server"
    ),
    "tensorflow.quantization": (
        "dequantize experimental quantize quantize_and_dequantize quantize_and_dequantize_v2 quantized_concat"
    ),
    "tensorflow.ragged": (
        "cross cross_hashed"
    ),
    "tensorflow.random": (
        "all_candidate_sampler fixed_unigram_candidate_sampler learned_unigram_candidate_sampler "
        "stateless_parameterized_truncated_normal"
    ),
    "tensorflow.random.experimental": (
        "index_shuffle"
    ),
    "tensorflow.signal": (
        "fftnd ifftnd inverse_mdct irfft3d irfftnd rfft3d rfftnd"
    ),
    "tensorflow.sparse": (
        "bincount cross cross_hashed sampled_addmm"
    ),
    "tensorflow.strings": (
        "unicode_script unsorted_segment_join"
    ),
    "tensorflow.summary.experimental": (
        "summary_scope write_raw_pb"
    ),
    "tensorflow.test": (
        "Benchmark TestCase assert_equal_graph_def benchmark_config create_local_cluster "
        "disable_with_predicate experimental is_cpu_target_available main with_eager_op_as_function"
    ),
    "tensorflow.train": (
        "BytesList CheckpointOptions ClusterDef ClusterSpec Coordinator Example Feature FeatureList FeatureLists "
        "Features FloatList Int64List JobDef SequenceExample ServerDef TrackableView experimental"
    ),
    "tensorflow.types.experimental": (
        "FunctionType distributed"
    ),
}


def lacks(module, name):
    return name in LACKING.get(module, "").split()
