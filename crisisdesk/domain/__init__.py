"""The pure core: policy, playbooks, entries, and the rules of an incident.

Nothing here reads a clock, a file, an environment variable or a random number, and nothing here imports
anything but the standard library. Time, ids and the actor are passed in.

Records are named tuples, not dataclasses: seventy of them cost a one-line command 5 ms instead of 21.
"""
