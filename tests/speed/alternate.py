"""Timing whole commands side by side: in turn, A B A B …, so that a machine that slows down slows both.

python alternate.py '{"runs": 7, "commands": {"a": ["cmd", "arg"], "b": […]}}'

Prints {"a": {"seconds": […], "peak": bytes}, …}. It is a process of its own because a child's peak memory includes what
its parent had at the fork.
"""

import json
import os
import subprocess
import sys
import time


def run(command):
    """Wall seconds and peak bytes of one run."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} exited with {process.returncode}")
    return elapsed, usage.ru_maxrss * 1024


def alternate(commands, runs):
    """Run every command ``runs`` times in turn, after one warm-up each."""
    result = {name: {"seconds": [], "peak": 0} for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            elapsed, peak = run(command)
            if turn:
                result[name]["seconds"].append(elapsed)
                result[name]["peak"] = max(result[name]["peak"], peak)
    return result


if __name__ == "__main__":
    print(json.dumps(alternate(**json.loads(sys.argv[1]))))
