file(GLOB trials CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/trials/*.cpp)
ts_test(tst_ops SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_ops.cpp ${trials} LINKS ts_ops)
