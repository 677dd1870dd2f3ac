"""Starts `meldkamer` as installed, on a machine with another settings file: `python -I locked_start.py FILE ...`.

The locked launch begins again through this file too, and in nothing else is it another program.
"""

import os
import sys
from pathlib import Path

import console.locked
import console.machine_file
import console.settings

if __name__ == "__main__":
    machine = Path(sys.argv.pop(1))
    console.settings.MACHINE_FILE = machine
    console.machine_file.TRUST = console.machine_file.Trust(os.geteuid(), machine.parent)
    console.locked.BEGIN = ("-I", __file__, str(machine))
    if sys.argv[1:2] == ["--inlogschil"]:
        del sys.argv[1]
        console.locked.login("console")
    from console.cli import main

    main()
