# tests of view
set(tests_view ${CMAKE_CURRENT_LIST_DIR})
add_library(ts_sampletape STATIC ${tests_view}/sampletape.cpp)
target_link_libraries(ts_sampletape PUBLIC ts_sampletrace ts_view)

foreach(test deck inspection palette player scriptpane viewport walk window)
  ts_test(tst_${test} SUITE gui SOURCES ${tests_view}/tst_${test}.cpp LINKS ts_sampletape)
endforeach()
# The window starts the process of the layout.
add_dependencies(tst_window tapescope-layout)

# Pictures of the window for the documentation.
add_executable(tapescope-shots EXCLUDE_FROM_ALL ${tests_view}/shots_main.cpp)
target_link_libraries(tapescope-shots PRIVATE ts_sampletape)
