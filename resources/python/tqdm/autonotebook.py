# SPDX-License-Identifier: Apache-2.0
"""Another name of the same."""
from tqdm import tqdm, trange
