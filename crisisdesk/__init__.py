"""CrisisDesk: a terminal desk for the night a social-media crisis breaks."""

__version__ = "0.1.0"
