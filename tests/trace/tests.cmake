# tests of trace
add_library(ts_sampletrace STATIC
  ${CMAKE_CURRENT_LIST_DIR}/logbuilder.cpp
  ${CMAKE_CURRENT_LIST_DIR}/samplecut.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sampletrace.cpp)
target_link_libraries(ts_sampletrace PUBLIC ts_trace)

ts_test(tst_timeline SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_timeline.cpp LINKS ts_sampletrace)
