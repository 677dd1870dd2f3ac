"""`meldkamer triage --lijn`: a call as plain lines, for screen readers, odd terminals, and a screen that is broken.

Lines are only ever added: nothing moves the cursor, nothing is coloured, every choice has a number and a word, and each
prompt says what can be typed. `practice` asks the checklist and records nothing; `seat` works on the real record, with
`room` (which call), `call` (one call) and what is done in it (`header`, `deciding`, `passing_on`).
"""
