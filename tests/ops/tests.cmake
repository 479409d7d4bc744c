file(GLOB trials CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/trials/*.cpp)
ts_library(ts_trials HEADERS ts_base SOURCES ${trials} LINKS ts_ops)
ts_test(tst_ops SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_ops.cpp LINKS ts_trials)
ts_test(tst_level SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_level.cpp LINKS ts_ops)
