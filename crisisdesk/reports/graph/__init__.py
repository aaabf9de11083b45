"""A playbook's steps as one picture, an SVG of our own: phases are columns, arrows say what waits for what."""

from crisisdesk.reports.graph.as_svg import svg

__all__ = ["svg"]
