"""Starts a module as the command line starts a screen program: in a terminal of its own, in a clean environment."""

import fcntl
import runpy
import sys
import termios

from console import crash, logbook
from console.terminal import environment

if __name__ == "__main__":
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    reporter = crash.install()
    reporter.program = "console"
    reporter.homes.clear()  # not the real folder of whoever runs the tests
    logbook.keep_quiet()
    environment.prepare()
    sys.argv = sys.argv[1:]

    def run() -> int:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        return 0

    reporter.watch(run)
