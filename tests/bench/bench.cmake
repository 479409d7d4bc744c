# The programs that ./bench starts.
set(bench ${CMAKE_CURRENT_LIST_DIR})
add_executable(bench_bare_window ${bench}/bare_window.cpp)
target_link_libraries(bench_bare_window PRIVATE project Qt6::Widgets)
add_executable(bench_window ${bench}/window.cpp)
target_link_libraries(bench_window PRIVATE project ts_view)
add_custom_target(benchmarks DEPENDS bench_bare_window bench_window)
