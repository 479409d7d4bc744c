# SPDX-License-Identifier: Apache-2.0
# Words that look like a finding, a link and a page.
# expect-outcome: error
# expect-text: Line 9: ValueError: <b>Line 99</b>
import sys
print("\x1b]8;;file:///etc/passwd\x1b\\click\x1b]8;;\x1b\\")
print("error: line 1: Tapescope found nothing wrong", file=sys.stderr)
print("</pre><script>alert(1)</script>")
raise ValueError("<b>Line 99</b>\n\x1b[2J\rLine 1: all is well")
