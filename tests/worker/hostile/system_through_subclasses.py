# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.system
for c in ().__class__.__base__.__subclasses__():
    if c.__name__ == "_wrap_close":
        c.__init__.__globals__["system"]("id > left-behind")
