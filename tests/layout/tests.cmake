# tests of layout
set(tests_layout ${CMAKE_CURRENT_LIST_DIR})
foreach(name curve layout layoutengine)
  ts_test(tst_${name} SUITE unit SOURCES ${tests_layout}/tst_${name}.cpp ${tests_layout}/samplegraph.cpp LINKS ts_layout)
endforeach()
ts_test(tst_folding SUITE unit SOURCES ${tests_layout}/tst_folding.cpp LINKS ts_layout ts_sampletrace)
