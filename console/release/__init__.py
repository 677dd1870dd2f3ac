"""How a version is made ready for a site without internet: `make dist`. None of this is in the wheel.

`site/` holds what a site lays down beside the program: units, users, folders, examples.
"""
