"""Faults made on purpose: killed processes, full disks, taken rights."""
