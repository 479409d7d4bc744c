# expect-outcome: forbidden
import io

io.FileIO("/etc/passwd").read()
