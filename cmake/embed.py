# SPDX-License-Identifier: Apache-2.0
"""Writes files into a C++ source: embed.py SYMBOL OUTPUT FILE... ; a file's name in the program is its path below resources/.
Beside each Python source stands its code ("tensorflow/_mathematics/_math.pyc"), compiled by the Python that the program embeds: compiling
all of them at each start would take longer than everything else."""
import marshal
import pathlib
import sys

symbol, output, *files = sys.argv[1:]
contents = {}
for name in files:
    path = pathlib.Path(name)
    parts = path.parts
    inside = "/".join(parts[parts.index("resources") + 1:])
    contents[inside] = path.read_bytes()
    if path.suffix == ".py":
        place = inside.removeprefix("python/")
        contents[inside + "c"] = marshal.dumps(compile(contents[inside], f"<{place}>", "exec", dont_inherit=True))
rows = [(index, inside, len(data), ",".join(map(str, data)) or "0") for index, (inside, data) in enumerate(contents.items())]
with open(output, "w", encoding="utf-8") as out:
    out.write("#include <array>\n#include <span>\n#include <string_view>\n#include <utility>\nnamespace tapescope {\nnamespace {\n")
    for index, _, _, numbers in rows:
        out.write(f"constexpr unsigned char file{index}[] = {{{numbers}}};\n")
    out.write("std::string_view text(const unsigned char* data, std::size_t size) {\n"
              "    return {reinterpret_cast<const char*>(data), size};\n}\n}\n")
    out.write(f"std::span<const std::pair<std::string_view, std::string_view>> {symbol}();\n")
    out.write(f"std::span<const std::pair<std::string_view, std::string_view>> {symbol}() {{\n"
              f"    static const std::array<std::pair<std::string_view, std::string_view>, {len(rows)}> files{{{{\n")
    for index, inside, size, _ in rows:
        out.write(f'        {{"{inside}", text(file{index}, {size})}},\n')
    out.write("    }};\n    return files;\n}\n}\n")
