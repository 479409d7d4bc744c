# The programs that ./bench starts.
set(bench ${CMAKE_CURRENT_LIST_DIR})
add_executable(bench_bare_window ${bench}/bare_window.cpp)
target_link_libraries(bench_bare_window PRIVATE project Qt6::Widgets)
add_executable(bench_window ${bench}/window.cpp)
target_link_libraries(bench_window PRIVATE project ts_view)
# The engine without Python; the pipe and the allocator's options are the worker's own.
foreach(name engine_step engine_mlp)
  add_executable(bench_${name} ${bench}/${name}.cpp ${PROJECT_SOURCE_DIR}/app/worker/allocator.cpp
                 ${PROJECT_SOURCE_DIR}/app/worker/pipe.cpp)
  target_link_libraries(bench_${name} PRIVATE PkgConfig::JEMALLOC project ts_engine Eigen3::Eigen)
endforeach()
add_executable(bench_engine_tape ${bench}/engine_tape.cpp)
target_link_libraries(bench_engine_tape PRIVATE project ts_engine)
add_executable(bench_frame ${bench}/frame.cpp)
target_link_libraries(bench_frame PRIVATE project ts_sampletape)
add_executable(bench_blocks ${bench}/blocks.cpp)
target_link_libraries(bench_blocks PRIVATE project ts_sampletape)
add_custom_target(benchmarks DEPENDS bench_bare_window bench_window bench_frame bench_blocks bench_engine_step bench_engine_mlp bench_engine_tape)
