"""What every test begins with: ctrl+c means here what it means in a terminal."""

import signal

# A shell tells what it runs in the background to ignore ctrl+c, and every child passes that on.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
