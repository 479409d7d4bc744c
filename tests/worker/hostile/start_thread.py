# expect-outcome: forbidden
import threading

threading.Thread(target=print).start()
