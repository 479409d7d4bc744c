# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.system
# arguments: --preload pickle
import pickle
pickle.loads(b"cos\nsystem\n(S'id > left-behind'\ntR.")
