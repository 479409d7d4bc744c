// SPDX-License-Identifier: Apache-2.0
// The table of modules. A module is harmless where it computes, or where what it would reach is behind the wall anyway
// and scripts import it for something else (os.environ, sys.argv).
#include "app/worker/modules.h"

#include <algorithm>
#include <array>

namespace tapescope {
namespace {

constexpr ModuleRow harmless(std::string_view name, std::string_view companions = {}) {
    return {name, Access::Harmless, Reach::Files, companions};
}

constexpr ModuleRow forbidden(std::string_view name, Reach reach) {
    return {name, Access::Forbidden, reach, {}};
}

constexpr std::array rows{
    harmless("__future__"),
    harmless("abc"),
    harmless("argparse", "gettext shutil"),
    harmless("array"),
    harmless("ast"),
    harmless("base64"),
    harmless("bisect"),
    harmless("builtins"),
    harmless("cmath"),
    harmless("codecs"),
    harmless("collections", "collections.abc"),
    harmless("colorsys"),
    harmless("contextlib"),
    harmless("copy"),
    harmless("csv"),
    harmless("dataclasses"),
    harmless("datetime", "_strptime"),
    harmless("decimal"),
    harmless("difflib"),
    harmless("enum"),
    harmless("fractions"),
    harmless("functools"),
    harmless("gc"),
    harmless("hashlib"),
    harmless("heapq"),
    harmless("inspect"),
    harmless("io"),
    harmless("itertools"),
    harmless("json"),
    harmless("keyword"),
    harmless("logging"),
    harmless("math"),
    harmless("numbers"),
    harmless("numpy",
             "numpy.core._dtype numpy.core._internal numpy.core._methods numpy.core._exceptions numpy.ma "
             "numpy.polynomial numpy.fft numpy.random numpy.linalg"),
    harmless("operator"),
    harmless("os"),
    harmless("pathlib"),
    harmless("pickle"),
    harmless("platform"),
    harmless("pprint"),
    harmless("queue"),
    harmless("random"),
    harmless("re"),
    harmless("secrets"),
    harmless("statistics"),
    harmless("string"),
    harmless("struct"),
    harmless("sys"),
    harmless("tempfile"),
    harmless("textwrap"),
    harmless("threading"),
    harmless("time", "_strptime"),
    harmless("timeit"),
    harmless("traceback"),
    harmless("types"),
    harmless("typing"),
    harmless("unicodedata"),
    harmless("uuid"),
    harmless("warnings"),
    harmless("weakref"),
    harmless("zlib"),
    forbidden("_ctypes", Reach::NativeCode),
    forbidden("_posixsubprocess", Reach::Processes),
    forbidden("_socket", Reach::Network),
    forbidden("_thread", Reach::Threads),
    forbidden("aiohttp", Reach::Network),
    forbidden("asyncio", Reach::Network),
    forbidden("cffi", Reach::NativeCode),
    forbidden("concurrent", Reach::Threads),
    forbidden("ctypes", Reach::NativeCode),
    forbidden("faulthandler", Reach::Files),
    forbidden("fcntl", Reach::Files),
    forbidden("ftplib", Reach::Network),
    forbidden("glob", Reach::Files),
    forbidden("http", Reach::Network),
    forbidden("mmap", Reach::Files),
    forbidden("multiprocessing", Reach::Processes),
    forbidden("posix", Reach::Files),
    forbidden("pty", Reach::Processes),
    forbidden("requests", Reach::Network),
    forbidden("resource", Reach::Processes),
    forbidden("select", Reach::Network),
    forbidden("selectors", Reach::Network),
    forbidden("shutil", Reach::Files),
    forbidden("signal", Reach::Processes),
    forbidden("smtplib", Reach::Network),
    forbidden("socket", Reach::Network),
    forbidden("socketserver", Reach::Network),
    forbidden("sqlite3", Reach::Files),
    forbidden("ssl", Reach::Network),
    forbidden("subprocess", Reach::Processes),
    forbidden("telnetlib", Reach::Network),
    forbidden("urllib", Reach::Network),
    forbidden("webbrowser", Reach::Processes),
    forbidden("xmlrpc", Reach::Network),
};

}  // namespace

std::string_view sentence(Reach reach) {
    switch (reach) {
        case Reach::Files:
            return "a script cannot reach files here; put the data into the script, or make it with tf.random or numpy";
        case Reach::Processes: return "a script cannot reach other processes here; leave this out";
        case Reach::Network:
            return "a script cannot reach the network here; put the data into the script, or make it with tf.random or "
                   "numpy";
        case Reach::NativeCode: return "a script cannot call native code here; use tensorflow, numpy or plain Python";
        case Reach::Threads: return "a script runs in one thread here; call the function directly";
    }
    return {};
}

std::string_view topLevel(std::string_view dottedName) {
    return dottedName.substr(0, dottedName.find('.'));
}

const ModuleRow* moduleRow(std::string_view dottedName) {
    const auto found = std::ranges::find(rows, topLevel(dottedName), &ModuleRow::name);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace tapescope
