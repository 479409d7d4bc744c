ts_test(tst_session SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_session.cpp LINKS ts_engine)
ts_test(tst_reach SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_reach.cpp LINKS ts_engine)
ts_test(tst_slices SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_slices.cpp LINKS ts_engine)
ts_test(tst_fused SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_fused.cpp LINKS ts_engine)
