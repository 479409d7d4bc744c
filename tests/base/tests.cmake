# tests of base
ts_test(tst_base SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_base.cpp LINKS ts_base)
