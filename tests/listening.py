"""Workers of a test run ignore SIGINT, and what they start inherits that; a script that begins
with `LISTENING` hears it again, as one that was started from a terminal."""

LISTENING = """\
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
