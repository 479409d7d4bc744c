# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import importlib

sockets = importlib.import_module("_socket")
sockets.socket(sockets.AF_INET, sockets.SOCK_STREAM)
