// SPDX-License-Identifier: Apache-2.0
// The table of modules. A module is harmless where it computes, or where what it would reach is behind the wall anyway
// and scripts import it for something else (os.environ, sys.argv).
#include "app/worker/modules.h"

#include <algorithm>
#include <array>

namespace tapescope {
namespace {

constexpr ModuleRow harmless(std::string_view name, std::string_view companions = {}) {
    return {name, Access::Harmless, Outside::Files, companions};
}

constexpr ModuleRow standIn(std::string_view name, std::string_view companions = {}) {
    return {name, Access::StandIn, Outside::Files, companions};
}

constexpr ModuleRow forbidden(std::string_view name, Outside reach) {
    return {name, Access::Forbidden, reach, {}};
}

constexpr std::array rows{
    harmless("__future__"),
    harmless("abc"),
    harmless("argparse", "gettext locale shutil"),
    harmless("array"),
    harmless("ast"),
    harmless("atexit"),
    harmless("base64"),
    harmless("binascii"),
    harmless("bisect"),
    harmless("builtins"),
    harmless("bz2"),
    harmless("cProfile", "pstats"),
    harmless("calendar", "locale"),
    harmless("cmath"),
    harmless("codecs"),
    harmless("collections", "collections.abc heapq"),
    harmless("colorsys"),
    harmless("configparser"),
    harmless("contextlib"),
    harmless("contextvars"),
    harmless("copy"),
    harmless("copyreg"),
    harmless("csv"),
    harmless("dataclasses"),
    harmless("datetime", "_strptime calendar locale"),
    harmless("decimal"),
    harmless("difflib"),
    harmless("dis"),
    harmless("enum"),
    harmless("errno"),
    harmless("fnmatch"),
    harmless("fractions", "decimal"),
    harmless("functools"),
    harmless("gc"),
    harmless("getopt", "gettext locale"),
    harmless("gettext"),
    harmless("graphlib"),
    harmless("gzip"),
    harmless("hashlib"),
    harmless("heapq"),
    harmless("hmac"),
    harmless("html", "html.parser"),
    harmless("inspect"),
    harmless("io"),
    harmless("itertools"),
    harmless("json"),
    harmless("keyword"),
    harmless("linecache"),
    harmless("locale"),
    harmless("logging"),
    harmless("lzma"),
    harmless("marshal"),
    harmless("math"),
    harmless("numbers"),
    harmless("numpy", "numpy.ma numpy.polynomial numpy.fft numpy.random"),
    harmless("operator"),
    harmless("optparse", "gettext locale"),
    harmless("os"),
    harmless("pathlib"),
    harmless("pickle"),
    harmless("platform"),
    harmless("pprint"),
    harmless("profile", "pstats"),
    harmless("pstats"),
    harmless("queue"),
    harmless("random"),
    harmless("re"),
    harmless("reprlib"),
    harmless("sched"),
    harmless("secrets"),
    harmless("shlex"),
    harmless("stat"),
    harmless("statistics"),
    harmless("string"),
    harmless("struct"),
    harmless("sys"),
    harmless("tempfile"),
    harmless("textwrap"),
    harmless("threading"),
    harmless("time", "_strptime calendar locale"),
    harmless("timeit"),
    harmless("tokenize"),
    harmless("traceback"),
    harmless("tracemalloc"),
    harmless("types"),
    harmless("typing"),
    harmless("unicodedata"),
    harmless("unittest", "unittest._log unittest.mock"),
    harmless("uuid", "hashlib"),
    harmless("warnings"),
    harmless("weakref"),
    harmless("zipfile", "encodings.cp437"),
    harmless("zlib"),
    standIn("IPython"),
    standIn("absl"),
    standIn("matplotlib"),
    standIn("mpl_toolkits"),
    standIn("pandas", "csv"),
    standIn("seaborn"),
    standIn("sklearn"),
    standIn("tqdm"),
    forbidden("_ctypes", Outside::NativeCode),
    forbidden("_dbm", Outside::Files),
    forbidden("_gdbm", Outside::Files),
    forbidden("_multiprocessing", Outside::Processes),
    forbidden("_posixshmem", Outside::Files),
    forbidden("_posixsubprocess", Outside::Processes),
    forbidden("_signal", Outside::Processes),
    forbidden("_socket", Outside::Network),
    forbidden("_sqlite3", Outside::Files),
    forbidden("_ssl", Outside::Network),
    forbidden("_thread", Outside::Threads),
    forbidden("aiohttp", Outside::Network),
    forbidden("asyncio", Outside::Network),
    forbidden("cffi", Outside::NativeCode),
    forbidden("concurrent", Outside::Threads),
    forbidden("ctypes", Outside::NativeCode),
    forbidden("dbm", Outside::Files),
    forbidden("faulthandler", Outside::Files),
    forbidden("fcntl", Outside::Files),
    forbidden("ftplib", Outside::Network),
    forbidden("glob", Outside::Files),
    forbidden("grp", Outside::Files),
    forbidden("http", Outside::Network),
    forbidden("mmap", Outside::Files),
    forbidden("multiprocessing", Outside::Processes),
    forbidden("posix", Outside::Files),
    forbidden("pty", Outside::Processes),
    forbidden("pwd", Outside::Files),
    forbidden("readline", Outside::Files),
    forbidden("requests", Outside::Network),
    forbidden("resource", Outside::Processes),
    forbidden("select", Outside::Network),
    forbidden("selectors", Outside::Network),
    forbidden("shelve", Outside::Files),
    forbidden("shutil", Outside::Files),
    forbidden("signal", Outside::Processes),
    forbidden("smtplib", Outside::Network),
    forbidden("socket", Outside::Network),
    forbidden("socketserver", Outside::Network),
    forbidden("sqlite3", Outside::Files),
    forbidden("ssl", Outside::Network),
    forbidden("subprocess", Outside::Processes),
    forbidden("syslog", Outside::Processes),
    forbidden("telnetlib", Outside::Network),
    forbidden("termios", Outside::Files),
    forbidden("tty", Outside::Files),
    forbidden("urllib", Outside::Network),
    forbidden("webbrowser", Outside::Processes),
    forbidden("xmlrpc", Outside::Network),
};

}  // namespace

std::string_view sentence(Outside reach) {
    switch (reach) {
        case Outside::Files:
            return "a script cannot reach files here; put the data into the script, or make it with tf.random or numpy";
        case Outside::Processes: return "a script cannot reach other processes here; leave this out";
        case Outside::Network:
            return "a script cannot reach the network here; put the data into the script, or make it with tf.random or "
                   "numpy";
        case Outside::NativeCode: return "a script cannot call native code here; use tensorflow, numpy or plain Python";
        case Outside::Threads: return "a script runs in one thread here; call the function directly";
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
