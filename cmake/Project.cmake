# One target carries the language level, the warnings and the sanitizers; every library of ours links it.
find_package(Python3 REQUIRED COMPONENTS Interpreter Development.Embed NumPy)
find_package(pybind11 REQUIRED CONFIG)
find_package(Eigen3 REQUIRED CONFIG)
find_package(FlatBuffers REQUIRED CONFIG)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Svg Test)
find_package(PkgConfig REQUIRED)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(JEMALLOC REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(GRAPHVIZ REQUIRED IMPORTED_TARGET libgvc libcgraph)

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers can only be cached when ccache need not see what they define or when they were made.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# -O3 costs half as much compiling again and gains nothing that ./bench shows.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_library(project INTERFACE)
target_compile_features(project INTERFACE cxx_std_20)
target_include_directories(project INTERFACE ${PROJECT_SOURCE_DIR})
# No fused multiply-add and no reassociation: numbers are TensorFlow's, the same on every machine of a kind.
target_compile_options(project INTERFACE -ffp-contract=off -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wold-style-cast -Wconversion -Wno-sign-conversion -Wimplicit-fallthrough)
# gcc 12 sees overlaps and overruns in strings that are put together that are not there (its bugs 105651 and 105329), when it
# optimises.
set(falseAlarms -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-maybe-uninitialized)
target_compile_options(project INTERFACE "$<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:${falseAlarms}>")
if(TAPESCOPE_WERROR)
  target_compile_options(project INTERFACE -Werror)
endif()
if(TAPESCOPE_SANITIZE)
  target_compile_options(project INTERFACE -fsanitize=${TAPESCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(project INTERFACE -fsanitize=${TAPESCOPE_SANITIZE})
endif()
target_compile_definitions(project INTERFACE TAPESCOPE_VERSION="${PROJECT_VERSION}" QT_NO_KEYWORDS QT_NO_CAST_TO_ASCII
                           QT_NO_FOREACH QT_NO_CAST_FROM_BYTEARRAY)
if(TAPESCOPE_TIDY)
  find_program(CLANG_TIDY clang-tidy REQUIRED)
endif()

# What a full build takes is mostly the headers of others, so they are precompiled once for each of four kinds of code
# (the standard library's, Eigen's, pybind11's and Qt's), and files without names of their own
# in common are compiled eight at a time. A file still includes what it uses: the presets dev and tidy build without both.
option(TAPESCOPE_JOINED "Precompile headers and compile files together" ON)
if(TAPESCOPE_JOINED)
  # For ccache; and a class of one file is not "of an anonymous namespace in a header" because another file includes it.
  target_compile_options(project INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess> $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
set(STANDARD_HEADERS <algorithm> <array> <charconv> <cmath> <cstdint> <cstring> <deque> <functional> <limits> <map> <memory>
    <numeric> <optional> <set> <span> <sstream> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
set(QT_HEADERS <QAction> <QApplication> <QBoxLayout> <QDir> <QFile> <QJsonDocument> <QJsonObject> <QLabel> <QMainWindow>
    <QPainter> <QPainterPath> <QProcess> <QPushButton> <QRegularExpression> <QTimer>)

# ts_precompile(target HEADERS ...|REUSE_FROM owner)
function(ts_precompile name)
  if(TAPESCOPE_JOINED)
    target_precompile_headers(${name} ${ARGN})
  endif()
endfunction()

# ts_library(name SOURCES ... LINKS ... HEADERS owner): a static library of ours, with the warnings and, in the tidy preset,
# clang-tidy. HEADERS names the library whose precompiled headers it uses, PRECOMPILED what it precompiles itself; SEPARATE says that its files share names.
function(ts_library name)
  cmake_parse_arguments(ARG "QT;SEPARATE" "HEADERS" "SOURCES;LINKS;PRIVATE_LINKS;PRECOMPILED" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC project ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  if(ARG_HEADERS)
    ts_precompile(${name} REUSE_FROM ${ARG_HEADERS})
  else()
    ts_precompile(${name} PRIVATE ${STANDARD_HEADERS} ${ARG_PRECOMPILED})
  endif()
  if(TAPESCOPE_JOINED AND NOT ARG_SEPARATE)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON)
  endif()
  if(ARG_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  if(TAPESCOPE_TIDY)
    set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "${CLANG_TIDY};--quiet")
  endif()
endfunction()

# ts_embed(target file...): files become byte arrays that the program finds by name (resources without Qt).
function(ts_embed target symbol)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(OUTPUT ${output}
    COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/cmake/embed.py ${symbol} ${output} ${ARGN}
    DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.py VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
