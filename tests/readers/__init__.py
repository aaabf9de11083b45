"""What leaves the desk, opened by the programs people open it with: LibreOffice, a browser."""
