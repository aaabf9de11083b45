"""The tests of CrisisDesk, one folder for each room of the program."""
