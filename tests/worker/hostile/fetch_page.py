# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: network
import urllib.request
urllib.request.urlopen("http://example.com")
