# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 7: socket.socket(): a script cannot reach the network here
import importlib

sockets = importlib.import_module("_socket")
sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
