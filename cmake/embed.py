# SPDX-License-Identifier: Apache-2.0
"""Writes files into a C++ source: embed.py SYMBOL OUTPUT FILE... ; FILE is ROOT=PATH, its name in the program is PATH below ROOT."""
import pathlib
import sys

symbol, output, *files = sys.argv[1:]
rows = []
for index, name in enumerate(files):
    path = pathlib.Path(name)
    data = path.read_bytes()
    numbers = ",".join(str(byte) for byte in data) or "0"
    parts = path.parts
    inside = "/".join(parts[parts.index("resources") + 1:])
    rows.append((index, inside, len(data), numbers))
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
