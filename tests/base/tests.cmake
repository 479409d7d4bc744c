# tests of base
ts_test(tst_base SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_base.cpp LINKS ts_base)
ts_test(tst_statistics SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_statistics.cpp LINKS ts_base)
ts_test(tst_few SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_few.cpp LINKS ts_ops)
