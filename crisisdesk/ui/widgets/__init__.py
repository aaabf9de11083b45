"""Widgets of our own, where Textual's cost more than a night's log may."""
