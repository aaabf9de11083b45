"""The pure core, tested without any file, clock or chance."""
