ts_test(tst_ops SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_ops.cpp LINKS ts_ops)
