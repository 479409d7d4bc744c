# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: import socket: a script cannot reach the network here
import socket

socket.create_connection(("127.0.0.1", 80))
