# Whole scripts through the built worker: findings against their `# expect:` comments, everything else against
# recordings of TensorFlow.
ts_test(tst_scripts SUITE scripts
  SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_scripts.cpp ${CMAKE_CURRENT_LIST_DIR}/recording.cpp
  LINKS ts_document ts_diagnosis)
add_dependencies(tst_scripts tapescope-worker)
# What scripts leave and print is compared with what TensorFlow did: that is conformance as well.
set_property(TEST tst_scripts APPEND PROPERTY LABELS conformance)

ts_test(tst_stopping SUITE unit SOURCES ${CMAKE_CURRENT_LIST_DIR}/tst_stopping.cpp LINKS ts_document)
add_dependencies(tst_stopping tapescope-worker)
