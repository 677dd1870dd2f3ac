"""Variables that lead out of a screen program or listen along, each aimed at a mark that must not come to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

VARIABLES: Final = {
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_DRIVER": "kwaad:Driver",
    "TEXTUAL_LOG": "{mark}",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": "{folder}",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_PRESS": "ctrl+q",
    "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
    "TEXTUAL_DEVTOOLS_PORT": "{port}",
    "TEXTUAL_THEME": "dracula",
    "PYTHONPATH": "{folder}",
    "PYTHONHOME": "{folder}",
    "PYTHONSTARTUP": "{folder}/kwaad.py",
    "PYTHONINSPECT": "1",
    "PYTHONBREAKPOINT": "kwaad.run",
    "PYTHONUSERBASE": "{folder}",
    "PYTHONWARNINGS": "error",
    "PYTHONPYCACHEPREFIX": "{folder}",
    "PYTHON_KEYRING_BACKEND": "kwaad.Keyring",
    "BROWSER": "{folder}/kwaad.sh",
    "EDITOR": "{folder}/kwaad.sh",
    "VISUAL": "{folder}/kwaad.sh",
    "PAGER": "{folder}/kwaad.sh",
    "LESSOPEN": "|{folder}/kwaad.sh %s",
    "ENV": "{folder}/kwaad.sh",
    "BASH_ENV": "{folder}/kwaad.sh",
    "LD_PRELOAD": "{folder}/kwaad.so",
    "LD_LIBRARY_PATH": "{folder}",
    "LOCPATH": "{folder}",
    "TZ": ":{folder}/zone",
    "TMPDIR": "{folder}",
    "SSL_CERT_FILE": "{folder}/ca.pem",
    "SSLKEYLOGFILE": "{mark}",
    "HTTP_PROXY": "http://127.0.0.1:{port}",
    "HTTPS_PROXY": "http://127.0.0.1:{port}",
    "https_proxy": "http://127.0.0.1:{port}",
    "DBUS_SESSION_BUS_ADDRESS": "tcp:host=127.0.0.1,port={port}",
    "XDG_RUNTIME_DIR": "{folder}",
    "XDG_DATA_HOME": "{folder}",
    "XDG_CONFIG_HOME": "{folder}",
    "COLUMNS": "20",
    "LINES": "5",
    "NO_COLOR": "1",
    "ESCDELAY": "9000",
    "TERMINFO": "{folder}",
    "CREDENTIALS_DIRECTORY": "{folder}",
    "SSH_AUTH_SOCK": "{folder}/agent",
    "DISPLAY": "127.0.0.1:0",
    "MELDKAMER_HOME": "{folder}",
    "MELDKAMER_CAD_URL": "http://127.0.0.1:{port}",
    "GEHEIM": "kwaad",
}


def hostile(folder: Path, mark: Path, port: int) -> dict[str, str]:
    """Lay out what the variables point at, and give them with a home folder that is no better."""
    folder.mkdir()
    code = f"open({str(mark)!r}, 'w').close()\n"
    for name in ("sitecustomize.py", "usercustomize.py", "kwaad.py", "textual.py", "signal.py", "console.py"):
        (folder / name).write_text(code, encoding="utf-8")
    ring = folder / ".config" / "python_keyring"
    for place in (ring, folder / "python_keyring"):
        place.mkdir(parents=True)
        (place / "keyringrc.cfg").write_text(
            f"[backend]\ndefault-keyring=kwaad.Keyring\nkeyring-path={folder}\n", encoding="utf-8"
        )
    (folder / "kwaad.sh").write_text(f"#!/bin/sh\ntouch {mark}\n", encoding="utf-8")
    (folder / "kwaad.sh").chmod(0o755)
    for name in ("sh", "python", "python3", "env", "less", "meldkamer"):
        (folder / name).symlink_to("kwaad.sh")
    given = {name: value.format(mark=mark, folder=folder, port=port) for name, value in VARIABLES.items()}
    return {**given, "PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder)}
