"""`python -m crisisdesk` does what the command `crisisdesk` does."""

from crisisdesk.cli import main

if __name__ == "__main__":
    main()
