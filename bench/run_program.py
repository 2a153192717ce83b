# Runs one program and prints its wall seconds and largest resident size. A process of its own, because a child starts
# with the size of the process that started it, and the caller holds large arrays.
# SPDX-License-Identifier: Apache-2.0
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status))
